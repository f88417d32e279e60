/**
 * How much of what breaks by chance is mended without a model: makes random single breakages of a real project, asks
 * `ts-codefix` what it offers, and counts by kind what settles them. Works on a copy; nothing of the project changes.
 *
 *   node bench/breakages.ts <project> [--config tsconfig.json] [--seed 1] [--count 176] [--skip 0]
 *     [--only "wrong path,renamed export"] [--history] [--process] [--verbose]
 *
 * Each breakage has its own chance: `--skip 80` goes on where a run of the same seed was ended after 80.
 * `--history` commits the original and the breakage on top, so that what was changed last can be learned from.
 * `--process` starts the worker anew for each breakage, as a run does; otherwise one compiler serves them all.
 */
import { execFileSync } from "node:child_process";
import { relative } from "node:path";
import { parseArgs } from "node:util";
import ts from "typescript";
import type { Finding } from "../src/domain/finding.ts";
import { KINDS, type Break, type Kind } from "./breakages-kinds.ts";
import { BenchProject, type Changes } from "./breakages-project.ts";
import { seeded, type Chance } from "./support/random.ts";
import { tryOffers, type Result } from "./breakages-trial.ts";

/** Places that are tried before a kind is said to have none that breaks. */
const MAX_PLACES = 40;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    config: { type: "string", default: "tsconfig.json" },
    seed: { type: "string", default: "1" },
    count: { type: "string", default: "176" },
    skip: { type: "string", default: "0" },
    only: { type: "string" },
    history: { type: "boolean", default: false },
    process: { type: "boolean", default: false },
    verbose: { type: "boolean", default: false },
  },
});

interface Tally {
  made: number;
  offered: number;
  settled: number;
  original: number;
}

async function main(from: string): Promise<void> {
  using project = new BenchProject(from, values.config);
  const git = (...args: string[]): void => {
    const who = ["-c", "user.name=bench", "-c", "user.email=bench@example.invalid", "-c", "commit.gpgSign=false"];
    execFileSync("git", [...who, "-C", project.root, ...args], { stdio: "pipe" });
  };
  if (values.history) {
    git("init", "--quiet");
    git("add", "--all");
    git("commit", "--quiet", "--no-verify", "--message=original");
    git("tag", "original");
  }
  const kinds = KINDS.filter(({ name }) => values.only === undefined || values.only.split(",").includes(name));
  const tallies = new Map(kinds.map(({ name }) => [name, { made: 0, offered: 0, settled: 0, original: 0 }]));
  const places = new Map(kinds.map((kind) => [kind, placesOf(project, kind)]));
  for (let index = Number(values.skip); index < Number(values.count); index++) {
    const kind = kinds[index % kinds.length];
    const tally = kind && tallies.get(kind.name);
    if (!kind || !tally) continue;
    // A chance of its own for each, so that one breakage more or less changes no other.
    const random = seeded(Number(values.seed) * 100_003 + index);
    const made = breakOne(project, kind, places.get(kind) ?? [], random);
    if (!made) continue;
    if (values.history) commit(git, project, made.broken);
    const result = await tryOffers(project, made, !values.process);
    project.reset();
    if (values.history) git("reset", "--quiet", "--hard", "original");
    count(tally, result);
    if (values.verbose) tell(kind, made, result);
  }
  table(tallies);
}

interface Place {
  readonly file: string;
  readonly index: number;
}

/** Nodes are named by their number in the file, since the compiler makes new ones. */
function placesOf(project: BenchProject, kind: Kind): Place[] {
  const random = seeded(0);
  return project.sources().flatMap((file) => {
    const nodes = nodesOf(file);
    const fitting = nodes.flatMap((node, index) => (kind.at(node, file, random) ? [index] : []));
    return fitting.map((index) => ({ file: relative(project.root, file.fileName), index }));
  });
}

function nodesOf(file: ts.SourceFile): ts.Node[] {
  const nodes: ts.Node[] = [file];
  const visit = (node: ts.Node): void => {
    nodes.push(node);
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(file, visit);
  return nodes;
}

interface Made {
  readonly file: string;
  readonly what: string;
  readonly findings: readonly Finding[];
  readonly broken: Changes;
}

function breakOne(project: BenchProject, kind: Kind, places: readonly Place[], random: Chance): Made | undefined {
  for (let attempt = 0; attempt < MAX_PLACES && places.length > 0; attempt++) {
    const { file, index } = random.one(places);
    const source = project.service.getProgram()?.getSourceFile(`${project.root}/${file}`);
    const node = source && nodesOf(source)[index];
    const change = node && kind.at(node, source, random);
    if (!change) continue;
    const broken = changesOf(project, file, source.text, change);
    project.set(broken);
    const findings = project.newFindings();
    project.set(new Map());
    const what = `${JSON.stringify(source.text.slice(change.start, change.end))} -> ${JSON.stringify(change.moveTo === undefined ? change.text : relative(project.root, change.moveTo))}`;
    if (findings.length > 0) return { file, what, findings, broken };
  }
  return undefined;
}

function changesOf(project: BenchProject, file: string, text: string, { start, end, text: put, moveTo }: Break): Changes {
  if (moveTo !== undefined) return new Map([[file, null], [relative(project.root, moveTo), text]]);
  return new Map([[file, text.slice(0, start) + put + text.slice(end)]]);
}

function commit(git: (...args: string[]) => void, project: BenchProject, broken: Changes): void {
  project.set(broken, true);
  git("add", "--all");
  git("commit", "--quiet", "--no-verify", "--message=change");
}

function count(tally: Tally, { offered, settled, original }: Result): void {
  tally.made += 1;
  tally.offered += Number(offered);
  tally.settled += Number(settled);
  tally.original += Number(original);
}

function tell(kind: Kind, { file, what, findings }: Made, { offered, settled, original, titles, left }: Result): void {
  const outcome = original ? "original" : settled ? "settled" : offered ? "OFFERED" : "NOTHING";
  const rest = left.map((one) => `\n    left: ${one.at?.file ?? ""}:${one.at?.line ?? 0} ${one.rule} ${one.message.slice(0, 200)}`).join("");
  process.stderr.write(`${outcome} ${kind.name} ${file} ${what} (${findings.length} × ${findings[0]?.rule ?? ""}) ${titles.join(" | ")}${rest}\n`);
}

function table(tallies: ReadonlyMap<string, Tally>): void {
  const rows = [...tallies].map(([name, { made, offered, settled, original }]) => [name, made, offered, settled, original] as const);
  const sum = (column: 1 | 2 | 3 | 4): number => rows.reduce((total, row) => total + row[column], 0);
  const all = [["kind", "made", "offered", "settled", "original"], ...rows, ["all", sum(1), sum(2), sum(3), sum(4)]];
  for (const [name = "", ...figures] of all) {
    const cells = figures.map((figure) => String(figure).padStart(9));
    process.stdout.write(`${String(name).padEnd(22)}${cells.join("")}\n`);
  }
}

const [from] = positionals;
if (from === undefined) throw new Error("usage: node bench/breakages.ts <project> [--config tsconfig.json] [--seed 1] [--count 176]");
await main(from);
