/** Tasks that wait for one another in a circle can never be begun. */

/** The members of one circle, in order, the first one again at its end; undefined where there is none. */
export function circleIn(dependencies: ReadonlyMap<string, readonly string[]>): string[] | undefined {
  const done = new Set<string>();
  for (const start of dependencies.keys()) {
    // By hand: a chain of tasks may be longer than the stack is deep.
    const path: string[] = [];
    const stack = [{ id: start, leaving: false }];
    for (let top = stack.pop(); top; top = stack.pop()) {
      if (top.leaving) {
        path.pop();
        done.add(top.id);
        continue;
      }
      const at = path.indexOf(top.id);
      if (at >= 0) return [...path.slice(at), top.id];
      if (done.has(top.id)) continue;
      path.push(top.id);
      stack.push({ id: top.id, leaving: true });
      for (const id of dependencies.get(top.id) ?? []) stack.push({ id, leaving: false });
    }
  }
  return undefined;
}
