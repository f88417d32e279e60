import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { temporaryFolder } from "../../../test/support/workspace.ts";
import { behindShims } from "./shims.ts";

test("shims of pyenv give way to the version that is asked for, nearest first", () => {
  const versions = { "3.11.7": "", "3.12.2": "", "3.12.10": "" };
  const files = Object.fromEntries(Object.keys(versions).map((name) => [`versions/${name}/bin/python3`, ""]));
  using pyenv = temporaryFolder({ ...files, "shims/python3": "", "version": "3.11.7\n" });
  using asking = temporaryFolder({ ".python-version": "# ours\nsystem\n3.12\n" });
  using silent = temporaryFolder({ ".python-version": "\n" });
  const bin = (name: string): string => join(pyenv.root, "versions", name, "bin");
  const shims = join(pyenv.root, "shims");
  const before = process.env["PYENV_VERSION"];
  delete process.env["PYENV_VERSION"];
  try {
    assert.deepEqual(behindShims(shims, asking.root), [bin("3.12.10")]);
    assert.deepEqual(behindShims(shims, silent.root), [bin("3.11.7")]);
    process.env["PYENV_VERSION"] = "../../elsewhere";
    assert.deepEqual(behindShims(shims, silent.root), []);
    assert.deepEqual(behindShims("/usr/bin", silent.root), ["/usr/bin"]);
    assert.deepEqual(behindShims(join(asking.root, "shims"), silent.root), [join(asking.root, "shims")]);
  } finally {
    delete process.env["PYENV_VERSION"];
    if (before !== undefined) process.env["PYENV_VERSION"] = before;
  }
});
