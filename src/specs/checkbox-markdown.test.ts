import assert from "node:assert/strict";
import { test } from "node:test";
import { readSpec, refusedSpec, waits } from "../../test/support/spec-read.ts";
import { CHECKBOXES } from "../../test/support/specs.ts";
import { reader } from "./checkbox-markdown.ts";

const file = "PLAN.md";
const of = (text: string) => readSpec(reader, file, { [file]: text });

test("title and status come from the front matter, instructions and files from what stands below a box", async () => {
  const { title, status, slug, tasks } = await readSpec(reader, "docs/specs/shop.md", CHECKBOXES);
  assert.deepEqual([title, status, slug], ["A shop", "ready", "shop"]);
  const [, find, sort] = tasks;
  assert.deepEqual([find?.files, find?.acceptance, find?.section], [["src/search.ts"], ['`find("TEA")` finds tea'], ["Shop", "Catalogue"]]);
  assert.equal(sort?.title, "Sort the articles by price");
});

test("an ordered list is done in its order, any other in none", async () => {
  assert.deepEqual(waits(await readSpec(reader, "docs/specs/shop.md", CHECKBOXES)), {
    "Read the catalogue from `data/catalogue.json`": [],
    "Find an article by its name in `src/search.ts`": [],
    "Sort the articles by price": [],
    "A basket in `src/basket.ts`": [],
    "without discount": ["A basket in `src/basket.ts`"],
    "with discount (depends on 2)": ["without discount"],
  });
});

test("words tell what a task waits for", async () => {
  const text = "- [ ] A1: one\n- [ ] A2: two (depends on A1)\n- [ ] A3: three\n  **Dependencies**: A1, A2 and A9x\n";
  assert.deepEqual(waits(await of(text)), { one: [], "two (depends on A1)": ["one"], three: ["one", "two (depends on A1)"] });
});

test("without boxes each innermost section is a task, which nothing can tick", async () => {
  const { tasks } = await of("# Plan\n\nWhy.\n\n## One\n\nDo `a.ts`.\n\n## Two\n\n### Two and a half\n\nDo b.\n\n## Empty\n");
  assert.deepEqual(tasks.map(({ title, tick, files }) => [title, tick, files]), [["One", undefined, ["a.ts"]], ["Two and a half", undefined, []]]);
});

test("equal titles are told apart, and keep their ids when others come before them", async () => {
  const ids = async (text: string): Promise<string[]> => (await of(text)).tasks.map(({ id }) => id);
  const [first = "", second = ""] = await ids("- [ ] the same\n- [ ] the same\n");
  assert.equal(second, `${first}-2`);
  assert.deepEqual((await ids("- [ ] other\n- [x] the same\n- [ ] the same\n")).slice(1), [first, second]);
});

test("titles in any script, and hostile ones, are tasks like others", async () => {
  const hostile = "$(rm -rf ~) `x` \u202eevil --force ../../etc/passwd.txt";
  const { tasks, slug } = await readSpec(reader, "docs/specs/設計.md", { "docs/specs/設計.md": `- [ ] 検索を作る\n- [ ] ${hostile}\n- [ ] ${"long ".repeat(80)}\n` });
  assert.match(slug, /^spec-[0-9a-f]{8}$/);
  assert.deepEqual([tasks[0]?.title, tasks[1]?.title, tasks[1]?.files], ["検索を作る", hostile, []]);
  assert.ok(Array.from(tasks[2]?.title ?? "").length <= 120 && tasks[2]?.instructions.startsWith("long long"));
});

test("what speaks against it has its line", async () => {
  assert.deepEqual(await refusedSpec(reader, file, "---\ntitle: [\n---\n- [ ] a\n"), [["front-matter-broken", 2]]);
  assert.deepEqual(await refusedSpec(reader, file, "# P\n\n- [ ] a\n- [ ] b\n  which [NEEDS CLARIFICATION: how many?]\n"), [["needs-clarification", 5]]);
  assert.deepEqual(await refusedSpec(reader, file, "- [ ] T1 a (depends on T2)\n- [ ] T2 b (depends on T1)\n"), [["tasks-in-a-circle", 1]]);
  assert.deepEqual(await refusedSpec(reader, file, "- [ ] T1 a (depends on T7)\n"), [["unknown-dependency", 1]]);
  assert.deepEqual(await refusedSpec(reader, file, "Just words.\n"), [["spec-without-tasks", undefined]]);
  assert.equal((await of("- [ ] a `[NEEDS CLARIFICATION]`\n- [ ] No [NEEDS CLARIFICATION] markers remain\n\n<!-- [NEEDS CLARIFICATION] -->\n")).tasks.length, 2);
});

test("boxes in code are no tasks, and those in lists of lists are", async () => {
  const { tasks } = await of("```\n- [ ] no\n```\n\n- Phase one\n  - [ ] yes\n    - [ ] deeper\n- [ ] top\n");
  assert.deepEqual(tasks.map(({ title, section }) => [title, section]), [["deeper", ["Phase one", "yes"]], ["top", []]]);
});
