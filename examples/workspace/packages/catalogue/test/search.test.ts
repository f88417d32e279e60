import assert from "node:assert/strict";
import { test } from "node:test";
import { searchTitles } from "../src/search.ts";

const book = {
  isbn: "9780141439518",
  title: "Pride and Prejudice",
  author: "Austen",
  priceCents: 899,
  published: new Date("1813-01-28"),
};

test("titles are found whatever the case", () => {
  assert.deepEqual(searchTitles([book], " PRIDE "), [book]);
});
