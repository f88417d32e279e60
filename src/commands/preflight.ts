/**
 * What a run that builds and pushes will meet, looked at before it begins: identity, transport, keys, signing, token, engines,
 * disk. Nothing here can ask anybody anything, and each look ends by itself. Changes nothing; the remote is asked only where that is wanted.
 */
import type { EngineDefinition } from "../agents/shared/kind.ts";
import { EXIT, Problem } from "../domain/problem.ts";
import { identity } from "../land/commits.ts";
import { parseRemote, placeOf, remoteAddress, TOKEN_VARIABLES } from "../land/forge/place.ts";
import { hasHelper, pushAddress, transportOf, unreachable } from "../land/transport.ts";
import type { Diagnosis } from "../report/doctor.ts";
import * as told from "../report/preflight.ts";
import { freeBytes } from "../system/disk.ts";
import { masked } from "../system/endpoint.ts";
import { cacheRoot } from "../system/files.ts";
import type { Git } from "../system/git.ts";
import { agentState, openKeyFiles } from "../system/ssh.ts";

export interface PreflightOptions {
  readonly git: Git;
  readonly remote: string;
  /** Whether the remote itself is asked. */
  readonly asksRemote: boolean;
  readonly engines: readonly Pick<EngineDefinition, "name">[];
  readonly needs: told.Needs;
}

export async function preflight(options: PreflightOptions): Promise<Diagnosis[]> {
  const { git, engines, needs } = options;
  return [
    ...(await whose(git)),
    ...(await way(options)),
    told.enginesLine(engines.map(({ name }) => name), needs),
    told.diskLine(freeBytes(cacheRoot()), cacheRoot()),
  ];
}

/** Throws `Problem` (78) with the first fault; for a run, before it has done anything. */
export function refuseUnready(diagnoses: readonly Diagnosis[]): void {
  const fault = diagnoses.find(({ ok }) => ok === "fail");
  if (fault) throw new Problem("not-ready", { what: fault.name, detail: fault.detail, advice: fault.advice ?? "" }, EXIT.config);
}

async function whose(git: Git): Promise<Diagnosis[]> {
  const { name, email } = await identity(git);
  const signs = await userSigns(git);
  const format = (await git.maybe(["config", "gpg.format"])) ?? "openpgp";
  return [told.identityLine(name, email, !email.endsWith("@stet.invalid")), told.signingLine(signs, format)];
}

/** What stet's own calls of git say against it, which have the scope `command`, is left out. */
async function userSigns(git: Git): Promise<boolean> {
  const lines = (await git.maybe(["config", "--show-scope", "--type=bool", "--get-all", "commit.gpgSign"])) ?? "";
  return lines.split("\n").filter((line) => !line.startsWith("command")).at(-1)?.endsWith("true") ?? false;
}

async function way({ git, remote, asksRemote, needs }: PreflightOptions): Promise<Diagnosis[]> {
  const address = await pushAddress(git, remote);
  if (address === undefined) return [told.noRemote(remote, needs)];
  const transport = transportOf(address);
  return [
    told.transportLine(transport, remote, transport === "local" ? address : masked(address)),
    ...(transport === "ssh" ? [await agent(address)] : []),
    ...(transport === "https" && !hasPassword(address) ? [told.helperLine(await hasHelper(git, address))] : []),
    ...(asksRemote ? [await answer(git, remote, address, needs)] : []),
    // Where branches are pushed to may be another address than the one that names the forge.
    ...forge((await remoteAddress(git, remote)) ?? address, needs),
  ];
}

function hasPassword(address: string): boolean {
  return (URL.parse(address)?.password ?? "") !== "";
}

async function agent(address: string): Promise<Diagnosis> {
  const { state, keys } = await agentState();
  const files = state === "loaded" ? [] : await openKeyFiles(parseRemote(address)?.host ?? "");
  return told.agentLine(state, keys, files);
}

async function answer(git: Git, remote: string, address: string, needs: told.Needs): Promise<Diagnosis> {
  const fault = await unreachable(git, address);
  return told.reachLine(remote, fault?.kind, fault?.detail ?? "", needs);
}

function forge(address: string, needs: told.Needs): Diagnosis[] {
  const at = parseRemote(address);
  const place = at && placeOf(at, process.env);
  return [told.forgeLine(place?.kind, place ? TOKEN_VARIABLES[place.kind] : [], place?.token !== undefined, needs)];
}
