/**
 * The half of `ts-codefix` that runs inside the workspace's sandbox, where the project's dependencies are visible.
 * Reads one request on stdin, writes a line of JSON per offer on stdout, and touches nothing.
 */
import { chooseCompiler } from "./codefix/compiler.ts";
import { historyOf } from "./codefix/learned/history.ts";
import { linesFor } from "./codefix/offers.ts";
import { openProjects } from "./codefix/projects.ts";
import { request } from "./codefix/protocol.ts";

const { root: given, files, maxCandidates } = request.parse(JSON.parse(await readInput()));
const compiler = chooseCompiler(given, files[0]?.file ?? "");
const root = compiler.sys.realpath?.(given) ?? given;
const projects = openProjects(compiler, root);
const history = historyOf(root);
for (const { file, targets } of files) {
  for (const line of linesFor({ compiler, projects, history, root, file, targets, maxCandidates })) {
    process.stdout.write(`${JSON.stringify(line)}\n`);
  }
}

async function readInput(): Promise<string> {
  let text = "";
  process.stdin.setEncoding("utf8");
  for await (const chunk of process.stdin) text += String(chunk);
  return text;
}
