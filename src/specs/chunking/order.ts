/** Whatever others wait for comes before them; otherwise the order of the spec stays. There must be no circle. */

export function inOrderOfNeed<T extends { readonly id: string; readonly dependencies: readonly string[] }>(ones: readonly T[]): T[] {
  const byId = new Map(ones.map((one) => [one.id, one]));
  const placed = new Set<string>();
  const order: T[] = [];
  for (const start of ones) {
    // By hand: a chain may be longer than the stack is deep.
    const stack = [start];
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const missing = placed.has(top.id) ? undefined : top.dependencies.map((id) => byId.get(id)).find((one) => one && !placed.has(one.id));
      if (missing) {
        stack.push(missing);
        continue;
      }
      stack.pop();
      if (!placed.has(top.id)) order.push(top);
      placed.add(top.id);
    }
  }
  return order;
}
