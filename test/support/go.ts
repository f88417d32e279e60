/** A program that stands in for go (`go.mjs`), so that tests need neither its 450 MB nor the time that its own cache takes to fill. */
import { chmodSync, copyFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { packageRoot, temporaryFolder } from "./workspace.ts";

/** From now on `go` on the PATH is the stand-in. */
export function provideGo(): void {
  const folder = temporaryFolder();
  const program = join(folder.root, "go");
  copyFileSync(join(packageRoot, "test/support/go.mjs"), program);
  chmodSync(program, 0o755);
  process.env["PATH"] = `${folder.root}${delimiter}${process.env["PATH"] ?? ""}`;
  process.on("exit", () => folder[Symbol.dispose]());
}
