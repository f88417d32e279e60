/** Where test files put what each of them would otherwise make anew: of `scripts/test.ts` for all, else of one file alone. */
import { temporaryFolder } from "./workspace.ts";

let folder = process.env["STET_TEST_SHELF"];

export function shelf(): string {
  if (folder !== undefined) return folder;
  const own = temporaryFolder();
  process.on("exit", () => own[Symbol.dispose]());
  return (folder = own.root);
}
