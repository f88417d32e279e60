/** What two outlines of one file differ in. A field may come; nothing else may, and nothing may go or say something else. */
import { reason, type Reason } from "../../../domain/reason.ts";
import type { Declaration, Part } from "./outline.ts";

/** Who speaks in these reasons. */
const by = "mechanical";

export function declarationFaults(file: string, before: readonly Declaration[], after: readonly Declaration[]): Reason[] {
  const [had, has] = [byName(before), byName(after)];
  const keys = new Set([...had.keys(), ...has.keys()]);
  const pairs = [...keys].map((key) => unmatched(had.get(key) ?? [], has.get(key) ?? []));
  const changed = pairs.flatMap(({ lost, gained }) => lost.flatMap((one, index) => signatureFault(file, one, gained[index])));
  const lost = pairs.flatMap((pair) => pair.lost.slice(pair.gained.length));
  const gained = pairs.flatMap((pair) => pair.gained.slice(pair.lost.length));
  return [...changed, ...cameOrWent(file, lost, gained)];
}

function byName(declarations: readonly Declaration[]): Map<string, Declaration[]> {
  return Map.groupBy(declarations, ({ kind, name }) => `${kind} ${name}`);
}

/** Of one name there can be several: overloads, the two halves of a property. */
function unmatched(had: readonly Declaration[], has: readonly Declaration[]): { lost: Declaration[]; gained: Declaration[] } {
  const gained = [...has];
  const lost = had.filter((one) => {
    const at = gained.findIndex((other) => isSame(one, other));
    if (at >= 0) gained.splice(at, 1);
    return at < 0;
  });
  return { lost, gained };
}

const PARTS: readonly Part[] = ["parameters", "type", "rest"];

function isSame(one: Declaration, other: Declaration): boolean {
  return PARTS.every((part) => one.signature[part] === other.signature[part]);
}

function signatureFault(file: string, was: Declaration, is: Declaration | undefined): Reason[] {
  const part = is && PARTS.find((name) => was.signature[name] !== is.signature[name]);
  if (!part) return [];
  return [reason(by, "signature-changed", { ...placeOf(file, was), part, was: cut(was.signature[part]), now: cut(is.signature[part]) })];
}

/** What stands inside of something that came or went is not told as well. */
function cameOrWent(file: string, lost: readonly Declaration[], gained: readonly Declaration[]): Reason[] {
  const renamed = lost.flatMap((one) => {
    const like = gained.filter((other) => other.kind === one.kind && other.owner === one.owner && isSame(one, other));
    const [only] = like.length === 1 && lost.filter((other) => other.kind === one.kind && other.owner === one.owner && isSame(one, other)).length === 1 ? like : [];
    return only ? [{ from: one, to: only }] : [];
  });
  const told = new Set(renamed.flatMap(({ from, to }) => [from, to]));
  const gone = outermost(lost, [...told]).filter((one) => !told.has(one));
  const come = outermost(gained, [...told]).filter((one) => !told.has(one) && one.kind !== "field");
  return [
    ...renamed.map(({ from, to }) => reason(by, "renamed", { ...placeOf(file, from), to: to.name })),
    ...gone.map((one) => reason(by, "declaration-deleted", placeOf(file, one))),
    ...come.map((one) => reason(by, "declaration-added", placeOf(file, one))),
  ];
}

function outermost(declarations: readonly Declaration[], also: readonly Declaration[]): Declaration[] {
  const names = new Set([...declarations, ...also].map(({ name }) => name));
  return declarations.filter(({ owner, name }) => !names.has(owner) || owner === name);
}

export function placeOf(file: string, { kind, name, line }: Pick<Declaration, "kind" | "name" | "line">): Record<"file" | "kind" | "name", string> & { line: number } {
  return { file, kind, name: cut(name), line };
}

const MAX_LENGTH = 120;

export function cut(text: string): string {
  const line = text.replace(/\s+/g, " ").trim().toWellFormed();
  return line.length > MAX_LENGTH ? `${line.slice(0, MAX_LENGTH).toWellFormed()}…` : line;
}
