/**
 * Which repository on which forge a remote is. What a remote's address does not tell comes from whoever runs stet: a
 * repository's own configuration can name no address that would get a token.
 */
import { EXIT, Problem } from "../../domain/problem.ts";
import { endpoint } from "../../system/endpoint.ts";
import type { Git } from "../../system/git.ts";

export interface ForgePlace {
  readonly kind: "github" | "gitlab";
  /** Where its interface answers. */
  readonly url: URL;
  /** With GitLab's groups, `a/b`. */
  readonly owner: string;
  readonly name: string;
  readonly token: string | undefined;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** A repository's place as its remote's address has it. */
export interface RemotePlace {
  readonly host: string;
  readonly owner: string;
  readonly name: string;
}

/** `https://host/owner/name.git`, `ssh://git@host:22/owner/name`, `git@host:owner/name.git`; undefined for a path, say. */
export function parseRemote(address: string): RemotePlace | undefined {
  const [, scpHost, scpPath] = /^(?:[\w.-]+@)?([\w.-]+):(?!\/)(.+)$/.exec(address) ?? [];
  const url = scpHost === undefined ? URL.parse(address) : null;
  const host = scpHost ?? (url && /^(?:https?|ssh|git):$/.test(url.protocol) ? url.hostname : undefined);
  const path = (scpPath ?? url?.pathname ?? "").replace(/^\/+|\/+$/g, "").replace(/\.git$/, "");
  const at = path.lastIndexOf("/");
  if (host === undefined || host === "" || at < 1) return undefined;
  return { host: host.toLowerCase(), owner: decodeURIComponent(path.slice(0, at)), name: decodeURIComponent(path.slice(at + 1)) };
}

/**
 * The forge of a remote; undefined where it has none that stet knows. `GITHUB_API_URL`, `GITLAB_API_URL` and
 * `STET_FORGE` (`github` or `gitlab`) say more than the address does. Throws `Problem` (78) for an address that may not
 * have a token.
 */
export function placeOf(remote: RemotePlace, environment: Environment): ForgePlace | undefined {
  const kind = kindOf(remote, environment);
  if (!kind) return undefined;
  const { owner, name } = remote;
  const address = kind === "github" ? githubAddress(remote, environment) : (environment["GITLAB_API_URL"] ?? `https://${remote.host}`);
  return { kind, url: endpoint(address.replace(/\/api\/v4\/?$/, "")), owner, name, token: tokenOf(kind, environment) };
}

function kindOf({ host }: RemotePlace, environment: Environment): ForgePlace["kind"] | undefined {
  const said = environment["STET_FORGE"];
  if (said === "github" || said === "gitlab") return said;
  if (said !== undefined && said !== "") throw new Problem("unknown-forge", { name: said, known: ["github", "gitlab"] }, EXIT.usage);
  if (/(^|\.)github\./.test(host)) return "github";
  return /(^|\.)gitlab\./.test(host) ? "gitlab" : undefined;
}

function githubAddress({ host }: RemotePlace, environment: Environment): string {
  return environment["GITHUB_API_URL"] ?? (host === "github.com" || host === "ssh.github.com" ? "https://api.github.com" : `https://${host}/api/v3`);
}

/** By forge, the first that is set. */
export const TOKEN_VARIABLES = { github: ["GITHUB_TOKEN", "GH_TOKEN"], gitlab: ["GITLAB_TOKEN"] } as const;

function tokenOf(kind: ForgePlace["kind"], environment: Environment): string | undefined {
  return TOKEN_VARIABLES[kind].map((name) => environment[name]).find((value) => value !== undefined && value !== "");
}

/** Where this remote is, by its first address; undefined where there is no such remote. */
export async function remoteAddress(git: Git, remote: string): Promise<string | undefined> {
  return git.maybe(["remote", "get-url", "--", remote]);
}
