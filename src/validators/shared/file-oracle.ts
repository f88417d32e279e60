/**
 * Looks at a change through the changed files alone, for checks that judge each file by itself. Files that are gone have
 * no findings any more. A search asks about the same texts again and again: where nothing but a file's own text counts, each
 * text is looked at once.
 */
import { createHash } from "node:crypto";
import type { Finding } from "../../domain/finding.ts";
import type { Look, Oracle } from "../../domain/oracle.ts";
import type { Workspace } from "../../domain/plugin.ts";
import { isRead, type Reading } from "../../domain/reading.ts";

/** Beyond this a command line grows too long, and most of the project is looked at anyway. */
const MAX_FILES = 500;
/** Texts whose findings are kept. */
const MAX_KEPT = 10_000;

export type ReadFiles = (workspace: Workspace, signal: AbortSignal | undefined, files: readonly string[]) => Promise<Reading>;

/**
 * @param isSeen whether the check looks at a file of this name
 * @param areAlone whether what it finds in a file follows from that file's text, settings aside
 */
export function openFileOracle(isSeen: (file: string) => boolean, read: ReadFiles, areAlone = false): Oracle {
  const kept = new Map<string, readonly Finding[]>();
  return {
    look: async (look) => {
      const { to, changed, only, baseline } = look;
      const asked = new Set(changed.keys()).intersection(new Set(only ?? changed.keys()));
      if (asked.size > MAX_FILES) return undefined;
      const texts = new Map([...asked].flatMap((file) => (typeof to.get(file) === "string" && isSeen(file) ? [[file, to.get(file) ?? ""]] : [])));
      const before = { ...baseline, findings: baseline.findings.filter(({ at }) => asked.has(at?.file ?? "")) };
      return { before, after: await seen(look, texts, read, areAlone ? kept : undefined) };
    },
    close: () => Promise.resolve(),
  };
}

/** Undefined `kept`: everything is looked at anew. */
async function seen({ baseline, workspace, signal }: Look, texts: ReadonlyMap<string, string>, read: ReadFiles, kept?: Map<string, readonly Finding[]>): Promise<Reading> {
  const keys = new Map([...texts].map(([file, text]) => [file, keyOf(file, text)]));
  const unknown = [...texts.keys()].filter((file) => !kept?.has(keys.get(file) ?? ""));
  const known = [...texts.keys()].flatMap((file) => kept?.get(keys.get(file) ?? "") ?? []);
  const none: Reading = { kind: "read", check: baseline.check, findings: known, durationMs: 0 };
  if (unknown.length === 0) return none;
  const reading = await read(await workspace(), signal, unknown);
  if (!isRead(reading)) return reading;
  if (kept && kept.size + unknown.length > MAX_KEPT) kept.clear();
  for (const file of unknown) kept?.set(keys.get(file) ?? "", reading.findings.filter(({ at }) => at?.file === file));
  return { ...reading, findings: [...known, ...reading.findings] };
}

function keyOf(file: string, text: string): string {
  return createHash("sha256").update(`${file}\0${text}`).digest("hex");
}
