/**
 * Cuts a chunk that is too large in two, and again, three times at most. The parts are built one after the other: together
 * they have all of its words and files, in their order, and only the last one completes its tasks.
 */
import type { Chunk } from "../../domain/task.ts";
import { blocksOf } from "./blocks.ts";
import { tokensOf } from "./tokens.ts";

/** Capability B2: eight parts. */
export const MAX_DEPTH = 3;

interface Bounds {
  readonly maxTokens: number;
  sizeOf(file: string): number;
}

/** In the same order; who waited for a chunk waits for the last of its parts. */
export function halved(chunks: readonly Chunk[], bounds: Bounds): Chunk[] {
  const parts = new Map(chunks.map((chunk) => [chunk.id, partsOf(chunk, bounds)]));
  const last = (id: string): string => parts.get(id)?.at(-1)?.id ?? id;
  return [...parts.values()].flat().map((part) => ({ ...part, dependencies: part.dependencies.map(last) }));
}

function partsOf(chunk: Chunk, bounds: Bounds): Chunk[] {
  const pieces = cut(chunk, bounds, MAX_DEPTH);
  if (pieces.length === 1) return [chunk];
  const { id, title, dependencies, tasks, completes, acceptance } = chunk;
  return pieces.map((piece, index): Chunk => {
    const isLast = index === pieces.length - 1;
    const part = { title: `${title} (${index + 1} of ${pieces.length})`, instructions: piece.instructions, files: piece.files, acceptance: isLast ? acceptance : [] };
    const before = index === 0 ? dependencies : [`${id}.${index}`];
    return { ...part, id: `${id}.${index + 1}`, tasks, dependencies: before, completes: isLast ? completes : [], tokens: tokensOf(part, (file) => bounds.sizeOf(file)) };
  });
}

type Piece = Pick<Chunk, "title" | "instructions" | "files" | "acceptance">;

function cut(piece: Piece, bounds: Bounds, depth: number): Piece[] {
  if (depth === 0 || tokensOf(piece, (file) => bounds.sizeOf(file)) <= bounds.maxTokens) return [piece];
  const halves = inTwo(piece);
  return halves ? halves.flatMap((half) => cut(half, bounds, depth - 1)) : [piece];
}

/** By its words where they can be parted, by its files otherwise; undefined where there is one of each. */
function inTwo(piece: Piece): Piece[] | undefined {
  const blocks = blocksOf(piece.instructions);
  if (blocks.length < 2) {
    const middle = Math.ceil(piece.files.length / 2);
    return piece.files.length < 2 ? undefined : [{ ...piece, files: piece.files.slice(0, middle) }, { ...piece, files: piece.files.slice(middle) }];
  }
  const middle = Math.ceil(blocks.length / 2);
  const [before, after] = [blocks.slice(0, middle).join("\n"), blocks.slice(middle).join("\n")];
  // A file goes with the words that name it first; one that no words name, with the first half.
  const isLater = (file: string): boolean => !before.includes(file) && after.includes(file);
  return [
    { ...piece, instructions: before, files: piece.files.filter((file) => !isLater(file)) },
    { ...piece, instructions: after, files: piece.files.filter(isLater) },
  ];
}
