/**
 * Asks TypeScript for the fixes of one file's findings, ranks and grades them, and adds its own fix-all where that
 * covers exactly the findings it was asked for. A fix that installs something or hides an error is never offered.
 */
import type ts from "typescript";
import type { Compiler } from "./compiler.ts";
import { isDeadImport } from "./dead-import.ts";
import { toEdits } from "./edits.ts";
import { learnedFixes } from "./learned/learned.ts";
import type { History } from "./learned/history.ts";
import { EXCLUDED, isStub, kindOf, TABLE, type Row } from "./fix-table.ts";
import { deletesLiveCode } from "./live-code.ts";
import type { Projects } from "./projects.ts";
import type { Line, Offer, RawEdit, Target } from "./protocol.ts";
import { spotOf, type Spot } from "./spot.ts";
import { styleOf, type Style } from "./style.ts";
import { isFarewell, wantedIn } from "./wanted.ts";

/** Diagnostics that nobody asked about are looked at one by one before a fix-all is trusted; beyond this it is not. */
const MAX_BYSTANDERS = 200;

interface Desk {
  readonly history: History;
  readonly diagnostics: readonly ts.Diagnostic[];
  readonly compiler: Compiler;
  readonly root: string;
  readonly path: string;
  readonly service: ts.LanguageService;
  readonly program: ts.Program;
  readonly style: Style;
}

/** A fix that may be proposed, with what the fix-all needs. */
interface Graded extends Offer {
  readonly rank: number;
  readonly fixId: string | undefined;
  readonly allTitle: string | undefined;
}

export interface Errand {
  readonly compiler: Compiler;
  readonly projects: Projects;
  readonly history: History;
  readonly root: string;
  /** Relative to `root`. */
  readonly file: string;
  readonly targets: readonly Target[];
  readonly maxCandidates: number;
}

/** Empty where no project knows the file. Where TypeScript itself crashes, that is a line too, and the rest goes on. */
export function linesFor(errand: Errand): Line[] {
  const { file } = errand;
  const faults: Line[] = [];
  const attempt = <T>(place: string, work: () => T[]): T[] => {
    try {
      return work();
    } catch (error) {
      const [first = ""] = String(error).split("\n");
      faults.push({ fault: `${place}: ${first}` });
      return [];
    }
  };
  const offers = attempt(file, () => offersFor(errand, (line, work) => attempt(`${file}:${line}`, work)));
  return [...offers, ...faults];
}

function offersFor(errand: Errand, attempt: (line: number, work: () => Graded[]) => Graded[]): Offer[] {
  const { compiler, root, projects, file, targets, maxCandidates, history } = errand;
  const path = `${root}/${file}`;
  const service = projects.serviceFor(file);
  const program = service?.getProgram();
  const source = program?.getSourceFile(path);
  if (!service || !program || !source) return [];
  const diagnostics = diagnosticsOf(service, path);
  const desk = { compiler, root, path, history, service, program, diagnostics, style: styleOf(compiler, program, source.text) };
  const spots = new Set<string>();
  const found = targets.map((target): Found => {
    const spot = spotOf(source, diagnostics, target);
    if (!spot) return { spot: { start: 0, end: 0 }, fixes: [] };
    spots.add(`${target.code}:${spot.start}`);
    const fixes = [learnedFixesAt, compilerFixesAt].flatMap((make) => attempt(target.line, () => make(desk, target, spot)));
    return { spot, fixes: ranked(fixes).slice(0, maxCandidates) };
  });
  const graded = withoutWanted(source, diagnostics, file, found);
  const bystanders = diagnostics.filter(({ code, start = -1 }) => !spots.has(`${code}:${start}`));
  const together = attempt(1, () => fixAlls(desk, graded, bystanders));
  return [...together, ...graded.flat()].map(plain);
}

interface Found {
  readonly spot: Spot;
  readonly fixes: readonly Graded[];
}

/** What another error of the file may be asking for is not deleted until that one is settled. */
function withoutWanted(source: ts.SourceFile, diagnostics: readonly ts.Diagnostic[], file: string, found: readonly Found[]): Graded[][] {
  const others = found.flatMap(({ fixes }) => fixes.filter(({ kind }) => !isFarewell(kind)).flatMap(({ edits }) => edits));
  const isWanted = wantedIn(source, diagnostics, others.filter((edit) => edit.file === file));
  return found.map(({ spot, fixes }) => fixes.filter(({ kind }) => !isFarewell(kind) || !isWanted(spot)));
}

function diagnosticsOf(service: ts.LanguageService, path: string): ts.Diagnostic[] {
  const errors = [...service.getSyntacticDiagnostics(path), ...service.getSemanticDiagnostics(path)];
  return [...errors, ...service.getSuggestionDiagnostics(path)];
}

/** Best first, each change once; those for display only come last. */
function ranked(fixes: readonly Graded[]): Graded[] {
  const sorted = [...fixes].sort((one, other) => lateness(one) - lateness(other));
  const changes = sorted.map(({ edits }) => JSON.stringify(edits));
  return sorted.filter((_, index) => changes.indexOf(changes[index] ?? "") === index);
}

function compilerFixesAt(desk: Desk, target: Target, spot: Spot): Graded[] {
  const fixes = fixesAt(desk, target.code, spot);
  return fixes.flatMap((fix) => {
    const title = fix.description;
    const edits = fix.commands?.length ? undefined : toEdits(desk.root, desk.program, fix.changes);
    if (!edits || edits.length === 0) return [];
    const kind = kindOf(fix.fixName, fixIdOf(fix), edits);
    const grade = gradeOf(desk, kind, edits);
    if (!grade) return [];
    const { fixAllDescription: allTitle } = fix;
    if (isDeadImport(desk, title, spot)) return [];
    return [{ ...grade, scope: "one" as const, targets: [target.index], kind, title, edits, fixId: fixIdOf(fix), allTitle }];
  });
}

/** stet's own, graded by themselves, held to the same rule: what runs is not deleted. */
function learnedFixesAt(desk: Desk, target: Target, spot: Spot): Graded[] {
  const { compiler, root, program, service, history, diagnostics, path } = desk;
  const source = program.getSourceFile(path);
  if (!source) return [];
  const fixes = learnedFixes({ compiler, root, program, service, history, diagnostics, source, code: target.code, spot });
  return fixes.flatMap(({ title, rank, safety, kind, changes }) => {
    const edits = toEdits(root, program, changes);
    if (!edits || edits.length === 0 || deletesLiveCode(compiler, program, root, edits)) return [];
    return [{ rank, safety, scope: "one" as const, targets: [target.index], kind, title, edits, fixId: undefined, allTitle: undefined }];
  });
}

function lateness({ rank, safety }: Graded): number {
  return safety === "display" ? rank + 1_000 : rank;
}

function fixesAt({ service, path, style }: Desk, code: number, spot: Spot): readonly ts.CodeFixAction[] {
  return service.getCodeFixesAtPosition(path, spot.start, spot.end, [code], style.format, style.preferences);
}

function fixIdOf(fix: ts.CodeFixAction): string | undefined {
  return typeof fix.fixId === "string" ? fix.fixId : undefined;
}

/** A kind that the table does not know comes from another TypeScript: it is tried, late and as unsafe. */
const UNKNOWN: Row = { rank: 70, safety: "unsafe" };

function gradeOf(desk: Desk, kind: string, edits: readonly RawEdit[]): Pick<Graded, "rank" | "safety" | "caution"> | undefined {
  if (Object.hasOwn(EXCLUDED, kind)) return undefined;
  const { dead, ...row } = TABLE.get(kind) ?? UNKNOWN;
  if (isStub(edits)) return { ...row, safety: "display", caution: "stub" };
  const live = !dead && deletesLiveCode(desk.compiler, desk.program, desk.root, edits);
  return live ? { ...row, safety: "display", caution: "live-code" } : row;
}

/** One offer for each kind that is the first choice of several findings, where TypeScript can fix them in one go. */
function fixAlls(desk: Desk, graded: readonly Graded[][], bystanders: readonly ts.Diagnostic[]): Graded[] {
  const groups = new Map<string, Graded[]>();
  for (const [first] of graded) {
    if (!first || first.safety === "display" || first.fixId === undefined) continue;
    groups.set(first.fixId, [...(groups.get(first.fixId) ?? []), first]);
  }
  const large = [...groups].filter(([, firsts]) => firsts.length > 1);
  const beyond = large.length === 0 ? undefined : offeredTo(desk, bystanders);
  return large.flatMap(([fixId, firsts]) => {
    if (beyond?.(fixId) !== false || reachesFurther(fixId, graded)) return [];
    return fixAll(desk, fixId, firsts);
  });
}

/** Whether the fix-all would also change a finding for which it is not the first choice, or only to be displayed. */
function reachesFurther(fixId: string, graded: readonly Graded[][]): boolean {
  return graded.some(([first, ...later]) => {
    if (first?.fixId === fixId) return first.safety === "display";
    return later.some((fix) => fix.fixId === fixId);
  });
}

/** Tells whether a fix-all would also change what no finding asked for. */
function offeredTo(desk: Desk, bystanders: readonly ts.Diagnostic[]): (fixId: string) => boolean {
  if (bystanders.length > MAX_BYSTANDERS) return () => true;
  const offered = bystanders.flatMap(({ code, start = 0, length = 0 }) => fixesAt(desk, code, { start, end: start + length }));
  const ids = new Set(offered.map(fixIdOf));
  return (fixId) => ids.has(fixId);
}

function fixAll(desk: Desk, fixId: string, firsts: readonly Graded[]): Graded[] {
  const { service, path, style, root, program } = desk;
  const all = service.getCombinedCodeFix({ type: "file", fileName: path }, fixId, style.format, style.preferences);
  const edits = all.commands?.length ? undefined : toEdits(root, program, all.changes);
  const grade = edits && edits.length > 0 ? gradeOf(desk, fixId, edits) : undefined;
  const [first] = firsts;
  if (!edits || !grade || !first || grade.safety === "display") return [];
  const targets = firsts.flatMap((one) => one.targets);
  return [{ ...first, ...grade, scope: "all", targets, title: first.allTitle ?? first.title, edits }];
}

function plain({ scope, targets, kind, title, safety, caution, edits }: Graded): Offer {
  return { scope, targets, kind, title, safety, ...(caution !== undefined && { caution }), edits };
}
