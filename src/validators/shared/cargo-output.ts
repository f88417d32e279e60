/**
 * Reads what cargo prints with `--message-format=json`
 * (https://doc.rust-lang.org/cargo/reference/external-tools.html#json-messages). Lines of other programs may stand
 * between cargo's own: what a procedural macro prints comes out there as well. Never takes an output without its end
 * (`build-finished`) for a whole one.
 */
import { z } from "zod";

const target = z.object({ kind: z.array(z.string()), name: z.string(), src_path: z.string() });

const place = z.object({
  file_name: z.string(),
  byte_start: z.number().int(),
  byte_end: z.number().int(),
  line_start: z.number().int(),
  column_start: z.number().int(),
  text: z.array(z.object({ text: z.string() })).default([]),
});
const span = place.extend({
  is_primary: z.boolean(),
  suggested_replacement: z.string().nullish(),
  suggestion_applicability: z.string().nullish(),
  get expansion() {
    return z.object({ span }).nullish();
  },
});
const diagnostic = z.object({
  message: z.string(),
  code: z.object({ code: z.string() }).nullish(),
  level: z.string(),
  spans: z.array(span),
  children: z.array(z.object({ message: z.string(), spans: z.array(span) })).default([]),
});

const compilerMessage = z.object({ reason: z.literal("compiler-message"), manifest_path: z.string(), target, message: diagnostic });
const artifact = z.object({
  reason: z.literal("compiler-artifact"),
  manifest_path: z.string(),
  target,
  profile: z.object({ test: z.boolean() }),
  executable: z.string().nullish(),
});
const finished = z.object({ reason: z.literal("build-finished"), success: z.boolean() });

export type Target = z.infer<typeof target>;
export type Span = z.infer<typeof span>;
export type Diagnostic = z.infer<typeof diagnostic>;
export type CompilerMessage = z.infer<typeof compilerMessage>;
export type Artifact = z.infer<typeof artifact>;

export interface CargoOutput {
  readonly messages: readonly CompilerMessage[];
  readonly artifacts: readonly Artifact[];
  readonly success: boolean;
  /** What follows the build: the output of what cargo ran. */
  readonly rest: string;
}

/** Begins every message of cargo's. */
const OWN = '{"reason":"';

/** Undefined where it is not whole. */
export function parseCargoOutput(stdout: string): CargoOutput | undefined {
  const messages: CompilerMessage[] = [];
  const artifacts: Artifact[] = [];
  for (let at = 0; at < stdout.length; ) {
    const end = stdout.indexOf("\n", at);
    const line = stdout.slice(at, end < 0 ? stdout.length : end);
    at = end < 0 ? stdout.length : end + 1;
    if (!line.startsWith(OWN)) continue;
    const value = parse(line);
    if (value === undefined) return undefined;
    const done = finished.safeParse(value);
    if (done.success) return { messages, artifacts, success: done.data.success, rest: stdout.slice(at) };
    const [message, made] = [compilerMessage.safeParse(value), artifact.safeParse(value)];
    if (message.success) messages.push(message.data);
    else if (line.startsWith(`${OWN}compiler-message"`)) return undefined;
    else if (made.success) artifacts.push(made.data);
  }
  return undefined;
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
