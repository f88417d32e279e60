/** Which specs of a tree are meant, read and cut into chunks; each that cannot be built comes with its reasons. */
import { basename, dirname, relative, resolve } from "node:path";
import type { Project, SpecRead, SpecReader } from "../domain/plugin.ts";
import { EXIT, Problem } from "../domain/problem.ts";
import { reason, type Reason } from "../domain/reason.ts";
import type { Chunk, Spec } from "../domain/task.ts";
import { chunksOf } from "../specs/chunking/chunks.ts";
import { readers } from "../specs/index.ts";
import { proseSpec } from "../specs/shared/prose.ts";
import type { Chunking } from "./chunking.ts";

export interface Wanted {
  /** As typed, relative to `cwd`; empty for all that is found. */
  readonly names: readonly string[];
  readonly cwd: string;
  readonly checkout: string;
  readonly chunking: (file: string) => Promise<Chunking>;
}

export interface PlannedSpec {
  readonly spec: Spec;
  readonly reader: string;
  readonly chunks: readonly Chunk[];
  /** The model that cut it; absent where none did. */
  readonly cutBy?: string;
}

export type Found = { readonly file: string } & ({ readonly planned: PlannedSpec } | { readonly reasons: readonly Reason[] });

type Look = Pick<Project, "files" | "readText">;

const CLOSED: ReadonlySet<string> = new Set(["draft", "done", "completed", "complete", "implemented", "rejected", "superseded", "archived", "abandoned"]);

/** Throws `Problem` (66) where a named spec is not there, or none is found. */
export async function findSpecs(project: Look, wanted: Wanted): Promise<Found[]> {
  const found = readers.flatMap((reader) => reader.discover(project.files).map((file) => ({ file, reader })));
  const known = [...new Map(found.map((one) => [one.file, one])).values()];
  const isNamed = wanted.names.length > 0;
  const chosen = isNamed ? wanted.names.map((name) => named(name, known, project, wanted)) : known;
  const read: Found[] = [];
  for (const { file, reader } of chosen) {
    const one = await readOne(file, reader, project, await wanted.chunking(file));
    if (isNamed || !("reasons" in one) || one.reasons.some(({ code }) => code !== "spec-without-tasks")) read.push(isNamed ? one : openOnly(one));
  }
  if (read.length === 0) throw new Problem("no-specs", {}, EXIT.noInput);
  return read;
}

interface Candidate {
  readonly file: string;
  readonly reader: SpecReader;
}

/** A file, a folder with tasks in it, or the name of a spec that is found. */
function named(name: string, known: readonly Candidate[], project: Look, { cwd, checkout }: Wanted): Candidate {
  const path = relative(checkout, resolve(cwd, name)).split("\\").join("/");
  const file = [path, `${path}/tasks.md`, `${path}/tasks.json`].find((one) => project.files.includes(one));
  const found = known.find((one) => one.file === file) ?? (file === undefined ? known.find((one) => nameOf(one.file) === name) : undefined);
  if (found) return found;
  if (file === undefined || !readers.some((one) => one.accepts(file))) throw new Problem("spec-missing", { name, known: known.map((one) => one.file) }, EXIT.noInput);
  return { file, reader: readerOf(file, readers) };
}

/** The one that takes any Markdown stands behind all others. Throws `Problem` (66) where none takes the file. */
export function readerOf(file: string, all: readonly SpecReader[]): SpecReader {
  const fitting = all.filter((one) => one.accepts(file));
  const reader = fitting.find(({ name }) => name !== ANY) ?? fitting[0];
  if (!reader) throw new Problem("spec-missing", { name: file }, EXIT.noInput);
  return reader;
}

const ANY = "checkbox-markdown";

/** What a spec is called by its path. */
export function nameOf(file: string): string {
  const own = basename(file).replace(/\.\w+$/, "");
  return own === "tasks" ? basename(dirname(file)) : own;
}

export async function readOne(file: string, reader: SpecReader, project: Look, { maxTokens, optional, cut }: Chunking): Promise<Found> {
  const text = (await project.readText(file)) ?? "";
  const plain = await reader.read(file, project);
  const read = cut ? orProse(plain, file, text) : plain;
  if (!read.ok) return { file, reasons: read.reasons };
  const made = cut ? await cut(read.spec, text) : { ok: true as const, tasks: read.spec.tasks, model: undefined };
  if (!made.ok) return { file, reasons: made.reasons };
  const spec = { ...read.spec, tasks: made.tasks };
  const named = [...new Set(spec.tasks.flatMap(({ files }) => files))].filter((one) => project.files.includes(one));
  const sizes = new Map(await Promise.all(named.map(async (one): Promise<[string, number]> => [one, (await project.readText(one))?.length ?? 0])));
  const chunked = chunksOf(spec, { maxTokens, optional, sizeOf: (one) => sizes.get(one) ?? 0 });
  if (!chunked.ok) return { file, reasons: [chunked.reason] };
  return { file, planned: { spec, reader: reader.name, chunks: chunked.chunks, ...(made.model !== undefined && { cutBy: made.model }) } };
}

/** Whoever cuts a spec needs no tasks in it. */
function orProse(read: SpecRead, file: string, text: string): SpecRead {
  const isProse = !read.ok && text.trim() !== "" && read.reasons.every(({ code }) => code === "spec-without-tasks");
  return isProse ? { ok: true, spec: proseSpec(file, nameOf(file), text) } : read;
}

/** Nobody asked for a spec that calls itself closed. */
function openOnly(found: Found): Found {
  if (!("planned" in found)) return found;
  const { status } = found.planned.spec;
  const isClosed = status !== undefined && CLOSED.has(status);
  return isClosed ? { file: found.file, reasons: [reason("spec", "spec-closed", { file: found.file, status })] } : found;
}
