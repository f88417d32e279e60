import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { capabilitiesAt, containerFor, project, snapshot, type Project } from "../../../test/support/container.ts";
import { environmentFingerprint, interpreterPaths, type Environment } from "../../system/sandbox/environments.ts";
import { real } from "../../system/sandbox/paths.ts";
import { runContained, type Containment } from "../../system/sandbox.ts";
import { temporaryRepository } from "../../../test/support/workspace.ts";
import { Git } from "../../system/git.ts";
import { freshen, identity, place } from "../dependencies.ts";
import { DependencyFault } from "./fault.ts";
import { PythonEnvironments } from "./python.ts";

const SYSTEM_PYTHON = "/usr/bin/python3";

/** A project with an environment of its own, made by Python itself, and three editable installations in it. */
function python(name = ".venv"): { made: Project; environment: Environment; packages: string } {
  const sources = { "pyproject.toml": "", "src/shop/__init__.py": "WHERE = __file__\n", "tools/old.py": "WHERE = __file__\n", "found/late.py": "WHERE = __file__\n" };
  const made = project(sources);
  const path = join(made.checkout, name);
  execFileSync(SYSTEM_PYTHON, ["-m", "venv", "--without-pip", path]);
  const library = join(path, "lib");
  const packages = join(library, readdirSync(library)[0] ?? "", "site-packages");
  writeFileSync(join(packages, "shop.pth"), `${made.checkout}/src\n`);
  writeFileSync(join(packages, "easy-install.pth"), `import sys\n${made.checkout}/tools\n/nowhere/else\n`);
  writeFileSync(join(packages, "__editable__.late.pth"), "import __editable___late_finder; __editable___late_finder.install()\n");
  const finder = `import sys\nMAPPING = {'late': '${made.checkout}/found'}\ndef install(): sys.path.append(MAPPING['late'])\n`;
  writeFileSync(join(packages, "__editable___late_finder.py"), finder);
  writeFileSync(join(packages, "installed.py"), "X = 1\n");
  writeFileSync(join(path, "bin/hello"), `#!${path}/bin/python\nimport sys, shop\nprint(sys.prefix, shop.WHERE)\n`, { mode: 0o755 });
  return { made, environment: { root: real(made.checkout), folder: "", name, path: real(path) }, packages };
}

const WAYS: readonly { level: Containment; overlay: boolean }[] = [
  { level: "bwrap", overlay: true },
  { level: "bwrap", overlay: false },
  { level: "none", overlay: false },
];

for (const { level, overlay } of WAYS) {
  test(`${level}, ${overlay ? "overlay" : "copy"}: an environment works in the tree, and leads to the tree's own sources`, async () => {
    const { made, environment } = python();
    using project = made;
    const before = snapshot(project.checkout);
    const capabilities = { ...(await capabilitiesAt(level)), overlay };
    const placed = await place([environment], { root: project.root, state: project.state }, capabilities);
    const container = containerFor(project, capabilities, { dependencies: placed });
    const run = async (...argv: string[]): Promise<string> => {
      const { ended, stdout, stderr } = await runContained(container, { argv, timeoutMs: 60_000 });
      assert.deepEqual(ended, { kind: "exited", code: 0 }, stderr);
      return stdout.trim();
    };
    const script = "import sys, shop, old, late, installed; print(sys.prefix, shop.WHERE, old.WHERE, late.WHERE, '/nowhere/else' in sys.path)";
    const own = join(project.root, ".venv");
    const places = ["src/shop/__init__.py", "tools/old.py", "found/late.py"].map((file) => join(project.root, file));
    assert.equal(await run("python3", "-c", script), [own, ...places, "False"].join(" "));
    assert.equal(await run("hello"), `${own} ${join(project.root, "src/shop/__init__.py")}`);
    await run("python3", "-c", "import installed; open(installed.__file__, 'w').write('broken(')");
    await freshen(placed);
    assert.equal(await run("python3", "-c", "import installed; print(installed.X)"), "1");
    assert.deepEqual(snapshot(project.checkout), before, "nothing is written in the checkout, bytecode included");
  });
}

test("an editable installation that names the checkout by another path is led to the tree as well; one too large to read is refused", async () => {
  const { made, environment, packages } = python();
  using project = made;
  const capabilities = await capabilitiesAt("none");
  const alias = `${project.checkout}-alias`;
  symlinkSync(project.checkout, alias);
  try {
    writeFileSync(join(packages, "alias.pth"), `${alias}/src\n`);
    const placed = await place([environment], { root: project.root, state: project.state }, capabilities);
    const copied = readFileSync(join(placed.folders[0] ?? "", packages.slice(environment.path.length), "alias.pth"), "utf8");
    assert.equal(copied, `${join(project.root, "src")}\n`);
  } finally {
    rmSync(alias);
  }
  writeFileSync(join(packages, "huge.pth"), "#".repeat(2 * 1024 * 1024));
  const placing = place([environment], { root: project.root, state: project.state }, capabilities);
  await assert.rejects(placing, (error) => error instanceof DependencyFault && error.reason.code === "environment-editable");
});

test("what is installed decides the identity, what Python caches does not", async () => {
  const { made, environment, packages } = python();
  using project = made;
  const now = (): Promise<string> => identity([environment]);
  const first = await now();
  mkdirSync(join(packages, "__pycache__"));
  assert.equal(await now(), first);
  mkdirSync(join(packages, "new"));
  const second = await now();
  assert.notEqual(second, first);
  writeFileSync(join(packages, "shop.pth"), `${project.checkout}/elsewhere\n`);
  assert.notEqual(await now(), second);
  assert.match(environmentFingerprint(environment.path), /^[0-9a-f]{64}$/);
});

test("an interpreter outside of the system's folders is shown, with each link on the way to it", () => {
  const { made, environment } = python();
  using project = made;
  const installation = join(project.state, "versions/3.x");
  mkdirSync(join(installation, "bin"), { recursive: true });
  symlinkSync(SYSTEM_PYTHON, join(installation, "bin/python3"));
  const bin = join(environment.path, "bin/python3");
  rmSync(bin);
  symlinkSync(join(installation, "bin/python3"), bin);
  writeFileSync(join(environment.path, "pyvenv.cfg"), `home = ${join(installation, "bin")}\n`);
  const paths = interpreterPaths(environment);
  assert.ok(paths.includes(installation), JSON.stringify(paths));
  assert.ok(paths.includes(join(installation, "bin/python3")), JSON.stringify(paths));
  assert.ok(paths.every((path) => !path.startsWith(project.checkout)));
});

test("environments are found where the tree does not have them itself, and are stale where its lockfile is another", async () => {
  using repository = temporaryRepository({ "pyproject.toml": "", "uv.lock": "version = 1\n", "back/setup.py": "", "back/env/pyvenv.cfg": "home = /usr/bin\n", "front/x": "" });
  for (const folder of [".venv", "back/venv", "back/env", "front/.venv"]) {
    mkdirSync(join(repository.root, folder), { recursive: true });
    writeFileSync(join(repository.root, folder, "pyvenv.cfg"), "home = /usr/bin\n");
  }
  mkdirSync(join(repository.root, "venv"));
  const git = new Git({ gitDir: join(repository.root, ".git") });
  const tree = await git.text(["rev-parse", "HEAD^{tree}"]);
  const environments = new PythonEnvironments(git, repository.root);
  const places = async (): Promise<string[]> => (await environments.sources(tree)).map(({ folder, name }) => join(folder, name));
  assert.deepEqual(await places(), [".venv", "back/venv"]);
  writeFileSync(join(repository.root, "uv.lock"), "version = 2\n");
  await assert.rejects(places(), (error) => error instanceof DependencyFault && error.reason.code === "environment-stale");
  assert.equal((await environments.find(tree)).length, 2);
});
