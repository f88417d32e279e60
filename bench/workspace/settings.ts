/** What stands at the root of a generated workspace: manifest, compiler and linter settings, and the tool that patches. */
import type { Checks, Patch } from "./patches.ts";

const COMPILER_OPTIONS = {
  target: "es2024",
  lib: ["es2024"],
  module: "nodenext",
  strict: true,
  noImplicitOverride: true,
  noPropertyAccessFromIndexSignature: true,
  noUnusedLocals: true,
  isolatedDeclarations: true,
  declaration: true,
  verbatimModuleSyntax: true,
  erasableSyntaxOnly: true,
  allowImportingTsExtensions: true,
  skipLibCheck: true,
  noEmit: true,
};

const ESLINT_CONFIG = `import parser from "@typescript-eslint/parser";

export default [
  { ignores: ["tools/"] },
  {
    files: ["src/**/*.ts"],
    languageOptions: { parser },
    rules: {
      "arrow-body-style": "error",
      eqeqeq: "error",
      "no-useless-rename": "error",
      "no-var": "error",
      "object-shorthand": "error",
      "prefer-const": "error",
      "prefer-template": "error",
    },
  },
];
`;

/** Makes every patch, in any folder, without a look at what comes of it: what an unchecked tool does. */
const APPLY = `import { readFileSync, writeFileSync } from "node:fs";

const patches = JSON.parse(readFileSync(new URL("./patches.json", import.meta.url), "utf8"));
for (const { file, before, after } of patches) {
  const text = readFileSync(file, "utf8");
  if (text.split(before).length !== 2) throw new Error("not exactly once in " + file + ": " + before);
  writeFileSync(file, text.split(before).join(after));
}
`;

export const APPLY_COMMAND = ["node", "tools/apply.mjs"];

/** One process for all test files: what is measured is the checks that are run, not the processes that Node starts. */
export const TEST_ARGUMENTS = ["--test", "--test-isolation=none", "test/**/*.test.ts"];

export function settingsFor(checks: Checks, patches: readonly Patch[]): Record<string, string> {
  const tests = checks === "tests";
  const scripts = { types: "tsc", ...(tests && { test: `node ${TEST_ARGUMENTS.map((one) => (one.includes("*") ? `"${one}"` : one)).join(" ")}` }) };
  const manifest = { name: "shop", version: "1.0.0", private: true, type: "module", scripts };
  const compilerOptions = { ...COMPILER_OPTIONS, types: tests ? ["node"] : [] };
  return {
    ".gitignore": "node_modules\n",
    "package.json": json(manifest),
    "tsconfig.json": json({ compilerOptions, include: tests ? ["src", "test"] : ["src"] }),
    ...(checks === "lint" && { "eslint.config.js": ESLINT_CONFIG }),
    ...(patches.length > 0 && {
      "tools/apply.mjs": APPLY,
      "tools/patches.json": json(patches.map(({ file, before, after }) => ({ file, before, after }))),
    }),
  };
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
