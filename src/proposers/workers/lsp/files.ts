/** Asks about the files of a request, some at a time, and gives the lines of the answer. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DIALECTS, type Dialect } from "./dialect.ts";
import { toOffers } from "./offered.ts";
import { inPasses } from "./passes.ts";
import type { Offer, Request } from "./protocol.ts";
import type { Server } from "./server.ts";
import { Text } from "./text.ts";
import { diagnosed, wholeFileOffers, type Open } from "./whole-file.ts";

/** Files that are open at once: their diagnostics are waited for together. */
const FILES_AT_ONCE = 50;
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
    return scope === "each" ? await each(dialect, servers, open) : await inPasses(dialect, servers, open);
  } catch (error) {
    return [{ fault: `${open.file}: ${String(error)}` }];
  }
}

async function each(dialect: Dialect, servers: readonly Server[], { file, text, targets }: Open): Promise<Offer[]> {
  const offered = await dialect.offered(servers, await diagnosed(servers, file, text, targets));
  const [server] = servers;
  return [...toOffers(offered, targets), ...(server ? await wholeFileOffers(server, file, text, targets) : [])];
}
