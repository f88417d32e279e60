/**
 * Packages from the registry that ship their TypeScript sources, at fixed versions, with a strict flag switched on that
 * their authors did not use: real code, and real findings by the dozen.
 */
import { cpSync, globSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Bench } from "../support/bench.ts";
import { succeeded } from "../support/process.ts";
import { repairAndAgain } from "./findings.ts";
import { recordTsFix } from "./peers.ts";

export interface PackageOptions {
  readonly name: string;
  readonly version: string;
  /** Compiler options beside the common ones. */
  readonly flags: Readonly<Record<string, unknown>>;
}

const COMMON = {
  target: "es2022",
  lib: ["es2022", "dom", "dom.iterable", "esnext.disposable"],
  module: "esnext",
  moduleResolution: "bundler",
  allowImportingTsExtensions: true,
  strict: true,
  skipLibCheck: true,
  noEmit: true,
  types: [],
};

const INSTALL_TIMEOUT_MS = 120_000;

export async function packageFindings(bench: Bench, scenario: string, options: PackageOptions): Promise<void> {
  const sources = await install(bench, options);
  if (sources === undefined) return;
  const files = filesOf(sources, options);
  const root = await bench.repository(scenario, files);
  const cold = await repairAndAgain(bench, scenario, root, ["tsc"]);
  await recordTsFix(bench, scenario, root, cold);
}

/** The package's `src` folder; undefined where the registry cannot be reached. */
async function install(bench: Bench, { name, version }: PackageOptions): Promise<string | undefined> {
  const folder = bench.newPath("package");
  mkdirSync(folder);
  const argv = ["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", folder, `${name}@${version}`];
  try {
    await succeeded({ argv, cwd: folder, timeoutMs: Math.min(INSTALL_TIMEOUT_MS, bench.timeoutMs()) });
  } catch (error) {
    bench.note(`${name}@${version} could not be installed: ${error instanceof Error ? error.message.slice(0, 200) : String(error)}`);
    return undefined;
  }
  const copy = bench.newPath("sources");
  cpSync(join(folder, "node_modules", name, "src"), copy, { recursive: true });
  return copy;
}

/** Its modules without its tests, and settings of ours. */
function filesOf(sources: string, { name, flags }: PackageOptions): Map<string, string> {
  const paths = globSync("**/*.ts", { cwd: sources }).filter((path) => !/(?:^|\/)tests?\/|\.test\.|\.d\.ts$/.test(path)).sort();
  const files = new Map(paths.map((path) => [`src/${path}`, readFileSync(join(sources, path), "utf8")]));
  files.set("package.json", `${JSON.stringify({ name: `${name.replace(/\W/g, "-")}-sources`, private: true, type: "module" })}\n`);
  files.set("tsconfig.json", `${JSON.stringify({ compilerOptions: { ...COMMON, ...flags }, include: ["src"] }, null, 2)}\n`);
  files.set(".gitignore", "node_modules\n");
  return files;
}
