import assert from "node:assert/strict";
import { test } from "node:test";
import { parseGoEvents } from "./go-events.ts";

/** What go 1.19.8 printed for `go test -vet=off -json ./...`, shortened. */
const EVENTS = `{"Action":"run","Package":"g","Test":"TestA"}
{"Action":"run","Package":"g","Test":"TestA/sub_one"}
{"Action":"output","Package":"g","Test":"TestA/sub_one","Output":"    a_test.go:5: é no\\n"}
{"Action":"fail","Package":"g","Test":"TestA/sub_one","Elapsed":0}
{"Action":"fail","Package":"g","Test":"TestA","Elapsed":0.03}
{"Action":"run","Package":"g","Test":"TestSkip"}
{"Action":"output","Package":"g","Test":"TestSkip","Output":"    a_test.go:6: later\\n"}
{"Action":"skip","Package":"g","Test":"TestSkip","Elapsed":0}
{"Action":"fail","Package":"g","Elapsed":0.173}
{"Action":"output","Package":"m","Output":"FAIL\\n"}
{"Action":"fail","Package":"m","Elapsed":0.1}
{"Action":"output","Package":"n","Output":"?   \\tn\\t[no test files]\\n"}
{"Action":"skip","Package":"n","Elapsed":0}
FAIL\ttb [build failed]
`;

test("reads tests with where they failed, packages that did not compile, and those that failed without a test", () => {
  const read = parseGoEvents(EVENTS);
  assert.deepEqual(read?.tests, [
    { package: "g", name: "TestA/sub_one", status: "failed", at: { file: "a_test.go", line: 5 } },
    { package: "g", name: "TestA", status: "failed" },
    { package: "g", name: "TestSkip", status: "skipped", at: { file: "a_test.go", line: 6 } },
  ]);
  assert.deepEqual([read.unbuilt, read.failed, read.packages], [["tb"], ["m"], ["g", "m", "n", "tb"]]);
});

test("since Go 1.24 a package that does not compile has an event", () => {
  const text = '{"ImportPath":"m [m.test]","Action":"build-output","Output":"# m\\n"}\n{"ImportPath":"m [m.test]","Action":"build-fail"}\n' +
    '{"Action":"start","Package":"m"}\n{"Action":"output","Package":"m","Output":"FAIL\\tm [build failed]\\n"}\n{"Action":"fail","Package":"m","FailedBuild":"m [m.test]"}\n';
  const read = parseGoEvents(text);
  assert.deepEqual([read?.unbuilt, read?.failed, read?.tests], [["m"], [], []]);
});

test("a package without an end, or an event that is none, is no stream", () => {
  assert.equal(parseGoEvents(EVENTS.slice(0, EVENTS.indexOf('{"Action":"skip"'))), undefined);
  assert.equal(parseGoEvents('{"Action":1}\n'), undefined);
  assert.equal(parseGoEvents("{not json\n"), undefined);
});
