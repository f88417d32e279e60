import { execFile } from "child_process";
import { promisify } from "util";
import type { Parcel } from "./parcels.ts";

const run = promisify(execFile);

/** Prices in cents, in the parcels' order. */
export async function prices(parcels: readonly Parcel[], root: string): Promise<number[]> {
  const lines = parcels.map(({ carrier, grams, zone }) => `${carrier} ${grams} ${zone}\n`);
  const asked = run("python3", ["-m", "pricing.quote"], { cwd: root, env: { ...process.env, PYTHONDONTWRITEBYTECODE: "1" } });
  asked.child.stdin?.end(lines.join(""));
  const { stdout } = await asked;
  return stdout.trim().split("\n").map(Number);
}
