/**
 * Runs work on text from outside that may not come to its end: a pattern of a configuration can take longer on one line
 * than there is time. The work is ended by the engine itself, in the middle of a match where need be.
 */
import { createContext, runInContext, type Context } from "node:vm";

export class TimeLimit {
  readonly #context: Context & { work?: () => void } = createContext({});

  /** What the work gives; undefined where it took longer than this, and then nothing that it holds may be used again. */
  run<T>(work: () => T, limitMs: number): { readonly value: T } | undefined {
    let result: { readonly value: T } | undefined;
    this.#context.work = () => void (result = { value: work() });
    try {
      runInContext("work()", this.#context, { timeout: limitMs });
      return result;
    } catch (error) {
      // An error of the context is no instance of the class that this file knows.
      if (typeof error === "object" && error !== null && "code" in error && error.code === "ERR_SCRIPT_EXECUTION_TIMEOUT") return undefined;
      throw error;
    }
  }
}
