/**
 * Go: the modules that the user's go has fetched, read-only, and for each worktree a build cache of its own. Nothing is
 * fetched: `GOPROXY=off`, and go says what is missing. Never writes in the user's own module cache.
 */
import { delimiter, join } from "node:path";
import { ensureFolder } from "../../system/files.ts";
import { existing, programOnPath, stateOf, userFolder } from "../../system/sandbox/toolchains.ts";
import type { DependencyKind } from "./provision.ts";

/** The user's module cache: where its own variable says, else below the first folder of GOPATH, else below his home. */
function moduleCache(): string | undefined {
  if (process.env["GOMODCACHE"]) return userFolder("GOMODCACHE");
  const path = (process.env["GOPATH"] ?? "").split(delimiter)[0] ?? "";
  return path === "" ? userFolder("", "go/pkg/mod") : existing(join(path, "pkg/mod"));
}

export const go: DependencyKind = {
  manifests: ["go.mod", "go.work"],
  key(checkout) {
    const program = programOnPath("go", checkout);
    return Promise.resolve(stateOf([program, program && join(program, "../../VERSION")]));
  },
  async provide({ cache }) {
    const modules = moduleCache();
    const env = {
      GOCACHE: await ensureFolder(join(cache, "go-build")),
      GOMODCACHE: modules ?? (await ensureFolder(join(cache, "go-modules"))),
      GOPROXY: "off",
      GOFLAGS: "-mod=readonly",
      // Another toolchain would have to be fetched; telemetry and the user's own settings stay out.
      GOTOOLCHAIN: "local",
      GOENV: "off",
    };
    return { env, readOnlyPaths: modules === undefined ? [] : [modules] };
  },
};
