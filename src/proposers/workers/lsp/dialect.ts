/**
 * How each linter's server is started, and how what it offers is told apart: Biome marks what is safe, and is asked
 * place by place; oxlint does not, so it is asked twice, and its actions are read in the order of its diagnostics.
 */
import { editsOf, ruleName, suppresses, type Offered } from "./offered.ts";
import type { Action, Diagnostic, Position, Range } from "./messages.ts";
import type { Tool } from "./protocol.ts";
import { Server } from "./server.ts";
import type { Text } from "./text.ts";

export interface Asked {
  readonly file: string;
  readonly text: Text;
  readonly diagnostics: readonly Diagnostic[];
}

export interface Dialect {
  readonly start: (root: string) => Promise<Server[]>;
  /** Servers as `start` gave them, each with the file open. */
  readonly offered: (servers: readonly Server[], asked: Asked) => Promise<Offered[]>;
}

const biome: Dialect = {
  start: async (root) => [await Server.start({ argv: ["biome", "lsp-proxy"], root, settings: null, daemon: { start: ["biome", "start"], stop: ["biome", "stop"] } })],
  offered: async ([server], asked) => {
    if (!server) return [];
    const byRule = Map.groupBy(asked.diagnostics.toSorted(outerFirst), ({ code }) => String(code ?? ""));
    const offered: Offered[] = [];
    for (const group of byRule.values()) offered.push(...(await ofRule(server, asked, group)));
    return offered;
  },
};

function outerFirst({ range: one }: Diagnostic, { range: other }: Diagnostic): number {
  return compare(one.start, other.start) || compare(other.end, one.end);
}

function compare(one: Position, other: Position): number {
  return one.line - other.line || one.character - other.character;
}

/**
 * Beside an action Biome names all diagnostics of its rule. So it is asked at the start of each, outer ones first: what it
 * gives there and gave for none before is this one's, unless another begins at the same place.
 */
async function ofRule(server: Server, { file, text }: Asked, diagnostics: readonly Diagnostic[]): Promise<Offered[]> {
  const offered: Offered[] = [];
  const given = new Set<string>();
  for (const diagnostic of diagnostics) {
    const { start } = diagnostic.range;
    const next = { line: start.line, character: start.character + 1 };
    const isNextAnothers = diagnostics.some((one) => compare(one.range.start, next) === 0);
    let actions = await fixesAt(server, file, diagnostic, { start, end: start });
    if (actions.length === 0 && !isNextAnothers) actions = await fixesAt(server, file, diagnostic, { start, end: next });
    const fresh = actions.flatMap((action): Offered[] => {
      const edits = editsOf(action, server.uri(file), file, text);
      if (!edits || suppresses(edits) || given.has(JSON.stringify(edits))) return [];
      return [{ diagnostic, title: action.title, safety: action.isPreferred === true ? "safe" : "unsafe", edits }];
    });
    for (const { edits } of fresh) given.add(JSON.stringify(edits));
    const isAlone = diagnostics.filter((one) => compare(one.range.start, start) === 0).length === 1;
    if (isAlone) offered.push(...fresh);
  }
  return offered;
}

/** Biome's own fixes of the diagnostic's rule. Up to 2.4 it has none for most at a place without a character in it. */
async function fixesAt(server: Server, file: string, diagnostic: Diagnostic, range: Range): Promise<Action[]> {
  const suffix = `.${ruleName(String(diagnostic.code ?? ""))}`;
  const actions = await server.actions(file, range, [diagnostic], "quickfix.biome");
  return actions.filter(({ kind = "" }) => kind.startsWith("quickfix.biome.") && kind.endsWith(suffix));
}

const oxlint: Dialect = {
  start: (root) => Promise.all(["safe_fix", "all"].map((fixKind) => startOxlint(root, fixKind))),
  offered: async ([safe, all], { file, text, diagnostics }) => {
    if (!safe || !all) return [];
    const [vouched, every] = await Promise.all([safe, all].map(async (server) => {
      const actions = await server.actions(file, text.whole, diagnostics);
      return segments(actions, diagnostics).flatMap(([diagnostic, own]) => own.flatMap((action): Offered[] => {
        const edits = editsOf(action, server.uri(file), file, text);
        return edits && !suppresses(edits) ? [{ diagnostic, title: action.title, safety: "unsafe", edits }] : [];
      }));
    }));
    const isVouched = ({ diagnostic, edits }: Offered): boolean => (vouched ?? []).some((one) => same([one.diagnostic.range, one.edits], [diagnostic.range, edits]));
    return (every ?? []).map((one) => (isVouched(one) ? { ...one, safety: "safe" } : one));
  },
};

function startOxlint(root: string, fixKind: string): Promise<Server> {
  const settings = [{ workspaceUri: new URL(`file://${root}`).href, options: { fixKind } }];
  return Server.start({ argv: ["oxlint", "--lsp"], root, settings });
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

const LAST = /^Disable (.+) for this whole file$/;

/**
 * oxlint names no diagnostic beside an action. It gives the actions of one diagnostic after those of the other, the last
 * of which switches its rule off for the file: read so, and only where every rule is the one that it should be.
 */
function segments(actions: readonly Action[], diagnostics: readonly Diagnostic[]): [Diagnostic, Action[]][] {
  const ruled = diagnostics.filter(({ code }) => code !== undefined);
  const found: [Diagnostic, Action[]][] = [];
  let own: Action[] = [];
  for (const action of actions) {
    const rule = LAST.exec(action.title)?.[1];
    if (rule === undefined) {
      own.push(action);
      continue;
    }
    const diagnostic = ruled[found.length];
    if (!diagnostic || ruleName(String(diagnostic.code)) !== ruleName(rule)) return [];
    found.push([diagnostic, own]);
    own = [];
  }
  return found.length === ruled.length ? found : [];
}

export const DIALECTS: Readonly<Record<Tool, Dialect>> = { biome, oxlint };
