#!/usr/bin/env node
// Stands in for go: knows the few files of stet's own tests, and prints for them what go 1.19.8
// printed (recorded). `missing(` in a file is an undefined name, `%d` in one is a fault that only the analyzers see, and a
// test whose body has `t.Error(` fails.
import { readdirSync, readFileSync } from "node:fs";

const [command] = process.argv.slice(2);
const module = /^module (\S+)/m.exec(read("go.mod") ?? "")?.[1];
if (module === undefined) {
  process.stderr.write("go: go.mod file not found in current directory or any parent directory; see 'go help modules'\n");
  process.exit(1);
}
const files = readdirSync(".").filter((name) => name.endsWith(".go"));
const places = (word, names = files) => names.flatMap((name) => read(name).split("\n").flatMap((line, at) => (line.includes(word) ? [{ name, line: at + 1, column: line.indexOf(word) + 1, text: line }] : [])));
const undefinedNames = places("missing(");
const compiler = undefinedNames.map(({ name, line, column }) => `./${name}:${line}:${column}: undefined: missing\n`).join("");

if (command === "build") {
  if (compiler !== "") process.stderr.write(`# ${module}\n${compiler}`);
  process.exitCode = compiler === "" ? 0 : 2;
} else if (command === "vet") {
  if (compiler !== "") {
    const [{ name, line, column }] = undefinedNames;
    process.stderr.write(`# ${module}\nvet: ./${name}:${line}:${column}: undefined: missing\n`);
    process.exitCode = 2;
  } else {
    const found = places("%d").map(({ name, line, column }) => ({ posn: `${process.cwd()}/${name}:${line}:${column}`, message: "fmt.Sprintf format %d has arg s of wrong type string" }));
    process.stderr.write(`# ${module}\n${JSON.stringify(found.length > 0 ? { [module]: { printf: found } } : {}, undefined, "\t")}\n`);
  }
} else if (compiler !== "") {
  process.stderr.write(`# ${module} [${module}.test]\n${compiler}`);
  process.stdout.write(`FAIL\t${module} [build failed]\n`);
  process.exitCode = 2;
} else {
  const tests = places("func Test", files.filter((name) => name.endsWith("_test.go")));
  let failed = false;
  const say = (event) => process.stdout.write(`${JSON.stringify({ Time: "2024-01-01T00:00:00Z", ...event, Package: module })}\n`);
  for (const { name, line, text } of tests) {
    const test = /func (Test\w+)/.exec(text)[1];
    const isBad = text.includes("t.Error(");
    failed ||= isBad;
    say({ Action: "run", Test: test });
    if (isBad) say({ Action: "output", Test: test, Output: `    ${name}:${line}: no\n` });
    say({ Action: isBad ? "fail" : "pass", Test: test, Elapsed: 0 });
  }
  say({ Action: failed ? "fail" : "pass", Elapsed: 0.01 });
  process.exitCode = failed ? 1 : 0;
}

function read(name) {
  try {
    return readFileSync(name, "utf8");
  } catch {
    return undefined;
  }
}
