/** The folders that an overlay needs. What a check wrote among dependencies is gone each time they are made anew. */
import { removeAll } from "../files.ts";
import { chmod, mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Overlay } from "./container.ts";
import { putPatches, type Patch } from "./environments.ts";
import { putLinks, type Link } from "./links.ts";
import { standsBelow } from "./paths.ts";

/** Empties what lies over the dependencies, and makes the mount point where the tree at `root` has the package. */
export async function freshenOverlay(root: string, overlay: Overlay, links: readonly Link[], patches: readonly Patch[] = []): Promise<void> {
  for (const name of ["upper", "work"]) await removeAll(join(overlay.state, name));
  for (const name of ["lower", "upper", "work"]) await mkdir(join(overlay.state, name), { recursive: true });
  putLinks(join(overlay.state, "upper"), links);
  putPatches(join(overlay.state, "upper"), patches);
  if (standsBelow(root, dirname(overlay.target))) await mkdir(overlay.target, { recursive: true });
}

/** The kernel leaves a folder without any rights in `work`, which a normal user's `rm -r` could not remove. */
export async function releaseOverlay(overlay: Overlay): Promise<void> {
  await chmod(join(overlay.state, "work/work"), 0o700).catch(() => undefined);
}
