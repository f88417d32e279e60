/** Reads the lines of a program by problem matchers. Never decides what a problem means, nor how long it may take. */
import type { Matcher } from "./problem-matcher.ts";

/** A problem as lines tell it. Hostile text. */
export interface Problem {
  readonly owner: string | undefined;
  readonly severity: string;
  readonly file: string | undefined;
  /** A project file in whose folder `file` stands. */
  readonly fromPath: string | undefined;
  readonly line: number | undefined;
  readonly column: number | undefined;
  readonly code: string | undefined;
  readonly message: string;
}

const FIELDS = ["file", "fromPath", "location", "line", "column", "severity", "code", "message"] as const;
type Fields = Partial<Record<(typeof FIELDS)[number], string>>;

interface Step {
  readonly regexp: RegExp;
  readonly groups: Matcher["pattern"][number];
}

/** Where one matcher is in its row of patterns. */
class Progress {
  readonly #matcher: Matcher;
  readonly #steps: readonly Step[];
  #at = 0;
  #held: Fields = {};

  constructor(matcher: Matcher) {
    this.#matcher = matcher;
    this.#steps = matcher.pattern.map((groups) => ({ regexp: new RegExp(groups.regexp), groups }));
  }

  reset(): void {
    this.#at = 0;
    this.#held = {};
  }

  /** Whether the line fits, and the problem that it completes. */
  take(line: string): { readonly problem?: Problem } | undefined {
    const step = this.#steps[this.#at];
    const found = step && fieldsOf(step, line);
    if (!found) {
      if (this.#at === 0) return undefined;
      // A row that breaks off may be where the next one begins.
      this.reset();
      return this.take(line);
    }
    const fields = { ...this.#held, ...found };
    if (this.#at < this.#steps.length - 1) {
      this.#at += 1;
      this.#held = fields;
      return {};
    }
    if (step.groups.loop !== true) this.reset();
    return { problem: problemOf(this.#matcher, fields, line) };
  }
}

function fieldsOf({ regexp, groups }: Step, line: string): Fields | undefined {
  const match = regexp.exec(line);
  if (!match) return undefined;
  const fields: Fields = {};
  for (const name of FIELDS) {
    const number = groups[name];
    const value = number === undefined ? match.groups?.[name] : match[number];
    if (value !== undefined && value !== "") fields[name] = value;
  }
  return fields;
}

function problemOf({ owner, severity = "error" }: Matcher, fields: Fields, line: string): Problem {
  const [atLine, atColumn] = fields.location?.split(/[,:]/) ?? [fields.line, fields.column];
  const { file, fromPath, code, message = line.trim() } = fields;
  return { owner, file, fromPath, code, message, severity: (fields.severity ?? severity).toLowerCase(), line: place(atLine), column: place(atColumn) };
}

/** A number from 1; undefined for everything else. */
function place(text: string | undefined): number | undefined {
  const value = /^\s*\d{1,9}\s*$/.test(text ?? "") ? Number(text) : 0;
  return value > 0 ? value : undefined;
}

/** Reads lines in their order. The first matcher that takes a line has it; the others begin anew. */
export class ProblemReader {
  readonly #matchers: readonly Progress[];

  constructor(matchers: readonly Matcher[]) {
    this.#matchers = matchers.map((one) => new Progress(one));
  }

  read(lines: readonly string[]): Problem[] {
    return lines.flatMap((line) => this.#take(line) ?? []);
  }

  #take(line: string): Problem | undefined {
    for (const one of this.#matchers) {
      const taken = one.take(line);
      if (!taken) continue;
      for (const other of this.#matchers) if (other !== one) other.reset();
      return taken.problem;
    }
    return undefined;
  }
}
