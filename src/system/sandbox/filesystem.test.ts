import assert from "node:assert/strict";
import { once } from "node:events";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { after, test } from "node:test";
import { capabilitiesAt, containerFor, project, type Project } from "../../../test/support/container.ts";
import type { Outcome } from "../../domain/plugin.ts";
import { runContained, type Container } from "../sandbox.ts";

const realHome = process.env["HOME"];
const realPath = process.env["PATH"];
after(() => {
  process.env["HOME"] = realHome;
  process.env["PATH"] = realPath;
});

async function bubble(place: Project, parts: Partial<Container> = {}): Promise<Container> {
  return containerFor(place, await capabilitiesAt("bwrap"), parts);
}

function shell(container: Container, script: string, ...args: string[]): Promise<Outcome> {
  return runContained(container, { argv: ["sh", "-c", script, "sh", ...args], timeoutMs: 60_000 });
}

test("home, checkout and other repositories are not there", async () => {
  using place = project({ "a.txt": "a" });
  const home = join(place.base, "home");
  process.env["HOME"] = home;
  for (const folder of [join(home, ".ssh"), join(place.base, "other/.git")]) mkdirSync(folder, { recursive: true });
  writeFileSync(join(home, ".ssh/id_ed25519"), "key");
  writeFileSync(join(place.base, "other/secret"), "secret");
  const container = await bubble(place);
  for (const path of [home, join(home, ".ssh/id_ed25519"), place.checkout, join(place.base, "other/secret")]) {
    const { ended } = await shell(container, 'test -e "$1"', path);
    assert.deepEqual(ended, { kind: "exited", code: 1 }, path);
  }
  const { stdout } = await shell(container, 'cat a.txt; ls -A "$HOME"; ls "$1"', place.base);
  assert.equal(stdout, "acache\n");
});

test("a checkout or home inside of a system folder is covered", async () => {
  using place = project({});
  assert.ok(readdirSync("/usr/share").length > 0);
  const container = await bubble(place, { checkout: "/usr/share" });
  const { stdout, ended } = await shell(container, "ls -A /usr/share");
  assert.deepEqual([stdout, ended], ["", { kind: "exited", code: 0 }]);
});

test("nothing outside of the worktree and scratch can be written", async () => {
  using place = project({});
  const visible = join(place.base, "visible");
  mkdirSync(visible);
  const container = await bubble(place, { readOnlyPaths: [visible] });
  for (const folder of ["/usr", "/etc", "/opt", "/proc/sys/kernel", visible]) {
    const { ended } = await shell(container, 'echo x > "$1/stet-test"', folder);
    assert.notDeepEqual(ended, { kind: "exited", code: 0 }, folder);
    assert.equal(existsSync(join(folder, "stet-test")), false, folder);
  }
  await shell(container, 'echo x > /tmp/stet-test-inside; echo x > "$1/stet-test"; echo y > made', place.base);
  assert.equal(existsSync("/tmp/stet-test-inside"), false);
  assert.equal(existsSync(join(place.base, "stet-test")), false);
  assert.equal(readFileSync(join(place.root, "made"), "utf8"), "y\n");
});

test("tools on the PATH are there, and what stands beside them, but no credentials", async () => {
  using place = project({});
  const home = join(place.base, "home");
  const files = [".local/bin/tool", ".local/share/key", ".nvm/v9/bin/node9", ".nvm/v9/lib/npm"];
  for (const file of [...files, "repo/bin/own", "repo/.git/HEAD"]) {
    mkdirSync(join(home, file, ".."), { recursive: true });
    writeFileSync(join(home, file), "#!/bin/sh\necho ran\n", { mode: 0o755 });
  }
  process.env["HOME"] = home;
  const bins = [".local/bin", ".nvm/v9/bin", "repo/bin"].map((bin) => join(home, bin));
  process.env["PATH"] = [...bins, join(place.checkout, "bin"), "relative/bin", realPath].join(":");
  const script = 'tool; node9; own; cd "$1"; find . -type f | sort; echo "$PATH"';
  const { stdout } = await shell(await bubble(place), script, home);
  const [one, two, three, ...rest] = stdout.trim().split("\n");
  assert.deepEqual([one, two, three], ["ran", "ran", "ran"]);
  const path = rest.pop() ?? "";
  assert.deepEqual(rest, ["./.local/bin/tool", "./.nvm/v9/bin/node9", "./.nvm/v9/lib/npm", "./repo/bin/own"]);
  assert.equal(path.includes(place.checkout) || path.includes("relative/bin"), false);
});

for (const level of ["bwrap", "unshare"] as const) {
  test(`${level}: the network is cut off unless a command may use it; loopback inside works`, async () => {
    using place = project({});
    await using server = createServer((socket) => socket.end("hello")).listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    assert.ok(address !== null && typeof address === "object");
    const container = containerFor(place, await capabilitiesAt(level));
    const script = `require("net").connect(${address.port}, "127.0.0.1")
      .on("error", (e) => console.log(e.code)).pipe(process.stdout)`;
    const connect = { argv: [process.execPath, "--eval", script], timeoutMs: 60_000 };
    assert.equal((await runContained(container, connect)).stdout, "ECONNREFUSED\n");
    assert.equal((await runContained(container, { ...connect, network: true })).stdout, "hello");
    const both = `const s = require("net").createServer((c) => c.end("inside")).listen(0, "127.0.0.1", () =>
      require("net").connect(s.address().port, "127.0.0.1").on("close", () => s.close()).pipe(process.stdout))`;
    const inside = await runContained(container, { argv: [process.execPath, "--eval", both], timeoutMs: 60_000 });
    assert.equal(inside.stdout, "inside");
  });

  test(`${level}: processes outside are not seen`, async () => {
    using place = project({});
    const { stdout } = await shell(containerFor(place, await capabilitiesAt(level)), "echo /proc/[0-9]*");
    assert.ok(stdout.split(" ").length < 8, stdout);
  });
}
