import assert from "node:assert/strict";
import { test } from "node:test";
import { parseGoOutput } from "./go-output.ts";
import { goRule } from "./go-rules.ts";

/** What go 1.19.8 printed for `go vet -json ./...`. */
const VET = `# example.com/g/bad
bad/b.go:2:8: imported and not used: "os"
bad/b.go:3:23: cannot use "x" (untyped string constant) as int value in return statement
bad/b.go:4:12: undefined: undefinedThing
# example.com/g/sub
{}
# example.com/g
{
	"example.com/g": {
		"printf": [
			{
				"posn": "/work/g/a.go:5:31",
				"message": "fmt.Sprintf format %s reads arg #2, but call has 1 arg"
			}
		],
		"structtag": [
			{
				"posn": "/work/g/a.go:7:16",
				"message": "struct field tag \`json:a\` not compatible with reflect.StructTag.Get: bad syntax for struct tag value"
			}
		]
	}
}
# example.com/g/tb
vet: tb/t_test.go:3:30: too many arguments in call to K
	have (number)
	want ()
# example.com/ge
vet: ./a.go:2:9: expected ')', found '{'
`;

test("reads the compiler's lines and the analyzers' objects, package by package", () => {
  const read = parseGoOutput(VET);
  assert.deepEqual(read?.analyzed, ["example.com/g/sub", "example.com/g"]);
  assert.deepEqual(
    read.diagnostics.map((one) => [one.area, one.file, one.line, one.column, goRule(one)]),
    [
      ["example.com/g/bad", "bad/b.go", 2, 8, "import"],
      ["example.com/g/bad", "bad/b.go", 3, 23, "type"],
      ["example.com/g/bad", "bad/b.go", 4, 12, "undefined"],
      ["example.com/g", "/work/g/a.go", 5, 31, "printf"],
      ["example.com/g", "/work/g/a.go", 7, 16, "structtag"],
      ["example.com/g/tb", "tb/t_test.go", 3, 30, "type"],
      ["example.com/ge", "./a.go", 2, 9, "syntax"],
    ],
  );
  assert.equal(read.diagnostics[5]?.message, "too many arguments in call to K have (number) want ()");
});

test("fixes that analyzers suggest come with their bytes, as newer versions give them", () => {
  const edits = [{ filename: "/work/g/a.go", start: 3, end: 5, new: "x" }];
  const found = { posn: "/work/g/a.go:1:1", message: "m", suggested_fixes: [{ message: "do", edits }] };
  const read = parseGoOutput(`# g\n# [g]\n${JSON.stringify({ "g [g.test]": { a: [found] } }, undefined, "\t")}\n`);
  assert.deepEqual(read?.diagnostics, [{ area: "g", file: "/work/g/a.go", line: 1, column: 1, analyzer: "a", message: "m", fixes: [{ message: "do", edits }] }]);
});

test("half a document, an analyzer that failed, and lines that nobody knows are no output", () => {
  for (const text of [VET.slice(0, 600), "# g\n{\n", "{}", "# g\n[]", "panic: oh", '# g\n{\n\t"g": {\n\t\t"a": {"error": "it failed"}\n\t}\n}\n', "\tindented\n"]) {
    assert.equal(parseGoOutput(text), undefined, text);
  }
  assert.deepEqual(parseGoOutput('go: warning: "./..." matched no packages\nno packages to vet\n'), { diagnostics: [], analyzed: [] });
});
