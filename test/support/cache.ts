/** A cache of its own for the stet that runs inside a test file, removed when the file has ended. */
import { after } from "node:test";
import { temporaryFolder } from "./workspace.ts";

export function useOwnCache(): string {
  const folder = temporaryFolder();
  process.env["STET_CACHE_DIR"] = folder.root;
  after(() => folder[Symbol.dispose]());
  return folder.root;
}
