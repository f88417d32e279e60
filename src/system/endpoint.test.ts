/** Where keys may go, and that what may not is never shown with its secrets. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Problem } from "../domain/problem.ts";
import { endpoint } from "./endpoint.ts";

function refusal(address: string): unknown {
  try {
    endpoint(address);
  } catch (error) {
    assert.ok(error instanceof Problem);
    assert.equal(error.exitCode, 78);
    return error.args;
  }
  return undefined;
}

test("https anywhere and http on this machine may have a key", () => {
  for (const address of ["https://api.example.com/v1", "http://127.0.0.1:8080", "http://localhost:11434/v1", "http://[::1]:9/v1"]) {
    assert.equal(endpoint(address).href.replace(/\/$/, ""), address);
  }
});

test("everything else is refused, for its first reason", () => {
  assert.deepEqual(refusal("http://api.example.com/v1"), { address: "http://api.example.com/v1", why: "insecure" });
  assert.deepEqual(refusal("http://localhost.example.com"), { address: "http://localhost.example.com", why: "insecure" });
  assert.deepEqual(refusal("http://127.0.0.1.example.com"), { address: "http://127.0.0.1.example.com", why: "insecure" });
  assert.deepEqual(refusal("http://10.0.0.1"), { address: "http://10.0.0.1", why: "insecure" });
  assert.deepEqual(refusal("ftp://example.com"), { address: "ftp://example.com", why: "insecure" });
  assert.deepEqual(refusal("file:///etc/passwd"), { address: "file:///etc/passwd", why: "no-host" });
  assert.deepEqual(refusal("not an address"), { address: "not an address", why: "no-address" });
  assert.deepEqual(refusal("https://"), { address: "https://", why: "no-address" });
});

test("an address with a secret in it is refused without showing it", () => {
  for (const address of [
    "https://user:hunter2@example.com/v1",
    "https://hunter2@example.com",
    "https://example.com/v1?key=hunter2",
    "https://example.com/#hunter2",
    "http://hunter2:x@10.0.0.1/",
    "hunter2@nonsense",
  ]) {
    const args = refusal(address);
    assert.ok(args !== undefined && !JSON.stringify(args).includes("hunter2"), JSON.stringify(args));
  }
});
