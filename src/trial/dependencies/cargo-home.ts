/** Where the user's rustup and cargo keep what they have, and what of it a worktree may see. Never a credential. */
import { join } from "node:path";
import { readMaybe } from "../../system/files.ts";
import { userFolder } from "../../system/sandbox/toolchains.ts";
import type { Provision } from "./provision.ts";

export function cargoHome(): string | undefined {
  return userFolder("CARGO_HOME", ".cargo");
}

export function rustupHome(): string | undefined {
  return userFolder("RUSTUP_HOME", ".rustup");
}

export function toolchain(): Pick<Provision, "env" | "readOnlyPaths"> {
  const home = rustupHome();
  // A toolchain that is not there is to be told, not fetched.
  return home === undefined ? { env: {}, readOnlyPaths: [] } : { env: { RUSTUP_HOME: home, RUSTUP_AUTO_INSTALL: "0" }, readOnlyPaths: [home] };
}

/** The user's own settings say which registry stands in for which, and how to link; but not where they hold a secret. */
export async function userConfig(): Promise<string> {
  const home = cargoHome();
  const text = home === undefined ? undefined : ((await readMaybe(join(home, "config.toml"))) ?? (await readMaybe(join(home, "config"))));
  return text === undefined || /token|secret|password|credential/i.test(text) ? "" : text;
}
