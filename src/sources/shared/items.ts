/** How a source says what it has: here, so that all of them name what they leave out in the same way. */
import { reason, type Reason } from "../../domain/reason.ts";
import type { Advice, Origin, SourceItem, Suggestion } from "../../domain/suggestion.ts";

/** What one place of an input comes to; `number` counts from 1, and 0 is the input as a whole. */
export class Items {
  readonly #source: string;
  readonly #input: string;

  constructor(source: string, input: string) {
    this.#source = source;
    this.#input = input;
  }

  suggestion(number: number, advice: Advice, parts: Partial<Pick<Suggestion, "reviewed" | "trust" | "stage">> = {}): SourceItem {
    const { reviewed, ...others } = parts;
    const known = reviewed && Object.keys(reviewed).length > 0 ? { ...others, reviewed } : others;
    return this.whole(number, advice.finding.at?.file ?? "", [advice], known);
  }

  whole(number: number, file: string, advice: readonly Advice[], parts: Partial<Suggestion>): SourceItem {
    return { kind: "suggestion", suggestion: { file, origin: this.#origin(number), advice, ...parts } };
  }

  /** What cannot be read: bad input. */
  bad(number: number, code: string, args: Reason["args"] = {}): SourceItem {
    return this.#skipped(number, 65, code, args);
  }

  /** What says of itself that there is nothing to do. */
  idle(number: number, code: string, args: Reason["args"] = {}): SourceItem {
    return this.#skipped(number, null, code, args);
  }

  #skipped(number: number, exitCode: 65 | null, code: string, args: Reason["args"]): SourceItem {
    return { kind: "skipped", skipped: { origin: this.#origin(number), reason: reason(this.#source, code, args), exitCode } };
  }

  #origin(number: number): Origin {
    return { source: this.#source, input: this.#input, number };
  }
}
