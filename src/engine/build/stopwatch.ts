/** A clock that stands still while nothing is done: a chunk's time is not spent on waiting for others. */
export class Stopwatch {
  readonly #clock: () => number;
  #waitedMs = 0;
  #stoppedMs: number | undefined;

  constructor(clock: () => number) {
    this.#clock = clock;
  }

  now(): number {
    return (this.#stoppedMs ?? this.#clock()) - this.#waitedMs;
  }

  /** Stopped twice is stopped once. */
  stop(): void {
    this.#stoppedMs ??= this.#clock();
  }

  go(): void {
    if (this.#stoppedMs !== undefined) this.#waitedMs += this.#clock() - this.#stoppedMs;
    this.#stoppedMs = undefined;
  }
}
