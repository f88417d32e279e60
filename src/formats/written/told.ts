/** A finding as it goes out to other tools, with what stet makes of it. */
import type { Edit } from "../../domain/edit.ts";
import type { Finding } from "../../domain/finding.ts";
import type { Lines } from "../places.ts";

export interface Told {
  readonly finding: Pick<Finding, "key" | "by" | "rule" | "message" | "at" | "confidence">;
  /** Ways to settle it, the best first, as edits of the texts that come with it. */
  readonly fixes: readonly { readonly title: string; readonly edits: readonly Edit[] }[];
  readonly status?: Status;
}

/** What has become of a finding. */
export interface Status {
  readonly kind: "landed" | "would-land" | "refused" | "held" | "not-tried";
  /** Why, in words; empty where there is nothing to say. */
  readonly why: string;
  /** The commit that settles it. */
  readonly commit?: string;
}

/** The texts that edits and places are of, by file. */
export type Texts = ReadonlyMap<string, Lines>;
