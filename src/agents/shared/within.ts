/** Waits for work until a deadline: whatever it does, the wait ends. */
import type { Deadline } from "../../domain/engine.ts";

export type Within<T> = { readonly value: T } | { readonly late: true };

/** Longest wait that a timer takes; a longer one would fire at once. */
const MAX_TIMEOUT_MS = 2 ** 31 - 1;

/** A time that a timer takes: at least one millisecond, for a deadline that has passed. */
export function timerMs(timeoutMs: number): number {
  return Math.min(Math.max(timeoutMs, 1), MAX_TIMEOUT_MS);
}

/** Rejects as the work does, and with what the signal was aborted with. Work that is left behind is nobody's business. */
export async function within<T>(work: Promise<T>, { timeoutMs, signal }: Deadline): Promise<Within<T>> {
  work.catch(() => undefined); // also where nobody waits for it any more
  signal?.throwIfAborted();
  const { promise, resolve, reject } = Promise.withResolvers<Within<T>>();
  const timer = setTimeout(() => resolve({ late: true }), timerMs(timeoutMs));
  const abort = (): void => reject(signal?.reason as Error);
  signal?.addEventListener("abort", abort, { once: true });
  work.then((value) => resolve({ value }), reject);
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", abort);
  }
}
