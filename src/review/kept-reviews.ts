/** Reviews kept by what was asked, and of whom: a second review of what has not changed costs nothing. */
import { createHash } from "node:crypto";
import { join } from "node:path";
import { readMaybe, writeWhole } from "../system/files.ts";
import { readKept, type Review } from "./answer.ts";

export interface KeptReviews {
  find(key: unknown): Promise<Review | undefined>;
  keep(key: unknown, review: Review): Promise<void>;
}

export function keptReviews(folder: string): KeptReviews {
  const pathOf = (key: unknown): string => join(folder, `${createHash("sha256").update(JSON.stringify(key)).digest("hex")}.json`);
  return {
    async find(key) {
      const text = await readMaybe(pathOf(key));
      return text === undefined ? undefined : read(text);
    },
    keep: (key, review) => writeWhole(pathOf(key), JSON.stringify(review)),
  };
}

function read(text: string): Review | undefined {
  try {
    return readKept(JSON.parse(text));
  } catch {
    return undefined;
  }
}
