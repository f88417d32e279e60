/** A trial sees the tree on trial and its dependencies, and nothing else; what it does there stays there. End to end. */
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { accessSync, chmodSync, constants, cpSync, existsSync, mkdirSync, readFileSync, realpathSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { test } from "node:test";
import { CLI, ended, SOURCES, type Run } from "./support/cli.ts";
import { snapshot } from "./support/container.ts";
import { giveToNobody, monorepo, type Layout } from "./support/monorepo.ts";
import { packageRoot, temporaryFolder, temporaryRepository } from "./support/workspace.ts";

const LEVELS = ["auto", "unshare", "none"] as const;
const isRoot = process.getuid?.() === 0;

interface Call {
  readonly cwd: string;
  readonly cache: string;
  readonly env?: Record<string, string>;
  /** A command that starts node as somebody else. */
  readonly as?: readonly string[];
}

/** Others may not look into the folder where the bundle stands: as somebody else the sources are started. */
function stet(args: readonly string[], { cwd, cache, env = {}, as }: Call): Promise<Run> {
  const [program = "", ...first] = as ?? [process.execPath];
  const child = spawn(program, [...first, as ? SOURCES : CLI, ...args], {
    cwd,
    env: { ...process.env, STET_CACHE_DIR: cache, NO_COLOR: "1", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  return ended(child);
}

const git = (cwd: string, ...args: readonly string[]): string => execFileSync("git", ["-c", "safe.directory=*", ...args], { cwd, encoding: "utf8", stdio: "pipe" }).trim();
const landed = (root: string, path: string): string => git(root, "show", `${git(root, "for-each-ref", "--format=%(refname)", "refs/heads/stet")}:${path}`);

interface Evidence {
  readonly check: string;
  readonly before: number;
  readonly after: number;
}

/** What each check counted before and after, in the verdict that decided. */
function evidence(root: string): Evidence[] {
  const lines = readFileSync(join(root, ".stet/ledger.jsonl"), "utf8").split("\n").filter((line) => line !== "");
  const entries = lines.map((line) => JSON.parse(line) as { kind: string; evidence?: Evidence[] });
  return entries.findLast(({ kind }) => kind === "verdict")?.evidence ?? [];
}

/** Breaks `packages/b` by a change in `packages/a` that is right by itself, and changes one more file that breaks nothing. */
const CHANGE = ["sh", "-c", `echo 'export const a: string = "1";' > packages/a/index.ts; echo 'export const other = 2;' > packages/a/other.ts`];

async function holdsIn(layout: Layout, level: string, call: Call): Promise<void> {
  const modules = ["node_modules", "packages/b/node_modules"].map((path) => join(call.cwd, path)).filter((path) => existsSync(path));
  const before = modules.map(snapshot);
  const run = await stet(["try", "--sandbox", level, "--", ...CHANGE], call);
  const where = `${layout} ${level}\n${run.stdout}${run.stderr}`;
  assert.equal(run.code, 1, where);
  assert.match(run.stdout, /packages\/a\/index\.ts[\s\S]*packages\/b\/use\.ts/, where);
  assert.equal(landed(call.cwd, "packages/a/index.ts"), "export const a: number = 1;", where);
  assert.equal(landed(call.cwd, "packages/a/other.ts"), "export const other = 2;", where);
  const decided = evidence(call.cwd).map(({ check, before: was, after }) => [check, was, after]);
  assert.deepEqual(decided, [["types", 0, 0], ["vandal", 0, 0]], "each check found its dependencies as they were installed");
  assert.deepEqual(modules.map(snapshot), before, "no byte and no time of the checkout's own has changed");
}

for (const layout of ["npm", "pnpm"] as const) {
  for (const level of LEVELS) {
    test(`a ${layout} workspace: a package is tried with its neighbours as they are in the same tree (${level})`, async () => {
      using folder = monorepo(layout);
      using cache = temporaryFolder();
      await holdsIn(layout, level, { cwd: folder.root, cache: cache.root });
    });
  }
}

/** Node as the user that nobody is, from a copy where the real one stands in a folder closed to others. */
function nodeAsNobody(home: string): string[] {
  const user = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--"];
  try {
    execFileSync(user[0] ?? "", [...user.slice(1), process.execPath, "--version"], { stdio: "ignore" });
    return [...user, process.execPath];
  } catch {
    const node = join(home, "node");
    cpSync(process.execPath, node);
    return [...user, node];
  }
}

// Who is a normal user already has run them: no second time, and nothing that counts as skipped.
const asRoot: (name: string, body: () => Promise<void>) => unknown = isRoot ? test : () => undefined;

asRoot("the same holds for a normal user", async () => {
  using home = temporaryFolder();
  chmodSync(home.root, 0o777);
  accessSync(packageRoot, constants.R_OK);
  for (const [layout, level] of [["npm", "auto"], ["pnpm", "none"]] as const) {
    using folder = monorepo(layout);
    using cache = temporaryFolder();
    for (const path of [folder.root, cache.root]) giveToNobody(path);
    const env = { HOME: home.root, TMPDIR: home.root };
    await holdsIn(layout, level, { cwd: folder.root, cache: cache.root, env, as: nodeAsNobody(home.root) });
  }
});

/** Ends with a code of its own for everything that it should not be able to see. */
const SPY = `import { existsSync, readdirSync, readFileSync } from "node:fs";
import { connect } from "node:net";
const [, , level, port, checkout] = process.argv;
if (JSON.stringify(process.env).includes("hunter2")) process.exit(3);
if (level !== "none") {
  for (const pid of readdirSync("/proc").filter((name) => /^\\d+$/.test(name))) {
    try {
      if (readFileSync("/proc/" + pid + "/environ", "latin1").includes("hunter2")) process.exit(4);
    } catch {}
  }
}
if (level === "auto" && existsSync(checkout + "/spy.mjs")) process.exit(5);
const socket = connect(Number(port), "127.0.0.1");
socket.on("connect", () => process.exit(level === "none" ? 0 : 6));
socket.on("error", () => process.exit(level === "none" ? 7 : 0));
setTimeout(() => process.exit(8), 5_000);
`;

test("a check sees no network, none of the caller's secrets and not the checkout", async () => {
  const server = createServer((socket) => socket.end());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  assert.ok(address !== null && typeof address === "object");
  try {
    for (const level of LEVELS) {
      using folder = temporaryRepository({ "spy.mjs": SPY });
      using cache = temporaryFolder();
      const run = ["node", "spy.mjs", level, String(address.port), realpathSync(folder.root)];
      writeFileSync(join(folder.root, "stet.config.json"), JSON.stringify({ checks: [{ name: "spy", run }] }));
      git(folder.root, "add", "--all");
      git(folder.root, "commit", "--quiet", "--message=spy");
      const env = Object.fromEntries(["API_TOKEN", "AWS_SECRET_ACCESS_KEY", "NPM_TOKEN", "SSH_AUTH_SOCK", "GIT_ASKPASS", "LD_AUDIT", "NODE_AUTH_TOKEN"].map((name) => [name, "hunter2"]));
      const result = await stet(["try", "--sandbox", level, "--", "sh", "-c", 'env | grep hunter2 > seen.txt || echo none > seen.txt'], { cwd: folder.root, cache: cache.root, env });
      assert.equal(result.code, 0, `${level}\n${result.stdout}${result.stderr}`);
      assert.deepEqual(evidence(folder.root), [{ check: "spy", before: 0, after: 0 }], level);
      assert.equal(landed(folder.root, "seen.txt"), "none", "neither does a tool");
    }
  } finally {
    server.close();
  }
});

/** Packs version `version` of a package called `x`, and gives the manifest and lockfile that ask for it. */
function versionOf(root: string, version: string): { manifest: string; lockfile: string } {
  const packed = join(root, "vendor", version);
  mkdirSync(join(packed, "package"), { recursive: true });
  writeFileSync(join(packed, "package/package.json"), JSON.stringify({ name: "x", version }));
  execFileSync("tar", ["-czf", `vendor/x-${version}.tgz`, "-C", packed, "package"], { cwd: root });
  const dependencies = { x: `file:vendor/x-${version}.tgz` };
  const root_ = { name: "sample", version: "1.0.0" };
  const integrity = `sha512-${execFileSync("sh", ["-c", 'openssl dgst -sha512 -binary "$1" | base64 -w0', "sh", `vendor/x-${version}.tgz`], { cwd: root, encoding: "utf8" })}`;
  const packages = { "": { ...root_, dependencies }, "node_modules/x": { version, resolved: dependencies.x, integrity } };
  return { manifest: JSON.stringify({ ...root_, dependencies }), lockfile: JSON.stringify({ ...root_, lockfileVersion: 3, requires: true, packages }) };
}

/** Fails where what is installed is not what the manifest beside it asks for. */
const AGREES = `import { readFileSync } from "node:fs";
const { version } = JSON.parse(readFileSync("node_modules/x/package.json", "utf8"));
process.exit(readFileSync("package.json", "utf8").includes("x-" + version + ".tgz") ? 0 : 1);
`;

test("a tree with another lockfile is measured with the dependencies that it names, as base and as a change", async () => {
  using folder = temporaryRepository({ "agrees.mjs": AGREES, "stet.config.json": JSON.stringify({ checks: [{ name: "agrees", run: ["node", "agrees.mjs"] }] }) });
  using cache = temporaryFolder();
  const at = (path: string): string => join(folder.root, path);
  const call = { cwd: folder.root, cache: cache.root };
  const versions = ["1.0.0", "2.0.0"].map((version) => versionOf(folder.root, version));
  for (const [index, { manifest, lockfile }] of versions.entries()) {
    for (const place of ["", `old/${index}/`]) {
      mkdirSync(at(place), { recursive: true });
      writeFileSync(at(`${place}package.json`), manifest);
      writeFileSync(at(`${place}package-lock.json`), lockfile);
    }
    git(folder.root, "add", "--all", "--force", ":(exclude)node_modules");
    git(folder.root, "commit", "--quiet", `--message=${index}`);
  }
  cpSync(at("vendor/2.0.0/package"), at("node_modules/x"), { recursive: true });
  const installed = snapshot(at("node_modules"));

  const older = await stet(["try", "--base", "HEAD~1", "--", "sh", "-c", "echo new > new.txt"], call);
  assert.equal(older.code, 0, older.stdout + older.stderr);
  assert.deepEqual(evidence(folder.root), [{ check: "agrees", before: 0, after: 0 }]);

  const back = ["sh", "-c", "cp old/0/package.json old/0/package-lock.json ."];
  const allowed = ["--allow-path", "**/package-lock.json", "--allow-path", "**/package.json"];
  const refused = await stet(["try", "--", ...back], call);
  assert.equal(refused.code, 1, refused.stdout + refused.stderr);
  const changed = await stet(["try", "--fresh", ...allowed, "--", ...back], call);
  assert.equal(changed.code, 0, changed.stdout + changed.stderr);
  assert.deepEqual(evidence(folder.root), [{ check: "agrees", before: 0, after: 0 }]);

  const half = await stet(["try", ...allowed, "--", "cp", "old/0/package.json", "."], call);
  assert.equal(half.code, 1, half.stdout + half.stderr);
  assert.deepEqual(snapshot(at("node_modules")), installed);
});

/** Green where the whole tree is there and git works as usual. */
const WHOLE = { checks: [{ name: "whole", run: ["sh", "-c", "test -f in/b.txt && test -f out/c.txt && git diff --quiet && git log --format=%s > /dev/null"] }] };

test("a linked worktree, sparse, shallow and borrowing clones, a submodule, odd paths: each serves as any other", async () => {
  using folder = temporaryRepository({ "in/b.txt": "b\n", "out/c.txt": "c\n", "stet.config.json": JSON.stringify(WHOLE) });
  using other = temporaryFolder();
  const { root } = folder;
  const at = (name: string): string => join(other.root, name);
  git(root, "commit", "--quiet", "--allow-empty", "--message=second");
  git(root, "worktree", "add", "--quiet", "--detach", at("linked tree é '\"$x"));
  git(root, "clone", "--quiet", "--depth=1", `file://${root}`, at("shallow"));
  git(root, "clone", "--quiet", "--shared", root, at("borrowing"));
  git(root, "clone", "--quiet", root, at("sparse"));
  git(at("sparse"), "sparse-checkout", "set", "--sparse-index", "in");
  git(root, "clone", "--quiet", root, at("outer"));
  git(at("outer"), "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", root, "module");
  const identity = ["-c", "user.name=x", "-c", "user.email=x@x.invalid"];
  git(at("outer"), ...identity, "commit", "--quiet", "--message=module");
  for (const name of ["linked tree é '\"$x", "shallow", "borrowing", "sparse", "outer", "outer/module"]) {
    const before = git(at(name), "status", "--porcelain");
    using cache = temporaryFolder();
    const run = await stet(["try", "--", "sh", "-c", "echo new > 'new é.txt'"], { cwd: at(name), cache: join(cache.root, "cache é") });
    assert.equal(run.code, 0, `${name}\n${run.stdout}${run.stderr}`);
    assert.equal(landed(at(name), "new é.txt"), "new", name);
    assert.equal(git(at(name), "status", "--porcelain"), before, name);
    assert.doesNotMatch(run.stderr, /uncommitted/, name);
    if (name === "outer") assert.match(git(at(name), "ls-tree", git(at(name), "for-each-ref", "--format=%(refname)", "refs/heads/stet"), "module"), /^160000 commit/);
  }
});

test("a tool starts in the folder that the user stands in, and the whole tree is tried", async () => {
  using folder = temporaryRepository({ "in/deep é/b.txt": "b\n", "stet.config.json": JSON.stringify({ checks: [{ name: "there", run: ["test", "-f", "in/deep é/b.txt"] }] }) });
  using cache = temporaryFolder();
  const run = await stet(["try", "--", "sh", "-c", "echo new > new.txt; rm b.txt; echo root > ../../root.txt"], { cwd: join(folder.root, "in/deep é"), cache: cache.root });
  assert.equal(run.code, 1, run.stdout + run.stderr);
  assert.equal(landed(folder.root, "in/deep é/new.txt"), "new");
  assert.equal(landed(folder.root, "in/deep é/b.txt"), "b");
  assert.equal(landed(folder.root, "root.txt"), "root");
  mkdirSync(join(folder.root, "untracked"));
  const nowhere = await stet(["try", "--", "true"], { cwd: join(folder.root, "untracked"), cache: cache.root });
  assert.equal(nowhere.code, 66, nowhere.stdout + nowhere.stderr);
});
