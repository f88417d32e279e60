import assert from "node:assert/strict";
import { test } from "node:test";
import { projectOf } from "../../test/support/project.ts";
import { plainWorkspace } from "../../test/support/workspace.ts";
import type { Oracle } from "../domain/oracle.ts";
import { isRead, type Read } from "../domain/reading.ts";
import { isNamedAfter } from "./shared/tests-by-path.ts";
import { validator } from "./pytest.ts";

async function read(files: Record<string, string>, run?: string[]): Promise<Read> {
  using workspace = plainWorkspace(files);
  const reading = await validator.create({ name: "tests", use: "pytest", ...(run && { run }) }).read(workspace);
  assert.ok(isRead(reading), JSON.stringify(reading));
  return reading;
}

const messages = ({ findings }: Read): string[] => findings.map(({ rule, message, at }) => `${rule}: ${message} at ${at?.line}`).sort();

test("reads every test with its file, classes and parameters, and files that cannot be loaded beside them", async () => {
  const reading = await read({
    "pytest.ini": "[pytest]\naddopts = -x\n",
    "tests/test_a.py": `import pytest, unittest
def test_ok(): pass
@pytest.mark.parametrize("x", [1, "a b", lambda: 1], ids=lambda x: repr(x) if callable(x) else None)
def test_p(x): assert x
class TestC:
    def test_m(self): assert 0
    @pytest.mark.skip
    def test_s(self): pass
    class TestIn:
        def test_z(self): pass
@pytest.fixture
def boom(): raise ValueError("x")
def test_fixture(boom): pass
class U(unittest.TestCase):
    def test_u(self): self.fail()
`,
    "tests/test_b.py": "import nothing_here\n",
    "tests/d.1 é/test_c.py": "def test_q(): pass\n",
  });
  const inventory = Object.fromEntries(Object.entries(reading.inventory ?? {}).map(([name, status]) => [name.replace(/\[<function .*>\]/, "[function]"), status]));
  assert.deepEqual(inventory, {
    "tests/test_a.py > test_ok": "passed",
    "tests/test_a.py > test_p[1]": "passed",
    "tests/test_a.py > test_p[a b]": "passed",
    "tests/test_a.py > test_p[function]": "passed",
    "tests/test_a.py > TestC > test_m": "failed",
    "tests/test_a.py > TestC > test_s": "skipped",
    "tests/test_a.py > TestC > TestIn > test_z": "passed",
    "tests/test_a.py > test_fixture": "failed",
    "tests/test_a.py > U > test_u": "failed",
    "tests/d.1 é/test_c.py > test_q": "passed",
  });
  assert.ok(Object.keys(reading.inventory ?? {}).every((name) => !/0x[0-9a-f]{6}/.test(name)));
  assert.deepEqual(messages(reading), [
    "suite: tests/test_b.py at 1",
    "test: tests/test_a.py > TestC > test_m at 6",
    "test: tests/test_a.py > U > test_u at 15",
    "test: tests/test_a.py > test_fixture at 13",
  ]);
});

test("no tests, a conftest.py that fails, and a run that is given up are no readings", async () => {
  const kind = async (files: Record<string, string>): Promise<string> => {
    using workspace = plainWorkspace(files);
    return (await validator.create({ name: "tests", use: "pytest" }).read(workspace)).kind;
  };
  assert.equal(await kind({ "a.py": "" }), "unreadable");
  assert.equal(await kind({ "conftest.py": "raise ValueError\n", "test_a.py": "def test_a(): pass\n" }), "crashed");
  assert.equal(await kind({ "test_a.py": "import pytest\ndef test_a(): pytest.exit('enough')\n" }), "crashed");
});

test("runs the tests named after what changed, and all where one has none", async () => {
  using workspace = plainWorkspace({
    "shop/cart.py": "SUM = 2\n",
    "tests/test_cart.py": "import sys; sys.path.insert(0, '.')\nfrom shop.cart import SUM\ndef test_sum(): assert SUM == 1\n",
    "tests/test_other.py": "def test_other(): assert 0\n",
  });
  const check = validator.create({ name: "tests", use: "pytest" });
  const inventory = { "tests/test_cart.py > test_sum": "passed", "tests/test_other.py > test_other": "passed" } as const;
  const baseline: Read = { kind: "read", check: "tests", findings: [], inventory, durationMs: 1 };
  const look = (oracle: Oracle | undefined, ...files: string[]) => {
    const texts = new Map(files.map((file) => [file, ""]));
    return oracle?.look({ from: texts, to: texts, changed: texts, baseline, workspace: () => Promise.resolve(workspace) });
  };
  const oracle = check.openOracle?.(() => Promise.resolve(workspace));
  const glimpse = await look(oracle, "shop/cart.py");
  assert.ok(glimpse && isRead(glimpse.after), JSON.stringify(glimpse));
  assert.deepEqual(glimpse.before.inventory, { "tests/test_cart.py > test_sum": "passed" });
  assert.deepEqual(glimpse.after.inventory, { "tests/test_cart.py > test_sum": "failed" });
  assert.equal(await look(oracle, "shop/cart.py", "shop/unnamed.py"), undefined);
  const narrowed = validator.create({ name: "tests", use: "pytest", run: ["pytest", "-k", "sum"] });
  assert.equal(await look(narrowed.openOracle?.(() => Promise.resolve(workspace)), "shop/cart.py"), undefined);
});

test("a test is named after a module, a private one and a package", () => {
  const named = (test: string, file: string): boolean => isNamedAfter(test, file);
  assert.ok(named("tests/test_cart.py", "src/shop/cart.py") && named("tests/cart_test.py", "_cart.py") && named("test_shop.py", "src/shop/__init__.py"));
  assert.ok(!named("tests/test_cart_more.py", "cart.py") && !named("tests/test_.py", "__init__.py") && !named("tests/test_x.py", "$&.py"));
});

test("is found where there are tests and the project says that it uses it", async () => {
  const detect = (files: Record<string, string>) => validator.detect(projectOf({ "tests/test_a.py": "", ...files }));
  const found = [{ name: "pytest", use: "pytest" }];
  assert.deepEqual(await detect({ "tests/conftest.py": "" }), found);
  assert.deepEqual(await detect({ "pyproject.toml": "[tool.pytest.ini_options]\n" }), found);
  assert.deepEqual(await detect({ "setup.cfg": "[tool:pytest]\n" }), found);
  assert.deepEqual(await detect({ "tox.ini": "[tox]\n[pytest]\n" }), found);
  assert.deepEqual(await detect({ "pyproject.toml": '[project.optional-dependencies]\ntest = ["pytest>=7"]\n' }), found);
  assert.deepEqual(await detect({ "tox.ini": "[tox]\n" }), []);
  assert.deepEqual(await validator.detect(projectOf({ "conftest.py": "" })), []);
});
