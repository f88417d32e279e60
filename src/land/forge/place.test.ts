/** Remotes as people have them, and the forges that they are. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Problem } from "../../domain/problem.ts";
import { parseRemote, placeOf } from "./place.ts";

test("an address tells host, owner and name", () => {
  const known = { host: "github.com", owner: "owner", name: "name" };
  for (const address of [
    "https://github.com/owner/name.git",
    "https://user@github.com/owner/name",
    "ssh://git@github.com:22/owner/name.git",
    "git@github.com:owner/name.git",
    "GitHub.com:owner/name",
  ]) {
    assert.deepEqual(parseRemote(address), known, address);
  }
  assert.deepEqual(parseRemote("https://gitlab.example/a/b/name.git"), { host: "gitlab.example", owner: "a/b", name: "name" });
  for (const address of ["/srv/git/name.git", "../name.git", "file:///srv/name.git", "", "https://github.com/name"]) {
    assert.equal(parseRemote(address), undefined, address);
  }
});

test("a forge is known by its host, or by what whoever runs stet says", () => {
  const place = (host: string, environment = {}) => {
    const found = placeOf({ host, owner: "o", name: "n" }, environment);
    return found && `${found.kind} ${found.url.href} ${found.token ?? "-"}`;
  };
  assert.equal(place("github.com"), "github https://api.github.com/ -");
  assert.equal(place("github.example.com", { GH_TOKEN: "t" }), "github https://github.example.com/api/v3 t");
  assert.equal(place("gitlab.com", { GITLAB_TOKEN: "t", GITHUB_TOKEN: "other" }), "gitlab https://gitlab.com/ t");
  assert.equal(place("code.example", {}), undefined);
  assert.equal(place("code.example", { STET_FORGE: "gitlab", GITLAB_API_URL: "http://127.0.0.1:9/api/v4" }), "gitlab http://127.0.0.1:9/ -");
  assert.throws(() => place("code.example", { STET_FORGE: "gerrit" }), (error) => error instanceof Problem && error.exitCode === 64);
  assert.throws(() => place("github.com", { GITHUB_API_URL: "http://api.example" }), (error) => error instanceof Problem && error.exitCode === 78);
});
