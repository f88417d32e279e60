/** What `stet build` understands besides what every run does. */
import type { Chunker } from "./chunking.ts";
import type { CommonOptions } from "./options.ts";

export interface BuildOptions extends Omit<CommonOptions, "resume"> {
  /** Further specs, as paths. */
  readonly spec?: readonly string[];
  readonly plan?: boolean;
  /** Builds optional tasks as well. */
  readonly optional?: boolean;
  /** Who cuts specs into chunks; absent where the spec's record decides. */
  readonly chunker?: Chunker;
  /** A larger chunk is halved. */
  readonly chunkTokens?: number;
  /** Milliseconds for all that is done for one chunk. */
  readonly chunkDeadline?: number;
  /** Chunks that are in work at once; 1 where absent. */
  readonly parallel?: number;
  /** False where a new row of branches is to begin, whatever was built before. */
  readonly resume?: boolean;
  /** As that; and the record of the spec is forgotten. */
  readonly resetLedger?: boolean;
  /** Again and again, until nothing is left. */
  readonly continuous?: boolean;
  /** Seconds between two cycles. */
  readonly cycleSleepS?: number;
  /** Names of engines, in order. */
  readonly engine?: readonly string[];
  /** Whether the engines that the configuration states may be used; absent where the environment decides. */
  readonly configuredEngines?: boolean;
  /** Pushes each part and opens its pull request. */
  readonly pr?: boolean;
  readonly remote?: string;
}
