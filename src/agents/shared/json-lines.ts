/** The lines of a program's output that are JSON objects; what else it printed is passed over. */
export function objectsIn(output: string): Record<string, unknown>[] {
  return output.split("\n").flatMap((line) => {
    if (!line.startsWith("{")) return [];
    try {
      return [JSON.parse(line) as Record<string, unknown>];
    } catch {
      return []; // cut off, or no JSON after all
    }
  });
}
