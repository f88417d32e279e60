/** A quote is found where it stands, or where it stands with other indentation, or not at all. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { isMiss, locate, type Replacement, type Span } from "./match.ts";

const FILE = `export class Cart {
\ttotal(): number {
\t\tlet sum = 0;
\t\tfor (const item of this.items) {
\t\t\tsum += item.price;
\t\t}
\t\treturn sum;
\t}
}
`;

function apply(text: string, replacement: Replacement): string {
  const found = locate(text, replacement);
  assert.ok(!isMiss(found), JSON.stringify(found));
  assert.equal(text.slice(found.start, found.start + found.before.length), found.before);
  return text.slice(0, found.start) + found.after + text.slice(found.start + found.before.length);
}

const edit = (old_string: string, new_string: string): Replacement => ({ old_string, new_string });

test("what stands there exactly once is replaced, literally", () => {
  assert.equal(apply(FILE, edit("let sum = 0;", "let sum = $& + $1;")), FILE.replace("let sum = 0;", () => "let sum = $& + $1;"));
});

test("other indentation is found by lines, and put right in what takes its place", () => {
  const quoted = "for (const item of this.items) {\n  sum += item.price;\n}";
  const fresh = "for (const item of this.items) {\n  if (item.price > 0) {\n    sum += item.price;\n  }\n}";
  const found = locate(FILE, edit(quoted, fresh));
  assert.ok(!isMiss(found) && found.reindented);
  assert.equal(
    apply(FILE, edit(quoted, fresh)),
    FILE.replace("\t\t\tsum += item.price;\n", "\t\t\tif (item.price > 0) {\n\t\t\t  sum += item.price;\n\t\t\t}\n"),
  );
});

test("blank lines around a quote do not matter, inside they do", () => {
  assert.match(apply(FILE, edit("\n  let sum = 0;\n\n", "\n  let sum = 1;\n")), /^\t\tlet sum = 1;$/m);
  assert.ok(isMiss(locate(FILE, edit("  let sum = 0;\n\n  for (const item of this.items) {", "x"))));
});

test("carriage returns of the file are kept, and those that a model leaves out are no difference", () => {
  const text = "a\r\n  b\r\nc\r\n";
  assert.equal(apply(text, edit("a\n  b", "a\n  x\n  b")), "a\r\n  x\r\n  b\r\nc\r\n");
  assert.equal(apply(text, edit("a\nb", "a\nx")), "a\r\n  x\r\nc\r\n");
});

test("what stands in several places is refused, with all of them", () => {
  assert.deepEqual(locate("x\ny\nx\n", edit("x", "z")), { kind: "several", lines: [1, 3] });
  assert.deepEqual(locate("  x\n  y\nz\n\tx\n\ty\n", edit("x\ny", "z")), { kind: "several", lines: [1, 4] });
  assert.deepEqual(locate("aaa", edit("aa", "b")), { kind: "several", lines: [1, 1] });
});

test("what stands nowhere is refused, with the lines that come closest", () => {
  const miss = locate(FILE, edit("let sum = 1;\nfor (const item of this.items) {", "x"));
  assert.deepEqual(miss, { kind: "nowhere", closest: "\t\tlet sum = 0;\n\t\tfor (const item of this.items) {", line: 3 });
  assert.deepEqual(locate(FILE, edit("  \n ", "x")), { kind: "empty" });
  assert.ok(isMiss(locate("", edit("x", "y"))));
});

test("one letter off is never near enough", () => {
  assert.ok(isMiss(locate(FILE, edit("return summ;", "return 0;"))));
});

const line = fc.stringMatching(/^[a-c ]{0,6}$/);

test("whatever is quoted from a text is found exactly there, or in several places", () => {
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 12 }), fc.nat(), fc.nat(), line, (lines, from, length, fresh) => {
      const text = lines.join("\n");
      const start = from % (text.length + 1);
      const old = text.slice(start, start + (length % 20));
      const found = locate(text, edit(old, fresh));
      if (old.trim() === "") assert.deepEqual(found, { kind: "empty" });
      else if (isMiss(found)) assert.equal(found.kind, "several");
      else assert.deepEqual<Span>(found, { start, before: old, after: fresh, reindented: false });
    }),
  );
});

test("a span always is what stands in the text, and everything around it is kept", () => {
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 12 }), fc.array(line, { minLength: 1, maxLength: 4 }), line, fc.boolean(), (lines, quote, fresh, crlf) => {
      const text = lines.join(crlf ? "\r\n" : "\n");
      const found = locate(text, edit(quote.join("\n"), fresh));
      if (isMiss(found)) return;
      assert.equal(text.slice(found.start, found.start + found.before.length), found.before);
      if (crlf && lines.length > 1) assert.ok(!/(^|[^\r])\n/.test(found.after));
    }),
  );
});
