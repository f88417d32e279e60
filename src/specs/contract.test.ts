/** What holds for every reader: stable ids, ticks that tick, dependencies that are there, and no throw for any text. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { applyEdits } from "../domain/edit.ts";
import type { SpecRead, SpecReader } from "../domain/plugin.ts";
import type { Spec } from "../domain/task.ts";
import { SPECS, specProject, type SpecFiles } from "../../test/support/specs.ts";
import { readers } from "./index.ts";

async function specOf(reader: SpecReader, file: string, files: SpecFiles): Promise<Spec> {
  const read = await reader.read(file, specProject(files));
  assert.ok(read.ok, JSON.stringify(read));
  return read.spec;
}

const codes = (read: SpecRead): readonly string[] => (read.ok ? [] : read.reasons.map(({ code }) => code));

for (const reader of readers) {
  const { files, file } = SPECS[reader.name] ?? { files: {}, file: "" };
  const text = files[file] ?? "";

  test(`${reader.name}: finds its own file, and reads it`, async () => {
    assert.deepEqual(reader.discover(Object.keys(files)), [file]);
    assert.equal(reader.accepts(file), true);
    const { tasks, slug, context } = await specOf(reader, file, files);
    assert.match(slug, /^[a-z0-9-]+$/);
    assert.ok(tasks.length >= 3 && context.every((one) => one in files));
    assert.equal(new Set(tasks.map(({ id }) => id)).size, tasks.length);
    assert.deepEqual(tasks.filter(({ isDone, tick }) => isDone === (tick !== undefined)), []);
    assert.deepEqual(tasks.map(({ at }) => at.line), tasks.map(({ at }) => at.line).sort((one, other) => one - other));
    for (const { dependencies } of tasks) assert.ok(dependencies.every((id) => tasks.some((other) => other.id === id)));
  });

  test(`${reader.name}: ticked one by one, all is done, and each task is still the same`, async () => {
    let now = text;
    const before = await specOf(reader, file, files);
    for (const { id } of before.tasks) {
      const { tasks, groups } = await specOf(reader, file, { ...files, [file]: now });
      assert.deepEqual(tasks.map((one) => one.id), before.tasks.map((one) => one.id));
      const open = new Set(tasks.filter((one) => !one.isDone && one.id !== id).map((one) => one.id));
      const closing = groups.filter((group) => group.tasks.every((one) => !open.has(one)));
      const ticks = [tasks.find((one) => one.id === id)?.tick ?? [], ...closing.map(({ tick }) => tick)].flat();
      const applied = applyEdits(now, ticks);
      assert.ok(applied.ok && applied.text !== null);
      now = applied.text;
    }
    const { tasks, groups } = await specOf(reader, file, { ...files, [file]: now });
    assert.deepEqual([tasks.every(({ isDone }) => isDone), groups], [true, []]);
  });

  test(`${reader.name}: the same tasks with Windows' line ends and a byte order mark, where it is Markdown`, async () => {
    if (!file.endsWith(".md")) return;
    const windows = `\uFEFF${text.replaceAll("\n", "\r\n")}`;
    const [plain, other] = [await specOf(reader, file, files), await specOf(reader, file, { ...files, [file]: windows })];
    assert.deepEqual(other.tasks.map(({ id, at }) => [id, at.line]), plain.tasks.map(({ id, at }) => [id, at.line]));
    for (const { tick } of other.tasks) assert.equal(windows.slice((tick?.start ?? 1) - 1, (tick?.start ?? 1) + 2), tick ? "[ ]" : windows.slice(0, 3));
  });

  test(`${reader.name}: what is missing, empty or no text is refused by name`, async () => {
    assert.deepEqual(codes(await reader.read(file, specProject({}))), ["spec-unreadable"]);
    assert.equal((await reader.read(file, specProject({ ...files, [file]: "" }))).ok, false);
    assert.deepEqual(codes(await reader.read(file, specProject({ [file]: "x".repeat(20_000_001) }))), ["spec-too-large"]);
  });

  test(`${reader.name}: no text makes it throw, and what it reads of one keeps the rules`, async () => {
    const parts = fc.constantFrom("- [ ] a", "- [x] b", "1. [ ] c", "  - [ ]* d", "\n", "## H", "---", "```", "[NEEDS CLARIFICATION: x]", "<!--", "depends on T1", '{"tasks":[', '{"id":1,"title":"t","status":"pending"}', "]}", "\u202e", "  ", "🎯", "\r\n", "> ", "\t");
    const made = fc.oneof(fc.array(parts, { maxLength: 25 }).map((list) => list.join("\n")), fc.tuple(fc.nat(text.length), fc.nat(text.length), fc.string()).map(([from, to, more]) => text.slice(0, from) + more + text.slice(to)));
    await fc.assert(
      fc.asyncProperty(made, async (one) => {
        const read = await reader.read(file, specProject({ ...files, [file]: one }));
        if (!read.ok) return read.reasons.length > 0;
        const ids = read.spec.tasks.map(({ id }) => id);
        const fits = read.spec.tasks.every(({ tick }) => !tick || applyEdits(one, [tick]).ok);
        return fits && new Set(ids).size === ids.length && ids.length > 0;
      }),
      { numRuns: 150 },
    );
  });
}
