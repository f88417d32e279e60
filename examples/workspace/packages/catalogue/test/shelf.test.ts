import assert from "node:assert/strict";
import { test } from "node:test";
import { DisplayShelf, ReservedShelf } from "../src/shelf.ts";

const book = {
  isbn: "9780141439518",
  title: "Pride and Prejudice",
  author: "Austen",
  priceCents: 899,
  published: new Date("1813-01-28"),
};

test("a reserved book is not found", () => {
  const shelf = new ReservedShelf();
  shelf.add(book);
  assert.equal(shelf.find(), undefined);
  assert.equal(shelf.label(), "1 reserved");
});

test("a display shelf holds twelve", () => {
  const shelf = new DisplayShelf();
  for (let count = 0; count < 20; count += 1) shelf.add(book);
  assert.equal(shelf.label(), "12 books");
});
