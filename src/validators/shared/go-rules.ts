/** What go's words mean: its compiler gives no codes. Never decides whether there is a finding. */
import type { GoDiagnostic } from "./go-output.ts";

/** These stand in the place of codes, the first that fits. */
const RULES: readonly (readonly [rule: string, words: RegExp])[] = [
  ["syntax", /^syntax error|^expected |^invalid character|^illegal |not terminated$/],
  ["import", /^imported and not used|^"[^"]+" imported (?:and|but) not used|could not import|^no required module|^package \S+ is not in|cannot find package|import cycle/],
  ["undefined", /^undefined|undefined \(type|has no field or method|^undeclared name|not exported by package|not declared by package/],
  ["implements", /does not implement|missing method|missing return|impossible type (?:assertion|switch)/],
  ["type", /^cannot use|mismatched types|^cannot convert|^invalid operation|(?:too many|not enough) (?:arguments|return values)|assignment mismatch|^non-boolean|^cannot assign/],
  ["unused", /declared (?:and|but) not used|is not used$|defined and not used/],
];

export function goRule({ analyzer, message }: GoDiagnostic): string {
  return analyzer ?? RULES.find(([, words]) => words.test(message))?.[0] ?? "compile";
}

/** What go says where a module is not there. */
export const MODULE_MISSING = /module lookup disabled by GOPROXY=off|missing go\.sum entry|updates to go\.(?:mod|sum) needed|go: cannot find GOROOT|requires go >= /;
