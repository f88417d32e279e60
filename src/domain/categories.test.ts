import assert from "node:assert/strict";
import { test } from "node:test";
import { categoryOf, CATEGORY_RULES, ownCategory } from "./categories.ts";

test("sorts codes as the table of capability C2 does", () => {
  const cases: [tool: string, codes: string, category: string][] = [
    ["tsc", "TS1005 TS1109 TS17008", "syntax"],
    ["tsc", "TS2304 TS2339 TS2551", "undefined_name"],
    ["tsc", "TS2307", "missing_import"],
    ["tsc", "TS2322 TS2345", "type_mismatch"],
    ["tsc", "TS18003 TS17004 TS6133 TS7006", "other"],
    ["eslint", "fatal", "syntax"],
    ["eslint", "no-undef-init no-var", "other"],
    ["ruff", "E902 W605", "syntax"],
    ["ruff", "F401 F811", "missing_import"],
    ["ruff", "F821", "undefined_name"],
    ["ruff", "E501", "other"],
    ["pyright", "reportMissingImports reportMissingModuleSource", "missing_import"],
    ["pyright", "reportUndefinedVariable", "undefined_name"],
    ["pyright", "reportGeneralTypeIssues reportArgumentType reportReturnType", "type_mismatch"],
    ["unknown", "TS2304", "other"],
  ];
  for (const [tool, codes, category] of cases) {
    for (const code of codes.split(" ")) assert.equal(categoryOf(tool, code), category, `${tool} ${code}`);
  }
});

test("a user's rows are of their order: the first that fits, by the tool, the kind or the name of the check", () => {
  const rows = [
    { tool: "tsc", prefix: "TS23", category: "contract_violation" },
    { tool: "tsc", prefix: "TS2307", category: "syntax" },
    { tool: "types", prefix: "", category: "other" },
  ] as const;
  assert.equal(ownCategory("TS2307", ["tsc", "types"], rows), "contract_violation");
  assert.equal(ownCategory("TS1005", ["tsc", "types"], rows), "other");
  assert.equal(ownCategory("TS1005", ["tsc", "other-name"], rows), undefined);
  assert.equal(ownCategory("no-var", ["eslint"], rows), undefined);
});

test("no row stands twice", () => {
  const rows = CATEGORY_RULES.map(({ tool, prefix }) => `${tool} ${prefix}`);
  assert.equal(new Set(rows).size, rows.length);
});
