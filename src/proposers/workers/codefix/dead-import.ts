/**
 * Tells an import that TypeScript offers, but that leads to nothing: a barrel still passes the name on, and what it
 * passed on is gone. To import it only moves the error out of sight.
 */
import type ts from "typescript";
import type { Compiler } from "./compiler.ts";
import { exportsLive, fileBehind } from "./learned/modules.ts";
import type { Spot } from "./spot.ts";

export interface ImportPlace {
  readonly compiler: Compiler;
  readonly root: string;
  readonly program: ts.Program;
  /** Absolute. */
  readonly path: string;
}

/** `description` is TypeScript's own, which ends with the module in quotes; the spot is the name that is missing. */
export function isDeadImport(place: ImportPlace, description: string, spot: Spot): boolean {
  const { compiler, root, program, path } = place;
  const specifier = /"([^"]+)"$/.exec(description)?.[1];
  const source = program.getSourceFile(path);
  if (specifier === undefined || !source || !/^(?:Add|Update) import from/.test(description)) return false;
  const module = fileBehind({ compiler, program, root }, specifier, path);
  const name = source.text.slice(spot.start, spot.end);
  const live = (wanted: string): boolean => !module || exportsLive({ compiler, checker: program.getTypeChecker() }, module, wanted);
  return !live(name) && !live("default");
}
