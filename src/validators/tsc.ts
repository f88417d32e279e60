/**
 * The project's own TypeScript compiler, 5 to 7.
 *
 * The compiler reports in phases. Where the configuration is wrong it reports nothing else, so such a reading is
 * `unreadable`. Where a file does not parse it reports syntax errors only: that is a reading, but type errors that it
 * hides show up when the syntax is mended. Before TypeScript 5.6, `tsc -b` in the same way skips every project that
 * depends on one with errors. Both make stet refuse a good change at worst, never land a bad one.
 *
 * With project references the compiler must write declaration files where one referenced project refers to another;
 * they land in the trial's own worktree, which is thrown away.
 */
import { posix } from "node:path";
import { z } from "zod";
import type { ChangedPath, Validator } from "../domain/plugin.ts";
import type { Read } from "../domain/reading.ts";
import { commonOptions } from "./shared/options.ts";
import { readTsc, tscFinding, tscOptions, type Learnt } from "./shared/tsc-check.ts";
import { openTscOracle } from "./shared/tsc-oracle.ts";
import { findTscProjects } from "./shared/tsc-projects.ts";
import { isSuperseded } from "./shared/tsc-successors.ts";

/** What the compiler can have to do with: its languages, and JSON as modules, packages and settings. */
const READABLE = /\.(?:[cm]?[jt]sx?|json)$/;

/**
 * Where the reading told its inputs, another text of a source file that is none of them: what is imported is found by the
 * names that there are, which stay. A file of the same name as an input may be that input by a link.
 */
function isBlindTo(changes: readonly ChangedPath[], { inputs }: Read): boolean {
  const names = inputs && new Set(inputs.map((path) => posix.basename(path)));
  return changes.every(({ path, kind }) => {
    if (!READABLE.test(path)) return true;
    return names !== undefined && kind === "text" && SOURCE.test(path) && !names.has(posix.basename(path));
  });
}

const SOURCE = /(?<!\.d(?:\.[^./]+)?)\.[cm]?[jt]sx?$/;

export const validator: Validator = {
  name: "tsc",
  summary: "Type-checks the project with its own TypeScript compiler, version 5, 6 or 7.",
  protects: ["**/tsconfig*.json", "**/jsconfig*.json"],
  options: tscOptions,
  async detect(project) {
    const found = await findTscProjects(project);
    if (!found || (await isSuperseded(project, found))) return [];
    const { projects, build } = found;
    return [{ name: "tsc", use: "tsc", projects, ...(build && { build }) }];
  },
  create(definition) {
    const learnt: Learnt = { needsOutput: false };
    return {
      definition,
      expense: 1,
      deterministic: true,
      read: (workspace, signal) => readTsc({ program: "tsc", definition, learnt }, workspace, signal),
      isBlindTo,
      openOracle: (anchor) => {
        const { projects, timeoutMs } = z.object({ ...commonOptions, ...tscOptions }).parse(definition);
        const { name: check } = definition;
        return openTscOracle({ check, projects, timeoutMs, toFinding: (root, one) => tscFinding(check, root, one) }, anchor);
      },
    };
  },
};
