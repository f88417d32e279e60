/**
 * Finds out what this machine can enforce, by doing each thing once with the very code that does it later. No version
 * is compared and no setting of the kernel read: containers, distributions and policies differ too much.
 */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Command } from "../../domain/plugin.ts";
import { run } from "../process.ts";
import { ownFolder } from "../temporary.ts";
import { runContained } from "./contained.ts";
import {
  ContainmentFault,
  type Capabilities,
  type Container,
  type Containment,
  type Overlay,
  type Probe,
} from "./container.ts";
import { findPrograms } from "./programs.ts";
import { remembered } from "./remembered.ts";

export interface ProbeOptions {
  /** The strongest containment to use, for tests and for users whose tools cannot live in it. */
  readonly limit?: "auto" | Containment;
  /** Finds it out anew, whatever is remembered of earlier runs. */
  readonly fresh?: boolean;
}

const LEVELS: readonly Containment[] = ["bwrap", "unshare", "none"];
const PROBE_TIMEOUT_MS = 10_000;
/** No process grows a file beyond this: a check that runs wild must not fill the disk. */
const MAX_FILE_BYTES = 8 * 1024 ** 3;
/** Processes and threads; the largest test runners need some hundreds. */
const MAX_PROCESSES = 4_096;

const known = new Map<string, Promise<Capabilities>>();

/** What the machine can enforce, found out once per process and limit. Never throws for what it finds. */
export function probeCapabilities({ limit = "auto", fresh = false }: ProbeOptions = {}): Promise<Capabilities> {
  const anew = (): Promise<Capabilities> => probe(LEVELS.slice(limit === "auto" ? 0 : LEVELS.indexOf(limit)));
  const found = known.get(limit) ?? (fresh ? anew() : remembered(limit, anew));
  known.set(limit, found);
  return found;
}

async function probe(levels: readonly Containment[]): Promise<Capabilities> {
  await using folder = await ownFolder();
  const probes: Probe[] = [];
  const attempt = attemptIn(folder.path, probes);
  const overlay = await sampleOverlay(folder.path);
  const none: Capabilities = { ...NOTHING, probes, programs: findPrograms() };
  for (const base of candidates(levels, none)) {
    if (!(await attempt(base.containment, base, runsNode))) continue;
    // Side by side: they know nothing of one another, and a first run waits for them.
    const looks = [
      attempt("network", { ...base, network: true }, seesLoopbackOnly),
      attempt("overlay", base, writesOverlay(overlay), [overlay]),
      probeLimits(base, probes),
    ] as const;
    // Their folder goes with the first fault, so none may be left at work in it.
    await Promise.allSettled(looks);
    const [network, overlays, limits] = await Promise.all(looks);
    probes.sort((one, other) => TOLD.indexOf(one.name) - TOLD.indexOf(other.name));
    return judged({ ...base, network, overlay: overlays, limits });
  }
  return judged({ ...none, limits: await probeLimits(none, probes) });
}

/** In this order, whichever came to its end first. */
const TOLD: readonly Probe["name"][] = ["bwrap", "unshare", "network", "overlay", "limits"];

const NOTHING = {
  containment: "none",
  overlay: false,
  network: false,
  pidNamespace: false,
  userNamespace: false,
  limits: [],
  unenforced: [],
} as const;

/** Root needs no user namespace, unless it is a container's root; a normal user does, unless bwrap is set-uid. */
function candidates(levels: readonly Containment[], base: Capabilities): Capabilities[] {
  const order = process.getuid?.() === 0 ? [false, true] : [true, false];
  const contained = levels.filter((level) => level !== "none");
  return contained.flatMap((containment) =>
    order.map((userNamespace) => ({ ...base, containment, userNamespace, pidNamespace: true })),
  );
}

const runsNode = [process.execPath, "--eval", "0"];
const seesLoopbackOnly = [
  process.execPath,
  "--eval",
  "process.exit(Object.keys(require('os').networkInterfaces()).join() === 'lo' ? 0 : 1)",
];

function writesOverlay({ target }: Overlay): string[] {
  return ["sh", "-c", 'cd "$1" && cat file && rm -r folder && mkdir folder && echo new > folder/file', "sh", target];
}

async function sampleOverlay(folder: string): Promise<Overlay> {
  const overlay = { target: join(folder, "root/node_modules"), lower: join(folder, "lower"), state: join(folder, "state") };
  const states = ["lower", "upper", "work"].map((name) => join(overlay.state, name));
  const folders = [overlay.target, join(folder, "scratch"), join(overlay.lower, "folder"), ...states];
  await Promise.all(folders.map((path) => mkdir(path, { recursive: true })));
  await writeFile(join(overlay.lower, "file"), "");
  return overlay;
}

type Attempt = (
  name: Probe["name"],
  capabilities: Capabilities,
  argv: readonly string[],
  overlays?: readonly Overlay[],
) => Promise<boolean>;

function attemptIn(folder: string, probes: Probe[]): Attempt {
  return async (name, capabilities, argv, overlays = []) => {
    const [root, scratch] = [join(folder, "root"), join(folder, "scratch")];
    const hidden = { checkout: join(folder, "checkout"), readOnlyPaths: [], passEnv: [] };
    const container = { capabilities, root, scratch, ...hidden, dependencies: { overlays } };
    const detail = await failure(container, { argv, timeoutMs: PROBE_TIMEOUT_MS });
    probes.push({ name, ok: detail === undefined, detail: detail ?? "" });
    return detail === undefined;
  };
}

/** Why a command did not succeed in a container; undefined where it did. */
async function failure(container: Container, command: Command): Promise<string | undefined> {
  try {
    const { ended, stderr } = await runContained(container, command);
    return ended.kind === "exited" && ended.code === 0 ? undefined : stderr.trim() || ended.kind;
  } catch (error) {
    if (error instanceof ContainmentFault) return error.detail.trim();
    throw error;
  }
}

/** `prlimit` with the limits that can be set here. Processes are counted per user, so only a namespace's own count. */
async function probeLimits(base: Capabilities, probes: Probe[]): Promise<readonly string[]> {
  const count = countsProcesses(base) ? [`--nproc=${MAX_PROCESSES}`] : [];
  const limits = [base.programs["prlimit"] ?? "prlimit", `--fsize=${MAX_FILE_BYTES}`, "--core=0", ...count];
  const { ended, stderr } = await run({ argv: [...limits, "true"], cwd: "/", env: {}, timeoutMs: PROBE_TIMEOUT_MS });
  const ok = ended.kind === "exited" && ended.code === 0;
  probes.push({ name: "limits", ok, detail: ok ? "" : stderr.trim() || ended.kind });
  return ok ? limits : [];
}

/** The kernel never counts root's processes. */
function countsProcesses({ userNamespace }: Capabilities): boolean {
  return userNamespace && process.getuid?.() !== 0;
}

function judged(found: Capabilities): Capabilities {
  const unenforced = [
    ...(found.containment === "bwrap" ? [] : ["filesystem"]),
    ...(found.network ? [] : ["network"]),
    ...(found.pidNamespace ? [] : ["process-tree"]),
    ...(found.limits.length > 0 ? [] : ["limits"]),
    ...(countsProcesses(found) && found.limits.length > 0 ? [] : ["process-count"]),
    ...(found.overlay ? [] : ["dependencies-copied"]),
  ];
  return { ...found, unenforced };
}
