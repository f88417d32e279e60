/** Asks about the files of a request, some at a time, and gives the lines of the answer. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DIALECTS, type Asked, type Dialect } from "./dialect.ts";
import { isAt, toOffers, type Offered } from "./offered.ts";
import type { Offer, Request, StatedEdit, Target } from "./protocol.ts";
import type { Server } from "./server.ts";
import { Text } from "./text.ts";

/** Files that are open at once: their diagnostics are waited for together. */
const FILES_AT_ONCE = 50;
/** As many as ESLint makes. */
const MAX_PASSES = 10;
/** One longer text would be compared with another for minutes, and is no source that a person keeps. */
const MAX_LENGTH = 4_000_000;

type File = Request["files"][number];
type Line = Offer | { fault: string };

export async function* linesFor({ tool, root, scope, files }: Request): AsyncGenerator<Line> {
  const dialect = DIALECTS[tool];
  const servers = await dialect.start(root);
  try {
    for (let from = 0; from < files.length; from += FILES_AT_ONCE) {
      const open = files.slice(from, from + FILES_AT_ONCE).flatMap((one) => openFile(root, one));
      for (const { file, text } of open) await Promise.all(servers.map((server) => server.open(file, text.text)));
      for (const one of open) yield* await answer(dialect, servers, one, scope);
      for (const { file } of open) await Promise.all(servers.map((server) => server.shut(file)));
    }
  } finally {
    await Promise.all(servers.map((server) => server.close()));
  }
}

interface Open extends File {
  readonly text: Text;
}

/** Nothing where the file is not there, is not UTF-8, or has places that are not sure. */
function openFile(root: string, file: File): Open[] {
  try {
    const decoded = new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(join(root, file.file)));
    const text = new Text(decoded);
    return text.isSure && decoded.length <= MAX_LENGTH ? [{ ...file, text }] : [];
  } catch {
    return [];
  }
}

/** What goes wrong with one file is told, and the next is asked about; where the server is gone, each tells so at once. */
async function answer(dialect: Dialect, servers: readonly Server[], open: Open, scope: Request["scope"]): Promise<Line[]> {
  try {
    return scope === "each" ? await each(dialect, servers, open) : await all(dialect, servers, open);
  } catch (error) {
    return [{ fault: `${open.file}: ${String(error)}` }];
  }
}

async function each(dialect: Dialect, servers: readonly Server[], { file, text, targets }: Open): Promise<Offer[]> {
  const offered = await dialect.offered(servers, await asked(servers, file, text, targets));
  const [server] = servers;
  return [...toOffers(offered, targets), ...(server ? await wholeFileOffers(server, file, text, targets) : [])];
}

async function asked(servers: readonly Server[], file: string, text: Text, targets: readonly Target[]): Promise<Asked> {
  const linted = targets.filter(({ rule }) => !isOfWholeFile(rule));
  const isWanted = (found: Asked["diagnostics"]): boolean => linted.every((target) => found.some((one) => isAt(one, target)));
  const [diagnostics = []] = await Promise.all(servers.map((server) => server.diagnostics(file, isWanted)));
  return { file, text, diagnostics };
}

const FORMAT = "format";
const ASSIST = /^assist\/source\/(\w+)$/;

function isOfWholeFile(rule: string): boolean {
  return rule === FORMAT || ASSIST.test(rule);
}

/** Biome's formatter and its assists, which work on a file and not at a place. */
async function wholeFileOffers(server: Server, file: string, text: Text, targets: readonly Target[]): Promise<Offer[]> {
  const offers: Offer[] = [];
  for (const { index, rule } of targets.filter((target) => isOfWholeFile(target.rule))) {
    const name = ASSIST.exec(rule)?.[1];
    const kind = `source.${name ?? ""}.biome`;
    const actions = name === undefined ? [] : (await server.actions(file, text.whole, [], kind)).filter((one) => one.kind === kind);
    const stated = name === undefined ? await server.format(file) : actions[0]?.edit?.changes?.[server.uri(file)];
    const edits = text.edits(file, stated ?? []);
    if (edits && edits.length > 0) offers.push({ targets: [index], title: actions[0]?.title ?? FORMAT, safety: "safe", edits });
  }
  return offers;
}

/** What the safe fixes make of the file, pass after pass; formatted where it was before. */
async function all(dialect: Dialect, servers: readonly Server[], { file, text, targets }: Open): Promise<Offer[]> {
  const [server] = servers;
  const settled = new Set<number>();
  let now = text;
  let version = 1;
  const put = async (next: string): Promise<void> => {
    now = new Text(next);
    version += 1;
    await Promise.all(servers.map((one) => one.change(file, next, version)));
  };
  const wasFormatted = (await server?.format(file))?.length === 0 || targets.some(({ rule }) => rule === FORMAT);
  for (let pass = 0; pass < MAX_PASSES; pass += 1) {
    const offered = await dialect.offered(servers, await asked(servers, file, now, pass === 0 ? targets : []));
    const safe = offered.filter(({ safety }) => safety === "safe");
    if (pass === 0) for (const { targets: indexes } of toOffers(safe, targets)) for (const index of indexes) settled.add(index);
    const edits = sideBySide(safe);
    const next = edits.length > 0 ? now.with(edits) : undefined;
    if (next === undefined) break;
    await put(next);
  }
  if (server && wasFormatted && now !== text) {
    const edits = now.edits(file, (await server.format(file)) ?? []);
    const formatted = edits && now.with(edits);
    if (formatted !== undefined) now = new Text(formatted);
  }
  if (settled.size === 0 || now.text === text.text) return [];
  return [{ targets: [...settled], title: "all safe fixes in passes", safety: "safe", edits: [{ file, start: 0, before: text.text, after: now.text }] }];
}

/** The edits of as many offers as do not touch one another, earlier ones first. */
function sideBySide(offered: readonly Offered[]): StatedEdit[] {
  const taken: StatedEdit[] = [];
  const clashes = (edit: StatedEdit): boolean =>
    taken.some((one) => edit.start <= one.start + one.before.length && one.start <= edit.start + edit.before.length);
  for (const { edits } of offered) if (!edits.some(clashes)) taken.push(...edits);
  return taken;
}
