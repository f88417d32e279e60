/** Which languages' package stores a tree needs, and what all of them together give its programs. */
import type { Git } from "../../system/git.ts";
import { loadFolders } from "../../system/tree.ts";
import { cargo } from "./cargo.ts";
import { go } from "./go.ts";
import type { DependencyKind, Provision, ProvisionRequest } from "./provision.ts";

const KINDS: readonly DependencyKind[] = [cargo, go];

/** Those that a tree has a manifest of, anywhere in it. */
export async function kindsIn(git: Git, tree: string): Promise<readonly DependencyKind[]> {
  const { byId } = await loadFolders(git, tree);
  const folders = [...byId.values()];
  return KINDS.filter(({ manifests }) => folders.some((folder) => manifests.some((name) => folder.has(name))));
}

export async function provideAll(kinds: readonly DependencyKind[], request: ProvisionRequest): Promise<Provision> {
  const provisions: Provision[] = [];
  for (const kind of kinds) provisions.push(await kind.provide(request));
  return {
    env: Object.assign({}, ...provisions.map(({ env }) => env)) as Provision["env"],
    readOnlyPaths: provisions.flatMap(({ readOnlyPaths }) => readOnlyPaths),
  };
}
