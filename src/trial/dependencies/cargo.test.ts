import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, lstatSync, mkdirSync, readFileSync, readlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { ground, type Ground } from "../../../test/support/kit.ts";
import { needing } from "../../../test/support/programs.ts";
import { temporaryFolder } from "../../../test/support/workspace.ts";
import type { Workspace } from "../../domain/plugin.ts";
import { probeCapabilities } from "../../system/sandbox.ts";
import { cargo } from "./cargo.ts";
import { lockedPackages } from "./cargo-lock.ts";

const rust = needing("cargo");

const WORKSPACE = '[workspace]\nmembers = ["a", "b"]\nresolver = "2"\n';
const manifest = (name: string, more = ""): string => `[package]\nname = "${name}"\nversion = "0.1.0"\nedition = "2021"\n${more}`;
const FILES = {
  "Cargo.toml": WORKSPACE,
  "a/Cargo.toml": manifest("a"),
  "a/src/lib.rs": "pub fn one() -> u8 {\n    1\n}\n",
  "b/Cargo.toml": manifest("b", '\n[dependencies]\na = { path = "../a" }\n'),
  "b/src/lib.rs": "pub fn two() -> u8 {\n    a::one()\n}\n",
};

/** A tree where that file has this text. */
function treeOf(place: Ground, path: string, text: string): string {
  writeFileSync(join(place.root, path), text);
  place.git("add", path);
  return place.git("write-tree");
}

interface Built {
  /** Whether cargo took each package as it was. */
  readonly fresh: Readonly<Record<string, boolean>>;
  readonly errors: number;
}

async function check(workspace: Workspace): Promise<Built> {
  const { stdout } = await workspace.run({ argv: ["cargo", "check", "--message-format=json"], timeoutMs: 120_000 });
  const said = stdout.split("\n").flatMap((line) => (line.startsWith("{") ? [JSON.parse(line) as Said] : []));
  const fresh = said.flatMap((one) => (one.reason === "compiler-artifact" ? [[one.target.name, one.fresh] as const] : []));
  return { fresh: Object.fromEntries(fresh), errors: said.filter((one) => one.reason === "compiler-message" && one.message.level === "error" && one.message.code !== null).length };
}

type Said =
  | { readonly reason: "compiler-artifact"; readonly target: { readonly name: string }; readonly fresh: boolean }
  | { readonly reason: "compiler-message"; readonly message: { readonly level: string; readonly code: object | null } }
  | { readonly reason: "build-finished" };

test("a re-check builds only what differs, and is never stale", rust, async () => {
  using place = await ground(FILES);
  const first = await check(await place.worktree.open(place.tree));
  assert.deepEqual(first, { fresh: { a: false, b: false }, errors: 0 });
  assert.deepEqual((await check(await place.worktree.open(place.tree))).fresh, { a: true, b: true });
  // The same size, within the same second, to and fro, with an older text coming back: only the bytes tell.
  const good = treeOf(place, "b/src/lib.rs", "pub fn two() -> u8 {\n    a::one()\n}\n");
  const bad = treeOf(place, "b/src/lib.rs", 'pub fn two() -> u8 {\n    "eight!"\n}\n');
  for (const [tree, errors] of [[bad, 1], [good, 0], [bad, 1], [good, 0], [bad, 1]] as const) {
    const built = await check(await place.worktree.open(tree));
    assert.equal(built.errors, errors);
    assert.equal(built.fresh["a"], true);
  }
  // Nothing of it stands in the tree, nor in the user's checkout.
  assert.equal(existsSync(join(place.worktree.root, "target")), false);
  assert.equal(existsSync(join(place.root, "target")), false);
});

test("a file that comes or goes, and one whose time a check has set back, are not missed", rust, async () => {
  using place = await ground(FILES);
  await check(await place.worktree.open(place.tree));
  const gone = treeOf(place, "b/src/lib.rs", "mod more;\npub use more::two;\n");
  assert.notEqual((await check(await place.worktree.open(gone))).errors, 0);
  const there = treeOf(place, "b/src/more.rs", "pub fn two() -> u8 {\n    a::one()\n}\n");
  const workspace = await place.worktree.open(there);
  assert.equal((await check(workspace)).errors, 0);
  // A test that writes into the tree and sets the time back: the next tree has the file anew.
  await workspace.run({ argv: ["sh", "-c", 'echo "nonsense" > b/src/more.rs; touch -d 2001-01-01 b/src/more.rs'], timeoutMs: 10_000 });
  assert.equal((await check(await place.worktree.open(there))).errors, 0);
  assert.notEqual((await check(await place.worktree.open(gone))).errors, 0);
});

test("a lockfile is read by its lines", () => {
  const lock =
    '# made by cargo\nversion = 4\n\n[[package]]\nname = "own"\nversion = "0.1.0"\ndependencies = [\n "x",\n]\n\n' +
    '[[package]]\nname = "x"\nversion = "1.2.3"\nsource = "registry+https://example.invalid/index"\nchecksum = "00"\n\n' +
    '[[package]]\nname = "g"\nversion = "0.2.0"\nsource = "git+https://example.invalid/g?rev=1#0123456789abcdef"\n';
  assert.deepEqual(lockedPackages(lock), [
    { name: "x", version: "1.2.3" },
    { name: "g", version: "0.2.0", revision: "0123456789abcdef" },
  ]);
  assert.deepEqual(lockedPackages("version = 4\n"), []);
});

/** Runs with another home for cargo. */
async function withHome<T>(home: string, work: () => Promise<T>): Promise<T> {
  const before = process.env["CARGO_HOME"];
  process.env["CARGO_HOME"] = home;
  try {
    return await work();
  } finally {
    if (before === undefined) delete process.env["CARGO_HOME"];
    else process.env["CARGO_HOME"] = before;
  }
}

const LOCK = 'version = 3\n\n[[package]]\nname = "x"\nversion = "1.0.0"\nsource = "registry+https://example.invalid/index"\n';

test("the user's packages are linked and shown, his credentials and settings with secrets are not", async () => {
  const capabilities = await probeCapabilities({ limit: "none" });
  using home = temporaryFolder({ "registry/cache/r/x-1.0.0.crate": "", "credentials.toml": "token = 1", "config.toml": "[net]\nretry = 2\n" });
  using tree = temporaryFolder({ "Cargo.lock": LOCK });
  using own = temporaryFolder();
  const request = { root: tree.root, cache: join(own.root, "cache"), store: join(own.root, "store"), checkout: tree.root, capabilities };
  const at = (name: string): string => join(request.cache, "cargo", name);
  await withHome(home.root, async () => {
    const { env, readOnlyPaths } = await cargo.provide(request);
    assert.deepEqual([env["CARGO_HOME"], env["CARGO_TARGET_DIR"]], [join(request.cache, "cargo"), join(request.cache, "target")]);
    assert.equal(readlinkSync(at("registry")), join(home.root, "registry"));
    assert.ok(readOnlyPaths.includes(join(home.root, "registry")) && !readOnlyPaths.includes(home.root));
    assert.deepEqual([readFileSync(at("config.toml"), "utf8"), existsSync(at("credentials.toml")), existsSync(at("git"))], ["[net]\nretry = 2\n", false, false]);
    const key = await cargo.key(tree.root);
    writeFileSync(join(home.root, "config.toml"), '[registries.x]\ntoken = "secret"\n');
    mkdirSync(join(home.root, "git"));
    writeFileSync(join(home.root, "registry/cache/r/y-1.0.0.crate"), "");
    await cargo.provide(request);
    assert.deepEqual([readFileSync(at("config.toml"), "utf8"), lstatSync(at("git")).isSymbolicLink()], ["", true]);
    assert.notEqual(await cargo.key(tree.root), key, "another package is there");
  });
});

/** A crate as a registry hands it out: a tar archive, made by hand since its two files are small. */
function crateOf(name: string, files: Readonly<Record<string, string>>): Buffer {
  const blocks = Object.entries(files).flatMap(([path, text]) => {
    const header = Buffer.alloc(512);
    const put = (value: string, offset: number): number => header.write(value, offset, "latin1");
    put(`${name}-1.0.0/${path}`, 0);
    put("0000644\0", 100);
    put(`${Buffer.byteLength(text).toString(8).padStart(11, "0")}\0`, 124);
    put("00000000000\0", 136);
    put("        0", 148);
    put("ustar\0" + "00", 257);
    put(`${header.reduce((sum, byte) => sum + byte, 0).toString(8).padStart(6, "0")}\0 `, 148);
    const body = Buffer.alloc(Math.ceil(Buffer.byteLength(text) / 512) * 512);
    body.write(text);
    return [header, body];
  });
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(1024)]));
}

test("packages that nobody has fetched are fetched once per lockfile, from a registry; without one the user's stay", rust, async () => {
  const crate = crateOf("distant", { "Cargo.toml": manifest("distant").replace("0.1.0", "1.0.0"), "src/lib.rs": "pub fn far() -> u8 { 7 }\n" });
  const checksum = createHash("sha256").update(crate).digest("hex");
  let asked = 0;
  // Registries over plain HTTP came with cargo 1.68; an older one says that it cannot have the packages.
  const [, minor = "0"] = /1\.(\d+)/.exec(execFileSync("cargo", ["--version"], { encoding: "utf8" })) ?? [];
  const knowsSparse = Number(minor) >= 68;
  const server = createServer((request, response) => {
    const path = request.url ?? "";
    if (path.endsWith("/config.json")) response.end(JSON.stringify({ dl: `http://${request.headers.host}/dl/{crate}.crate` }));
    else if (path.endsWith("/di/st/distant")) response.end(`${JSON.stringify({ name: "distant", vers: "1.0.0", deps: [], cksum: checksum, features: {}, yanked: false })}\n`);
    else if (path.endsWith(".crate")) {
      asked++;
      response.end(crate);
    } else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const index = `sparse+http://127.0.0.1:${typeof address === "object" ? address?.port : 0}/index/`;
  using home = temporaryFolder();
  try {
    await withHome(home.root, async () => {
      using place = await ground({
        "Cargo.toml": `${manifest("near")}\n[dependencies]\ndistant = { version = "1", registry = "loop" }\n`,
        "Cargo.lock":
          `version = 3\n\n[[package]]\nname = "distant"\nversion = "1.0.0"\nsource = "${index}"\nchecksum = "${checksum}"\n\n` +
          '[[package]]\nname = "near"\nversion = "0.1.0"\ndependencies = [\n "distant",\n]\n',
        ".cargo/config.toml": `[registries.loop]\nindex = "${index}"\n`,
        "src/lib.rs": "pub fn near() -> u8 {\n    distant::far()\n}\n",
      });
      for (let time = 0; time < 2; time++) {
        const workspace = await place.worktree.open(place.tree);
        const outcome = await workspace.run({ argv: ["cargo", "check", "--offline", "--locked"], timeoutMs: 120_000 });
        assert.deepEqual(outcome.ended, { kind: "exited", code: knowsSparse ? 0 : 101 }, outcome.stderr);
      }
      assert.equal(asked, knowsSparse ? 1 : 0);
      assert.equal(existsSync(join(home.root, "registry")), false, "nothing of it came to the user's own");
    });
  } finally {
    server.close();
  }
});
