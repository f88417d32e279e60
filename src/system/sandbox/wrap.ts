/**
 * Puts a command into its container, as one argument list. Shell scripts here are constants: everything that comes from
 * outside is a positional parameter. Programs of the container itself are absolute paths, since the PATH in force is
 * the project's.
 */
import type { Command } from "../../domain/plugin.ts";
import { ContainmentFault, type Capabilities, type Container, type Overlay } from "./container.ts";
import { fileSystem } from "./filesystem.ts";

/** What a program writes to descriptor 3 right before it starts; without it the container failed, not the program. */
export const STARTED = "started";
const START = `echo ${STARTED} >&3; exec 3>&-; exec "$@"`;

/** Parameters: mount, mount options, number of overlays, then lower, state and target of each. */
const MOUNT = `
mount=$1 options=$2 left=$3; shift 3
while [ "$left" -gt 0 ]; do
  "$mount" -o rbind "$1" "$2/lower" || exit 125
  (cd "$2" && exec "$mount" -t overlay -o "$options" overlay "$3") || exit 125
  shift 3; left=$((left - 1))
done
`;
const MOUNT_AND_GO = `${MOUNT}exec "$@"`;
/** One more parameter: the program that brings the loopback interface up, or nothing. The shell stays as process 1. */
const MOUNT_AND_STAY = `${MOUNT}
ip=$1; shift
[ -z "$ip" ] || "$ip" link set lo up || exit 125
"$@"
exit $?
`;

export interface Wrapping {
  readonly container: Container;
  readonly command: Command;
  /** Those overlays whose target stands in the tree. */
  readonly overlays: readonly Overlay[];
  /** Absolute. */
  readonly cwd: string;
  /** `NAME=value` for the program alone. */
  readonly innerEnv: readonly string[];
}

export function wrap(wrapping: Wrapping): string[] {
  const { capabilities } = wrapping.container;
  const program = start(wrapping);
  if (capabilities.containment === "none") return program;
  return capabilities.containment === "bwrap" ? inBubblewrap(wrapping, program) : inNamespaces(wrapping, program);
}

function start({ container, command, innerEnv }: Wrapping): string[] {
  const { limits, programs } = container.capabilities;
  const env = innerEnv.length > 0 ? [need(programs, "env"), ...innerEnv] : [];
  return [...limits, ...env, need(programs, "sh"), "-c", START, "sh", ...command.argv];
}

function inBubblewrap(wrapping: Wrapping, program: readonly string[]): string[] {
  const { container, command, overlays, cwd } = wrapping;
  const { programs, userNamespace } = container.capabilities;
  const bubble = [
    need(programs, "bwrap"),
    ...["--unshare-pid", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try", "--die-with-parent", "--new-session"],
    ...(cutsNetwork(container.capabilities, command) ? ["--unshare-net"] : []),
    ...(userNamespace ? ["--unshare-user", "--uid", ownId("uid"), "--gid", ownId("gid")] : []),
    ...["--cap-drop", "ALL", ...rootPowers(userNamespace)],
    ...fileSystem(container, command.readOnlyPaths),
    ...["--chdir", cwd, "--", ...program],
  ];
  if (overlays.length === 0) return bubble;
  const names = [need(programs, "unshare"), ...(userNamespace ? ["--user", "--map-root-user"] : []), "--mount", "--"];
  return [...names, ...script(container.capabilities, MOUNT_AND_GO, overlays), ...bubble];
}

function inNamespaces(wrapping: Wrapping, program: readonly string[]): string[] {
  const { container, command, overlays } = wrapping;
  const { programs, userNamespace } = container.capabilities;
  const unshare = need(programs, "unshare");
  const noNetwork = cutsNetwork(container.capabilities, command);
  return [
    // When stet itself is killed, so is the namespace's parent, and with it everything inside.
    ...(programs["setpriv"] ? [programs["setpriv"], "--pdeathsig", "KILL", "--"] : []),
    ...[unshare, ...(userNamespace ? ["--user", "--map-root-user"] : []), ...(noNetwork ? ["--net"] : [])],
    ...["--mount", "--pid", "--ipc", "--fork", "--kill-child", "--mount-proc", "--"],
    ...script(container.capabilities, MOUNT_AND_STAY, overlays),
    noNetwork ? need(programs, "ip") : "",
    ...(userNamespace ? [unshare, "--user", `--map-user=${ownId("uid")}`, `--map-group=${ownId("gid")}`, "--"] : []),
    ...program,
  ];
}

/** Relative to an overlay's state folder. A user namespace may only keep its notes in `user.*` attributes. */
function script(capabilities: Capabilities, text: string, overlays: readonly Overlay[]): string[] {
  const { programs, userNamespace } = capabilities;
  const options = `lowerdir=lower,upperdir=upper,workdir=work${userNamespace ? ",userxattr" : ""}`;
  const mount = overlays.length > 0 ? need(programs, "mount") : "";
  const parameters = overlays.flatMap(({ lower, state, target }) => [lower, state, target]);
  return [need(programs, "sh"), "-c", text, "sh", mount, options, String(overlays.length), ...parameters];
}

function cutsNetwork(capabilities: Capabilities, command: Command): boolean {
  return capabilities.network && command.network !== true;
}

/** Root keeps the right to read and write files of other owners that it can see: dependencies may be another user's. */
function rootPowers(userNamespace: boolean): string[] {
  const isRoot = process.getuid?.() === 0 && !userNamespace;
  return isRoot ? ["CAP_DAC_OVERRIDE", "CAP_FOWNER", "CAP_CHOWN"].flatMap((power) => ["--cap-add", power]) : [];
}

function ownId(kind: "uid" | "gid"): string {
  return String((kind === "uid" ? process.getuid?.() : process.getgid?.()) ?? 0);
}

function need(programs: Capabilities["programs"], name: string): string {
  const path = programs[name];
  if (path === undefined) throw new ContainmentFault(`missing: ${name}`);
  return path;
}
