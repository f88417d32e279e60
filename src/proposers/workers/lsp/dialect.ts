/**
 * How each linter's server is started, and how what it offers is told apart: Biome marks what is safe and names the
 * diagnostic; oxlint does neither, so it is asked twice, and its actions are read in the order of its diagnostics.
 */
import { editsOf, ruleName, suppresses, type Offered } from "./offered.ts";
import type { Action, Diagnostic } from "./messages.ts";
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
  start: async (root) => [await Server.start({ argv: ["biome", "lsp-proxy"], root, settings: null })],
  offered: async ([server], { file, text, diagnostics }) => {
    if (!server) return [];
    const actions = await server.actions(file, text.whole, diagnostics, "quickfix.biome");
    return actions.flatMap((action): Offered[] => {
      const [diagnostic, other] = action.diagnostics ?? [];
      const edits = editsOf(action, server.uri(file), file, text);
      if (!diagnostic || other || !edits || suppresses(edits) || action.kind?.startsWith("quickfix.biome") !== true) return [];
      return [{ diagnostic, title: action.title, safety: action.isPreferred === true ? "safe" : "unsafe", edits }];
    });
  },
};

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
