/** Workspace monorepos with real, installed dependencies of their own, laid out as npm and as pnpm do it. */
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { packageRoot, temporaryRepository } from "./workspace.ts";

export type Layout = "npm" | "pnpm";

/** What a check of the sample finds among the dependencies each time that it starts, whatever it did there before. */
export const PRISTINE = "module.exports = 'as installed';\n";

const compilerOptions = { strict: true, noEmit: true, module: "preserve", target: "es2024", lib: ["es5"], types: [], skipLibCheck: true };
const tsconfig = JSON.stringify({ compilerOptions: { ...compilerOptions, allowImportingTsExtensions: true }, include: ["*.ts"] });

/** Writes among the dependencies, in place and anew, and fails where they are not as they were installed. */
const VANDAL = `import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
if (readFileSync("node_modules/pkg/index.js", "utf8") !== ${JSON.stringify(PRISTINE)}) process.exit(3);
writeFileSync("node_modules/pkg/index.js", "changed");
mkdirSync("node_modules/.cache", { recursive: true });
writeFileSync("node_modules/.cache/x", "x");
`;

const FILES = {
  "package.json": '{ "name": "root", "private": true, "workspaces": ["packages/*"] }\n',
  "packages/a/package.json": '{ "name": "@scope/a", "version": "1.0.0", "type": "module", "exports": "./index.ts" }\n',
  "packages/a/index.ts": "export const a: number = 1;\n",
  "packages/a/other.ts": "export const other = 1;\n",
  "packages/a/tsconfig.json": tsconfig,
  "packages/b/package.json": '{ "name": "@scope/b", "version": "1.0.0", "type": "module", "dependencies": { "@scope/a": "1.0.0" } }\n',
  "packages/b/use.ts": 'import { a } from "@scope/a";\n\nexport const b: number = a;\n',
  "packages/b/tsconfig.json": tsconfig,
  "vandal.mjs": VANDAL,
  "stet.config.json": JSON.stringify({
    checks: [
      { name: "types", use: "tsc", projects: ["packages/a/tsconfig.json", "packages/b/tsconfig.json"] },
      { name: "vandal", run: ["node", "vandal.mjs"] },
    ],
  }),
};

export function monorepo(layout: Layout): ReturnType<typeof temporaryRepository> {
  const folder = temporaryRepository(FILES);
  const at = (path: string): string => join(folder.root, path);
  const store = (name: string): string => (layout === "npm" ? `node_modules/${name}` : `node_modules/.pnpm/${name}@1.0.0/node_modules/${name}`);
  const link = (path: string, to: string): void => {
    mkdirSync(dirname(at(path)), { recursive: true });
    symlinkSync(to, at(path));
  };
  installCompiler(at(store("typescript")));
  mkdirSync(at(store("pkg")), { recursive: true });
  writeFileSync(at(`${store("pkg")}/index.js`), PRISTINE);
  link("node_modules/.bin/tsc", "../typescript/bin/tsc");
  if (layout === "npm") link("node_modules/@scope/a", "../../packages/a");
  else {
    for (const name of ["typescript", "pkg"]) link(`node_modules/${name}`, `.pnpm/${name}@1.0.0/node_modules/${name}`);
    link("packages/b/node_modules/@scope/a", "../../../a");
  }
  return folder;
}

/** As much of the compiler as these projects need, since without an overlay all of it is copied. */
function installCompiler(to: string): void {
  const from = join(packageRoot, "node_modules/typescript");
  const library = ["es5", "decorators", "decorators.legacy"].map((name) => `lib/lib.${name}.d.ts`);
  for (const file of ["package.json", "bin/tsc", "lib/tsc.js", "lib/_tsc.js", ...library]) cpSync(join(from, file), join(to, file));
}

/** Gives a folder to the user that nobody is. */
export function giveToNobody(folder: string): void {
  execFileSync("chown", ["-R", "65534:65534", folder]);
}
