/**
 * A quick look at what a change does to a TypeScript project, from a compiler that stays: the changed files alone where
 * their declarations stay as they were, the whole program otherwise. Its findings are compared with its own of before,
 * never with another compiler's.
 */
import { fileURLToPath } from "node:url";
import type { Glimpse, Look, Oracle } from "../../domain/oracle.ts";
import type { Conversation, Workspace } from "../../domain/plugin.ts";
import type { Finding } from "../../domain/finding.ts";
import type { Read } from "../../domain/reading.ts";
import { answer, type Answer, type Diagnostic, type Question } from "../workers/oracle/protocol.ts";

export interface TscOracleOptions {
  readonly check: string;
  readonly projects: readonly string[];
  readonly timeoutMs: number;
  readonly toFinding: (root: string, diagnostic: Diagnostic) => Finding;
}

const WORKER = fileURLToPath(new URL(`../workers/tsc-oracle.worker${import.meta.url.slice(-3)}`, import.meta.url));

/** V8's heap in the worker; the native compiler beside it keeps its own. A bigger project is read by the check alone. */
const MAX_HEAP_MB = 4_096;
/** What the worker reads and writes is short-lived; more room for it only stays in memory. */
const MAX_YOUNG_MB = 4;

export function openTscOracle(options: TscOracleOptions, anchor: () => Promise<Workspace>): Oracle {
  let opened: Promise<Opened> | undefined;
  return {
    look: async (look) => {
      opened ??= open(options, anchor);
      return ask(options, await opened, look);
    },
    close: async () => {
      // A worker that could not be started has told so when it was asked.
      const settled = await opened?.catch(() => undefined);
      await settled?.conversation.close();
    },
  };
}

interface Opened {
  readonly workspace: Workspace;
  readonly conversation: Conversation;
  /** The native compiler first; the project's own where that one does not read the project alike. */
  engine: Question["engine"];
}

async function open({ timeoutMs }: TscOracleOptions, anchor: () => Promise<Workspace>): Promise<Opened> {
  const workspace = await anchor();
  const argv = [process.execPath, `--max-old-space-size=${MAX_HEAP_MB}`, `--max-semi-space-size=${MAX_YOUNG_MB}`, WORKER];
  return { workspace, conversation: await workspace.start({ argv, timeoutMs }), engine: "native" };
}

async function ask(options: TscOracleOptions, opened: Opened, look: Look): Promise<Glimpse | undefined> {
  const { answered, durationMs } = await askEngine(options, opened, look);
  const isStranger = "unknown" in answered ? answered.unknown === "unsupported" : !fits(options, opened, answered, look);
  if (isStranger && opened.engine === "native") {
    opened.engine = "builder";
    return ask(options, opened, look);
  }
  if ("unknown" in answered) return undefined;
  const read = (found: readonly Diagnostic[]): Read => {
    const { check, toFinding } = options;
    return { kind: "read", check, findings: found.map((one) => toFinding(opened.workspace.root, one)), durationMs };
  };
  return { before: read(answered.before), after: read(answered.after), far: new Set(answered.far) };
}

async function askEngine(options: TscOracleOptions, { workspace, conversation, engine }: Opened, look: Look): Promise<{ answered: Answer; durationMs: number }> {
  const { projects, timeoutMs } = options;
  const { from, to, changed, only, signal } = look;
  const texts = { from: Object.fromEntries(from), to: Object.fromEntries(to), changed: Object.fromEntries(changed) };
  const question: Question = { engine, root: workspace.root, projects: [...projects], ...texts, ...(only && { only: [...only] }) };
  const { line, durationMs } = await conversation.ask(JSON.stringify(question), { timeoutMs, ...(signal && { signal }) });
  return { answered: answer.parse(JSON.parse(line)), durationMs };
}

/** Two compilers differ in a few errors. More than that means that options or types of the project are lost on one. */
const STRANGE_COUNT = 2;
const STRANGE_SHARE = 0.2;

/** Whether the engine finds before the change what the check found there: same place, same code. */
function fits({ toFinding }: TscOracleOptions, { workspace }: Opened, answered: Seen, { baseline }: Look): boolean {
  const isSeen = (finding: Finding): boolean => answered.read?.includes(finding.at?.file ?? "") ?? true;
  const own = baseline.findings.filter(isSeen).map(placeOf);
  const seen = answered.before.map((one) => ({ place: placeOf(toFinding(workspace.root, one)), late: one.late }));
  const missed = new Set(own).difference(new Set(seen.map(({ place }) => place)));
  const extra = new Set(seen.flatMap(({ place, late }) => (late ? [] : [place]))).difference(new Set(own));
  return missed.size + extra.size <= Math.max(STRANGE_COUNT, STRANGE_SHARE * own.length);
}

type Seen = Extract<Answer, { far: unknown }>;

function placeOf({ rule, at }: Finding): string {
  return `${at?.file ?? ""}:${at?.line ?? 0} ${rule}`;
}
