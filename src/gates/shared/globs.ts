/**
 * Globs of a policy. What protects is read generously (any letter case, any depth where the glob has no slash), what
 * allows is read to the letter (the whole path, its own letter case), so that a doubt always refuses.
 */
import picomatch from "picomatch";
import type { Policy } from "../../domain/plugin.ts";
import { normalPath } from "../../domain/paths.ts";

type Matcher = (path: string) => boolean;
type Cache = WeakMap<readonly string[], Matcher>;

/** `s`: a line feed in a name must not end a match. No negation, POSIX paths on every machine. */
const COMMON = { dot: true, nonegate: true, windows: false } as const;
/** Compiled once per policy, since a run judges thousands of proposals under one. */
const protecting: Cache = new WeakMap();
const allowing: Cache = new WeakMap();

/** Whether `policy.protects` names the path. */
export function isProtected(path: string, policy: Policy): boolean {
  return cached(protecting, policy.protects, compileProtecting)(normalPath(path));
}

/** Whether the user exempted the path by `policy.allowPaths`. A glob that ends with `/` is everything below it. */
export function isExempt(path: string, policy: Pick<Policy, "allowPaths">): boolean {
  return cached(allowing, policy.allowPaths, (globs) =>
    picomatch(globs.map((glob) => (glob.endsWith("/") ? `${glob}**` : glob)), { ...COMMON, flags: "s" }),
  )(normalPath(path));
}

/**
 * Whether the path is one of what may be added, and of nothing that is protected besides: a new test is well, a new
 * definition of a check is not, whatever both are called.
 */
export function isAddition(path: string, policy: Policy): boolean {
  const { mayAdd } = policy;
  if (!mayAdd || mayAdd.length === 0) return false;
  const matches = (globs: readonly string[]): boolean => cached(protecting, globs, compileProtecting)(normalPath(path));
  return matches(mayAdd) && !matches(othersOf(policy.protects, mayAdd));
}

const others = new WeakMap<readonly string[], readonly string[]>();

/** Kept, since compiled globs are kept by the list that they come from. */
function othersOf(protects: readonly string[], mayAdd: readonly string[]): readonly string[] {
  const known = others.get(protects) ?? protects.filter((glob) => !mayAdd.map(deep).includes(deep(glob)));
  others.set(protects, known);
  return known;
}

function compileProtecting(globs: string[]): Matcher {
  return picomatch(globs.map(deep), { ...COMMON, flags: "is" });
}

function deep(glob: string): string {
  return glob.includes("/") ? glob : `**/${glob}`;
}

function cached(cache: Cache, globs: readonly string[], compile: (globs: string[]) => Matcher): Matcher {
  const matcher = cache.get(globs) ?? compile(globs.filter((glob) => glob !== ""));
  cache.set(globs, matcher);
  return matcher;
}
