/**
 * Undoes a renaming for everybody at once, where following it place by place does not work out: a class that has to
 * have a member because of what it implements, a name that outer code asks for. The declaration gets the name that the
 * error asks for, and whatever uses the new name goes along.
 */
import type ts from "typescript";
import { EVIDENT, LAST, type Change, type Fixer, type Scene, type Suggestion } from "./fixer.ts";
import { isOwn, nameOf } from "./modules.ts";
import { placeOf } from "./member-place.ts";
import { closest } from "./names.ts";
import { isOptional, propertiesOf } from "./types.ts";
import { upTo } from "./scene.ts";

export const fixer: Fixer = {
  name: "rename-back",
  codes: [2339, 2551, 2353, 2561, 2420, 2515, 2720, 2741, 2416],
  suggest(scene) {
    const { compiler, token } = scene;
    if (!compiler.isIdentifier(token)) return [];
    const owner = upTo(token, compiler.isClassLike);
    if (owner?.name === token) return inClass(scene, owner);
    const place = placeOf(scene, token);
    return place ? inType(scene, place.type, token.text, LAST, place.given) : [];
  },
};

/** "Did you mean": TypeScript offers that name. */
const DID_YOU_MEAN: ReadonlySet<number> = new Set([2551, 2561]);

/** The one member that a base asks for and the class has under another name. */
function inClass(scene: Scene, owner: ts.ClassLikeDeclaration): Suggestion[] {
  const { checker } = scene;
  const own = checker.getTypeAtLocation(owner);
  const bases = (owner.heritageClauses ?? []).flatMap(({ types }) => types.map((one) => checker.getTypeAtLocation(one)));
  const asked = bases.flatMap((base) => propertiesOf(scene, base));
  const declared = new Set(owner.members.flatMap((member) => (member.name && "text" in member.name ? [member.name.text] : [])));
  const missing = asked.filter((one) => !isOptional(scene, one) && !declared.has(one.name) && isUnmet(scene, own, one));
  return [...new Set(missing.map(({ name }) => name))].flatMap((name) => inType(scene, own, name, EVIDENT, new Set(asked.map((one) => one.name))));
}

/** Not there, or there only as the base's abstract member. */
function isUnmet({ compiler }: Scene, own: ts.Type, { name }: ts.Symbol): boolean {
  const found = own.getProperty(name)?.valueDeclaration;
  if (!found) return true;
  return compiler.canHaveModifiers(found) && (compiler.getModifiers(found)?.some(({ kind }) => kind === compiler.SyntaxKind.AbstractKeyword) ?? false);
}

function inType(scene: Scene, type: ts.Type, name: string, rank: number, taken: ReadonlySet<string> = new Set()): Suggestion[] {
  const members = propertiesOf(scene, type).filter((member) => !taken.has(member.name) && member.name !== name);
  const homes = new Set(members.flatMap(({ declarations = [] }) => declarations.map((one) => one.getSourceFile().fileName)));
  const found = [...homes].some((path) => !isOwn(scene.root, path)) ? undefined : remembered(scene, homes, members, name);
  // Where the compiler names the closest itself, to rename it for everybody on that guess would cost much and add nothing.
  const guessed = DID_YOU_MEAN.has(scene.code) ? undefined : closest(name, members.map((it) => it.name));
  const member = members.find((one) => one.name === (found ?? guessed));
  const changes = member && everywhere(scene, member, name);
  return changes ? [{ title: `Give '${member.name}' the name '${name}' again`, rank, safety: "unsafe", changes }] : [];
}

function remembered(scene: Scene, homes: Iterable<string>, members: readonly ts.Symbol[], name: string): string | undefined {
  const names = new Set(members.map((member) => member.name));
  return [...homes].flatMap((path) => scene.history.replacements(nameOf(scene, path), name)).find((one) => names.has(one));
}

function everywhere({ service, root, compiler }: Scene, member: ts.Symbol, name: string): Change[] | undefined {
  const named = member.declarations?.[0] && compiler.getNameOfDeclaration(member.declarations[0]);
  const file = named?.getSourceFile();
  if (!named || !file || !isOwn(root, file.fileName)) return undefined;
  const options = { providePrefixAndSuffixTextForRename: true };
  const places = service.findRenameLocations(file.fileName, named.getStart(file), false, false, options) ?? [];
  if (places.length === 0 || places.some(({ fileName }) => !isOwn(root, fileName))) return undefined;
  return places.map(({ fileName, textSpan, prefixText = "", suffixText = "" }) => {
    return { path: fileName, start: textSpan.start, end: textSpan.start + textSpan.length, text: `${prefixText}${name}${suffixText}` };
  });
}
