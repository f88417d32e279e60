/**
 * SARIF's URIs as paths of the repository (§3.4, §3.14.14). A URI leads to one file or to none: what another machine's
 * absolute path may have meant here is not guessed, but for the base that by convention is the checkout itself.
 */
import { pathBelow } from "../../domain/paths.ts";
import type { ArtifactLocation, Run } from "./schema.ts";

/** Where a scan took place. */
export interface Whereabouts {
  /** Absolute folders that are the repository's root. */
  readonly roots: readonly string[];
  /** The folder that the scanner ran in, which its relative URIs without a base begin at; the root where absent. */
  readonly folder?: string;
}

/** How many bases may stand on one another. */
const MAX_BASES = 10;
/** The names that tools give to the root of the checkout, on whatever machine it was. */
const ROOT_NAMES = /^%?(?:SRCROOT|ROOTPATH|PROJECTROOT|REPOROOT)%?$/i;
const SCHEME = /^[A-Za-z][A-Za-z0-9+.-]+:/;

/** Relative to the repository's root; undefined where it is outside, or cannot be read. */
export function pathOf(location: ArtifactLocation, run: Run, { roots, folder = "" }: Whereabouts): string | undefined {
  const { uri, uriBaseId } = withUri(location, run);
  if (uri === undefined || uri === null) return undefined;
  const [base, path] = [baseOf(uriBaseId, run), decoded(baseOf(uriBaseId, run) + uri) ?? ""];
  const fromFolder = folder !== "" && path !== "" && isRelative(path) && base === "" ? `${folder}/${path}` : path;
  const whole = pathBelow(fromFolder, roots);
  if (whole !== undefined || !uriBaseId || !ROOT_NAMES.test(uriBaseId)) return whole;
  return isRelative(uri) ? pathBelow(decoded(uri) ?? "", roots) : undefined;
}

/** How the location is spelled, for a reason. */
export function spelled(location: ArtifactLocation, run: Run): string {
  return withUri(location, run).uri ?? "";
}

/** A location may only point to the run's list of artifacts. */
function withUri(location: ArtifactLocation, run: Run): ArtifactLocation {
  return typeof location.uri === "string" ? location : (run.artifacts?.[location.index ?? -1]?.location ?? location);
}

/** What stands in front of a URI with this base; nothing where nobody says, which is the root of the checkout. */
function baseOf(id: string | null | undefined, run: Run): string {
  let base = "";
  let next = id;
  for (let depth = 0; next && depth < MAX_BASES && isRelative(base); depth++) {
    const known: ArtifactLocation | undefined = run.originalUriBaseIds?.[next];
    const uri = known?.uri ?? "";
    base = (uri === "" || uri.endsWith("/") ? uri : `${uri}/`) + base;
    next = known?.uriBaseId;
  }
  return base;
}

function isRelative(uri: string): boolean {
  return !SCHEME.test(uri) && !uri.startsWith("/");
}

/** The path of a relative or `file:` URI; undefined for one that leads to no file, such as `https:`. */
function decoded(uri: string): string | undefined {
  const [, rest = uri] = /^file:(.*)$/is.exec(uri) ?? [];
  const isDrive = /^\/*[A-Za-z]:[/\\]/.test(rest);
  if (rest === uri && SCHEME.test(uri) && !isDrive) return undefined;
  const path = rest.replace(/^\/\/(?:localhost)?(?=\/)/i, "").replace(/[?#].*$/s, "");
  return unescaped(isDrive ? path.replace(/^\/+/, "") : path);
}

/** Tools that do not escape at all write `100%.ts`. */
function unescaped(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
