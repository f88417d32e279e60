/**
 * A member that the type does not have (any more): it has another name there, as git remembers from the files that
 * declare the type, or as the member most like it. In an object literal the one that is wanted and not given counts.
 */
import type ts from "typescript";
import { CERTAIN, EVIDENT, here, LIKELY, type Fixer, type Scene, type Suggestion } from "./fixer.ts";
import { isOwn, nameOf } from "./modules.ts";
import { closest } from "./names.ts";
import { placeOf, type MemberPlace } from "./member-place.ts";
import { homesOf, isOptional, propertiesOf } from "./types.ts";

export const fixer: Fixer = {
  name: "missing-member",
  codes: [2339, 2551, 2353, 2561, 2322, 2576],
  suggest(scene) {
    const { compiler, token } = scene;
    if (!compiler.isIdentifier(token)) return [];
    const place = placeOf(scene, token);
    if (!place) return [];
    const members = propertiesOf(scene, place.type).filter(({ name }) => !place.given.has(name));
    const names = new Set(members.map(({ name }) => name));
    const homes = homesOf(scene, place.type).filter((path) => isOwn(scene.root, path));
    const remembered = homes.flatMap((path) => scene.history.replacements(nameOf(scene, path), token.text)).find((name) => names.has(name));
    const wanted = place.isWritten ? members.filter((member) => !isOptional(scene, member)).map(({ name }) => name) : [];
    const only = wanted.length === 1 ? wanted[0] : undefined;
    const alike = closest(token.text, names);
    const rankOf = (name: string): number => (name === remembered ? CERTAIN : name === only && name === alike ? EVIDENT : LIKELY);
    const found = [...new Set([remembered, only, alike])].filter((name) => name !== undefined && isName(name));
    return found.map((name = "") => suggestion(scene, token, place, name, rankOf(name)));
  },
};

function suggestion(scene: Scene, token: ts.Identifier, place: MemberPlace, name: string, rank: number): Suggestion {
  return {
    title: `Change '${token.text}' to '${name}'`,
    rank,
    safety: rank === CERTAIN ? "safe" : "unsafe",
    changes: [here(scene, token.getStart(scene.source), token.end, place.write(name))],
  };
}

function isName(name: string): boolean {
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name);
}
