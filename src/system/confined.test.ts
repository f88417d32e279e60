/** Nobody gets out of a confined folder, by name or by link, and a link that comes in between leads nowhere. */
import assert from "node:assert/strict";
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { temporaryFolder } from "../../test/support/workspace.ts";
import { ConfinedFolder, MAX_CONFINED_BYTES } from "./confined.ts";

test("it reads, writes and removes below its folder, keeping modes", async () => {
  using folder = temporaryFolder({ "a.txt": "one\n" });
  const confined = new ConfinedFolder(folder.root);
  assert.deepEqual(await confined.readText("a.txt"), { text: "one\n" });
  assert.deepEqual(await confined.writeText("new/deep/b.txt", "two\n"), {});
  assert.equal(readFileSync(join(folder.root, "new/deep/b.txt"), "utf8"), "two\n");
  writeFileSync(join(folder.root, "run.sh"), "long text", { mode: 0o755 });
  assert.deepEqual(await confined.writeText("run.sh", "x"), {});
  assert.equal(statSync(join(folder.root, "run.sh")).mode & 0o777, 0o755);
  assert.equal(readFileSync(join(folder.root, "run.sh"), "utf8"), "x");
  assert.deepEqual(await confined.remove("a.txt"), {});
  assert.deepEqual(await confined.readText("a.txt"), { obstacle: "absent" });
});

test("names that lead out, links and git's own folder are refused", async () => {
  using outside = temporaryFolder({ "secret.txt": "secret" });
  using folder = temporaryFolder({ ".git/config": "", "bytes.bin": "\0" });
  symlinkSync(outside.root, join(folder.root, "link"));
  symlinkSync(join(outside.root, "secret.txt"), join(folder.root, "file"));
  const confined = new ConfinedFolder(folder.root);
  const names = ["../x", "/etc/passwd", "a/../../x", "link/secret.txt", "file", ".git/config", ".GIT/config", "sub/.git/hooks/x", "", "."];
  for (const name of names) {
    assert.deepEqual(await confined.readText(name), { obstacle: "outside" }, name);
    assert.deepEqual(await confined.writeText(name, "x"), { obstacle: "outside" }, name);
  }
  assert.equal(readFileSync(join(outside.root, "secret.txt"), "utf8"), "secret");
  assert.deepEqual(await confined.readText("bytes.bin"), { obstacle: "not-text" });
  mkdirSync(join(folder.root, "sub"));
  assert.deepEqual(await confined.readText("sub"), { obstacle: "not-text" });
  assert.deepEqual(await confined.writeText("big", "x".repeat(MAX_CONFINED_BYTES + 1)), { obstacle: "too-large" });
});

test("a folder that turns into a link while it is written to leads nowhere", async () => {
  using outside = temporaryFolder();
  using folder = temporaryFolder({ "a/.keep": "" });
  const confined = new ConfinedFolder(folder.root);
  const [real, link] = [join(folder.root, "a"), join(folder.root, "away")];
  const seen = new Set<string>();
  for (let round = 0; round < 200; round++) {
    const writing = confined.writeText("a/b.txt", "x");
    renameSync(real, link);
    // Where the folder was made anew in between, there is no place for the link.
    const linked = attempt(() => symlinkSync(outside.root, real));
    seen.add((await writing).obstacle ?? "written");
    rmSync(real, { recursive: !linked });
    renameSync(link, real);
  }
  assert.ok([...seen].every((end) => ["outside", "written", "absent"].includes(end)), [...seen].join());
  assert.throws(() => statSync(join(outside.root, "b.txt")));
});

function attempt(act: () => void): boolean {
  try {
    act();
    return true;
  } catch {
    return false;
  }
}
