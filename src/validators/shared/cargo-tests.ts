/** Whose tests are whose: test programs by the files that they are made from, and their tests by the names of those. */
import { posix } from "node:path";
import type { Artifact, CargoOutput } from "./cargo-output.ts";
import type { CargoGround } from "./cargo-sources.ts";
import type { LibtestProgram, TestProgram } from "./libtest-output.ts";
import { repositoryPath } from "./paths.ts";
import type { SeenTest, SeenTests } from "./tests.ts";

/** The programs that cargo has built for its tests, and the libraries whose documentation may have examples. */
export function programsOf({ artifacts }: CargoOutput, { workspace, folder }: CargoGround): TestProgram[] {
  const fileOf = ({ target }: Artifact): string => repositoryPath(workspace.root, folder, target.src_path);
  return artifacts.flatMap((one): TestProgram[] => {
    const isLibrary = one.target.kind.some((kind) => /lib$|^proc-macro$/.test(kind));
    const documentation = { file: fileOf(one), header: { library: one.target.name.replaceAll("-", "_") } };
    const executable = one.profile.test ? (one.executable ?? undefined) : undefined;
    if (executable === undefined) return isLibrary ? [documentation] : [];
    return [{ file: fileOf(one), header: { executable: posix.basename(executable.replaceAll("\\", "/")) } }, ...(isLibrary ? [documentation] : [])];
  });
}

export function seenIn(programs: readonly LibtestProgram[], failed: readonly string[], code: number, { workspace, folder }: CargoGround): SeenTests {
  const tests: SeenTest[] = [];
  const broken: { names: string[]; at: { file: string; line: number; column: number } }[] = [];
  for (const { program, tests: told, isWhole } of programs) {
    const at = { file: program.file, line: 1, column: 1 };
    const kind = "library" in program.header ? ["documentation"] : [];
    const hasFailed = code !== 0 && failed.some((target) => isTarget(target, program.file));
    if (!told) tests.push({ names: [program.file, "main"], status: hasFailed ? "failed" : "passed", at });
    if (!isWhole) broken.push({ names: [program.file, ...kind], at });
    for (const { name, status, at: panic } of told ?? []) {
      const place = panic ? { ...panic, file: repositoryPath(workspace.root, folder, panic.file) } : at;
      tests.push({ names: [program.file, ...kind, name], status, at: place });
    }
  }
  return { tests, broken };
}

/** Whether a target of cargo's (`-p crate --test name`) is made from that file. */
function isTarget(target: string, file: string): boolean {
  const [, name] = /--(?:test|bin|example|bench) (\S+)$/.exec(target) ?? [];
  return name !== undefined && (posix.basename(file, ".rs") === name || posix.basename(posix.dirname(file)) === name || posix.basename(file) === "main.rs");
}
