/** Programs that tests want and npm cannot install. */
import { execFileSync } from "node:child_process";
import type { TestOptions } from "node:test";

/** For a test that needs these programs: skipped where one is missing, unless the machine is to have them all. */
export function needing(...programs: readonly string[]): Pick<TestOptions, "skip"> {
  const missing = programs.filter((name) => !isThere(name));
  if (missing.length === 0 || process.env["CI"] === "true") return {};
  return { skip: `needs ${missing.join(", ")}: apt-get install ${[...new Set(missing.map((name) => PACKAGES[name] ?? name))].join(" ")}` };
}

/** Debian's names for them. */
const PACKAGES: Readonly<Record<string, string>> = { cargo: "cargo", "cargo-clippy": "rust-clippy", go: "golang-go" };

export function isThere(program: string): boolean {
  try {
    execFileSync("sh", ["-c", 'command -v "$1"', "sh", program], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
