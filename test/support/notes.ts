/** What the scripted model writes for examples/notes: written by hand, no model has said any of it. */
import type { Plan } from "./builder.ts";

const filler = (name: string, count: number): string => Array.from({ length: count }, (_, index) => `// ${name}, remark ${index + 1}\n`).join("");
const tested = (imports: string, body: string): string => `import assert from "node:assert/strict";\nimport { test } from "node:test";\n${imports}\n\n${body}\n`;

export const NOTES: Plan = {
  "A note in": {
    "src/note.js": `export function makeNote(text, tags = []) {\n  if (text === "") throw new RangeError("a note needs a text");\n  let id = 7;\n  for (const point of text) id = (id * 31 + point.codePointAt(0)) % 1_000_003;\n  return { id: String(id), text, tags };\n}\n${filler("note", 60)}`,
    "test/note.test.js": tested('import { makeNote } from "../src/note.js";', 'test("the same text has the same id", () => assert.equal(makeNote("a").id, makeNote("a").id));\ntest("empty is refused", () => assert.throws(() => makeNote(""), RangeError));'),
  },
  "A shelf in": [
    {
      "src/shelf.js": "export class Shelf {\n  #notes = [];\n  add(note) { this.#notes.push(note); }\n  get(id) { return this.#notes.find((one) => one.id === id); }\n  all() { return [...this.#notes]; }\n}\n",
      "test/shelf.test.js": tested('import { Shelf } from "../src/shelf.js";', 'test("twice is once", () => {\n  const shelf = new Shelf();\n  shelf.add({ id: "1" });\n  shelf.add({ id: "1" });\n  assert.equal(shelf.all().length, 1);\n});'),
    },
    { "src/shelf.js": `export class Shelf {\n  #notes = new Map();\n  add(note) { this.#notes.set(note.id, note); }\n  get(id) { return this.#notes.get(id); }\n  all() { return [...this.#notes.values()]; }\n}\n${filler("shelf", 60)}` },
  ],
  "Search in": {
    "src/search.js": `export function search(notes, words) {\n  const wanted = words.map((word) => word.toLowerCase());\n  return notes.filter(({ text }) => wanted.every((word) => text.toLowerCase().includes(word)));\n}\n${filler("search", 60)}`,
    "test/search.test.js": tested('import { search } from "../src/search.js";', 'test("case does not count", () => assert.equal(search([{ text: "Tea" }], ["TEA"]).length, 1));'),
  },
  "Tags in": {
    "src/tags.js": `export function byTag(notes) {\n  const found = new Map();\n  for (const note of notes) for (const tag of note.tags) found.set(tag, [...(found.get(tag) ?? []), note]);\n  return found;\n}\n${filler("tags", 60)}`,
    "test/tags.test.js": tested('import { byTag } from "../src/tags.js";', 'test("by tag", () => assert.equal(byTag([{ tags: ["a"] }, { tags: ["a"] }]).get("a").length, 2));'),
  },
  "Markdown in": {
    "src/markdown.js": `export function toMarkdown(notes) {\n  return notes.map(({ text }) => "- " + text.replaceAll("\\n", " ")).join("\\n");\n}\n${filler("markdown", 30)}`,
    "test/markdown.test.js": tested('import { toMarkdown } from "../src/markdown.js";', 'test("a line a note", () => assert.equal(toMarkdown([{ text: "a" }, { text: "b" }]), "- a\\n- b"));'),
  },
};
