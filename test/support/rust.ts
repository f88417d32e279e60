/** Cargo's words, for tests that put another program in cargo's place. */
import type { Command, Workspace } from "../../src/domain/plugin.ts";

export const MANIFEST = '[package]\nname = "sample"\nversion = "0.1.0"\nedition = "2021"\n\n[workspace]\n';

export interface Part {
  readonly file?: string;
  readonly bytes: readonly [from: number, to: number];
  readonly line?: number;
  readonly replacement?: string;
  readonly grade?: string;
  readonly expansion?: unknown;
}

/** A span as rustc writes it. */
export function span({ file = "src/lib.rs", bytes: [from, to], line = 1, replacement, grade, expansion }: Part, isPrimary = true): object {
  return {
    file_name: file,
    byte_start: from,
    byte_end: to,
    line_start: line,
    column_start: 1,
    text: [],
    is_primary: isPrimary,
    suggested_replacement: replacement ?? null,
    suggestion_applicability: grade ?? null,
    expansion: expansion ?? null,
  };
}

export interface Said {
  readonly message: string;
  readonly level?: string;
  readonly code?: string;
  readonly spans?: readonly object[];
  readonly children?: readonly object[];
  readonly target?: string;
  readonly manifest?: string;
}

/** A line of cargo's about what rustc says. */
export function said({ message, level = "error", code, spans = [], children = [], target = "lib", manifest = "Cargo.toml" }: Said): string {
  return JSON.stringify({
    reason: "compiler-message",
    manifest_path: manifest,
    target: { kind: [target], name: "sample", src_path: "src/lib.rs" },
    message: { message, level, code: code === undefined ? null : { code }, spans, children },
  });
}

export function finished(success: boolean): string {
  return JSON.stringify({ reason: "build-finished", success });
}

/** The workspace with these lines in place of cargo's output. */
export function printing(workspace: Workspace, lines: readonly string[], code: number, stderr = ""): Workspace {
  const stdout = lines.map((line) => `${line}\n`).join("");
  const run = (asked: Command): ReturnType<Workspace["run"]> =>
    workspace.run({ ...asked, argv: ["node", "-e", SCRIPT, "--", `${workspace.scratch}/said`, stderr, String(code)], stdin: stdout });
  return { ...workspace, run };
}

const SCRIPT =
  "const [, stderr, code] = process.argv.slice(1); process.stdin.pipe(process.stdout); " +
  "process.stderr.write(stderr); process.exitCode = Number(code);";
