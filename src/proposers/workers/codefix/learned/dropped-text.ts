/**
 * What the last change of the file took away without putting anything in its place, right where the error is now: an
 * argument, a property, an `await`, an import that is still used. It is put back as it was. Text that was replaced is
 * left alone: somebody meant that.
 */
import { diffArrays } from "diff";
import type ts from "typescript";
import { CERTAIN, here, type Fixer, type Scene } from "./fixer.ts";
import { nameOf } from "./modules.ts";
import { upTo } from "./scene.ts";

/** Pieces that a change took away, beyond which it was a rewrite and not a slip. */
const MAX_PIECES = 40;
const MAX_OFFERED = 3;
const MAX_TOGETHER = 4;
/** Pieces added and removed; telling texts apart that differ more costs too much, and says too little. */
const MAX_EDIT_LENGTH = 600;
const MAX_TITLE = 40;

const NAMES = [2304, 2552, 2503, 18004];

export const fixer: Fixer = {
  name: "dropped-text",
  codes: [...NAMES, 2554, 2555, 2345, 2322, 2769, 2741, 2739, 2740, 1360, 2339, 2551, 2488, 1308, 2663, 2355, 2366, 7030, 2365, 2420, 2353, 2362, 2363],
  suggest(scene) {
    const pieces = droppedPieces(scene).filter(isMeant(scene));
    // One argument may come apart into several pieces around brackets that it shares with what is left.
    const together = pieces.length > 1 && pieces.length <= MAX_TOGETHER ? [pieces] : [];
    return [...together, ...pieces.slice(0, MAX_OFFERED).map((piece) => [piece])].map((group) => ({
      title: `Put back '${group.map(({ text }) => text.trim()).join(" … ").slice(0, MAX_TITLE)}'`,
      rank: CERTAIN,
      safety: "unsafe",
      changes: group.map(({ at, text }) => here(scene, at, at, text)),
    }));
  },
};

/** Whether the error may be about it: in the same statement, a missing name in it, or an `await` in the same function. */
function isMeant(scene: Scene): (piece: Piece) => boolean {
  const { source, code, token, compiler } = scene;
  const statement = statementAt(scene);
  const owner = upTo(token, compiler.isFunctionLike) ?? source;
  const within = (node: ts.Node, { at }: Piece): boolean => at >= node.pos && at <= node.end;
  const name = token.getText(source);
  return (piece) => {
    const isName = NAMES.includes(code) && wordsOf(piece.text).includes(name);
    return isName || within(statement, piece) || (piece.text.trim() === "await" && within(owner, piece));
  };
}

interface Piece {
  /** Where it stood, in the text as it is now. */
  readonly at: number;
  readonly text: string;
}

function droppedPieces(scene: Scene): Piece[] {
  const { source, history } = scene;
  const before = history.before(nameOf(scene, source.fileName));
  if (before === undefined || before === source.text) return [];
  const changes = diffArrays(tokens(before), tokens(source.text), { maxEditLength: MAX_EDIT_LENGTH });
  const pieces: Piece[] = [];
  let at = 0;
  for (const [index, { value, removed }] of (changes ?? []).entries()) {
    const text = value.join("");
    const isReplaced = [changes?.[index - 1], changes?.[index + 1]].some((beside) => beside?.added);
    if (removed && !isReplaced && text.trim() !== "") pieces.push({ at, text });
    if (!removed) at += text.length;
  }
  return pieces.length > MAX_PIECES ? [] : pieces;
}

function tokens(text: string): string[] {
  return text.match(/[\p{ID_Continue}$]+|\s+|[^\p{ID_Continue}$\s]/gu) ?? [];
}

function wordsOf(text: string): string[] {
  return text.match(/[\p{ID_Continue}$]+/gu) ?? [];
}

function statementAt({ compiler, token, source }: Scene): ts.Node {
  let node = token;
  while (!compiler.isSourceFile(node) && !(compiler.isStatement(node) && !compiler.isBlock(node))) node = node.parent;
  return compiler.isSourceFile(node) ? source : node;
}
