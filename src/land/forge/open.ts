/** Opens the forge of a place: the client of its kind is loaded then, and not before. */
import type { Forge } from "../../domain/forge.ts";
import type { ForgePlace } from "./place.ts";
import type { Asking } from "./request.ts";

export async function openForge(place: ForgePlace, asking: Asking): Promise<Forge> {
  if (place.kind === "github") return (await import("./github.ts")).openGithub(place, asking);
  return (await import("./gitlab.ts")).openGitlab(place, asking);
}
