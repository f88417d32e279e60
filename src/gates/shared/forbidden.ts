/** What the gates refuse in a project's code, to be told beforehand: the very lists that they judge by. */
import picomatch from "picomatch";
import { languageOf } from "./languages.ts";
import { OMISSIONS } from "./omission-marks.ts";
import { CHECK_DEFINITIONS } from "./protected-defaults.ts";
import { STUBS } from "./stub-marks.ts";
import { suppressionsIn } from "./suppression-marks.ts";

export interface Forbidden {
  /** Marks that silence a check, in the languages that the project has. */
  readonly suppressions: readonly string[];
  readonly stubs: readonly string[];
  readonly omissions: readonly string[];
  /** Files of the project that define what checks measure. */
  readonly definitions: readonly string[];
}

export function forbiddenIn(files: readonly string[]): Forbidden {
  const languages = new Set(files.map(languageOf));
  const known = [...languages].filter((language) => language !== "other");
  const isDefinition = picomatch(CHECK_DEFINITIONS.map((glob) => (glob.includes("/") ? glob : `**/${glob}`)), { dot: true, nocase: true });
  return {
    suppressions: [...new Set(known.flatMap((language) => Object.keys(suppressionsIn(language))))],
    stubs: Object.keys(STUBS),
    omissions: Object.keys(OMISSIONS),
    definitions: files.filter((file) => isDefinition(file)),
  };
}
