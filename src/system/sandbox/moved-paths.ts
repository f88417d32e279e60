/**
 * Paths inside a text, led to another place. Texts are read and written as Latin-1, a character for each byte, whatever
 * they are encoded in.
 */
import { join, relative } from "node:path";
import { inside, real } from "./paths.ts";

export interface Move {
  readonly from: string;
  readonly to: string;
}

/** Paths as they are written, wherever one begins; a longer name that only begins alike is another path. */
export function moved(text: string, moves: readonly Move[]): string {
  return moves.reduce((now, { from, to }) => {
    const [first = "", ...rest] = now.split(raw(from));
    return rest.reduce((left, right) => left + (/^[\w.-]/.test(right) ? raw(from) : raw(to)) + right, first);
  }, text);
}

/** Then also paths that lead to the checkout by another name: lines of a path file, and strings of a finder. */
export function mapped(text: string, file: string, moves: readonly Move[]): string {
  const plain = moved(text, moves);
  const map = (path: string): string => {
    const leads = real(Buffer.from(path, "latin1").toString());
    const move = moves.find(({ from }) => inside(leads, real(from)));
    return move ? raw(join(move.to, relative(real(move.from), leads))) : path;
  };
  if (!file.endsWith(".py")) return plain.replace(/^\/.*?(?=\s*$)/gm, map);
  return plain.replace(/(["'])(\/[^"'\\\r\n]+)\1/g, (_, quote: string, path: string) => quote + map(path) + quote);
}

/** As the bytes of the path look when they are read as Latin-1. */
function raw(path: string): string {
  return Buffer.from(path).toString("latin1");
}
