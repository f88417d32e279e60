/**
 * Holds the files of one tree against rules, in the sandbox: what a pattern of a rule costs, it costs there. Reads a
 * question on stdin, answers on stdout, and touches nothing. Links are files by name, and are never followed.
 */
import { readdirSync, readFileSync, lstatSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { question } from "./structure/protocol.ts";
import { brokenIn } from "./structure/rules.ts";

/** Not the project's own: dependencies, and git's. */
const LEFT_OUT: ReadonlySet<string> = new Set([".git", "node_modules", "__pycache__", ".venv"]);
const MAX_FILES = 500_000;

const { root, rules } = question.parse(JSON.parse(await text(process.stdin)));
const files: string[] = [];

function visit(folder: string): void {
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) {
      if (!LEFT_OUT.has(entry.name)) visit(path);
    } else if (files.push(path) > MAX_FILES) throw new RangeError(`more than ${MAX_FILES} files`);
  }
}

visit("");
const read = (file: string): string => (lstatSync(join(root, file)).isFile() ? readFileSync(join(root, file), "utf8") : "");
process.stdout.write(`${JSON.stringify({ broken: brokenIn({ files: files.sort(), read }, rules) })}\n`);
