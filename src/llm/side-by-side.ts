/** Does several things at once, at most so many, and gives each result as soon as it is there. */
export async function* sideBySide<T>(tasks: readonly (() => Promise<T>)[], atOnce: number): AsyncGenerator<T> {
  const running = new Map<number, Promise<readonly [index: number, result: T]>>();
  let next = 0;
  const start = (): void => {
    const index = next++;
    const task = tasks[index];
    if (task) running.set(index, task().then((result) => [index, result] as const));
  };
  try {
    for (let slot = 0; slot < atOnce; slot++) start();
    while (running.size > 0) {
      const [index, result] = await Promise.race(running.values());
      running.delete(index);
      start();
      yield result;
    }
  } finally {
    // Whoever stops early, or fails, does not leave the others' failures unheard.
    await Promise.allSettled(running.values());
  }
}
