/**
 * `node examples/build.ts`: `examples/notes` is built from an empty repository to its last part, four times: by the built-in loop
 * and by an agent that speaks ACP, to a bare remote and a scripted GitHub or GitLab on loopback, once killed with -9 three times on
 * the way. Prints what each came to, and fails where a chunk or a pull request is missing or there twice, or a commit's own check is
 * red in a fresh clone. No model is asked: what the loop is told was written by hand, and is replayed from a tape.
 */
import { byAgent, recorded, replayedAndKilled, type Figures } from "../test/support/notes-builds.ts";

/** The check of the commit that a run starts from is no chunk's. */
const BASELINE = 1;

function row(name: string, figures: Figures): string[] {
  const { commits, parts, checks, turns, seconds, engineSeconds, checkSeconds } = figures;
  const own = seconds - engineSeconds - checkSeconds;
  const sizes = parts.map((part) => `${part.lines}/${part.commits}`).join(" ");
  return [name, String(commits), sizes, ((checks - BASELINE) / commits).toFixed(1), String(turns), seconds.toFixed(1), engineSeconds.toFixed(1), checkSeconds.toFixed(1), (own / commits).toFixed(2)];
}

const HEADINGS = ["", "chunks landed", "parts (lines/commits)", "checks a chunk", "engine turns", "seconds", "of engines", "of checks", "stet's own a chunk"];

const { tape, ...first } = await recorded("github");
const rows = [HEADINGS, row("built-in, GitHub", first)];
rows.push(row("built-in, GitLab, killed 3 times", await replayedAndKilled(tape, "gitlab")));
rows.push(row("built-in, GitHub, killed 3 times", await replayedAndKilled(tape, "github")));
rows.push(row("ACP agent, GitLab", await byAgent("gitlab")));

const widths = HEADINGS.map((_, column) => Math.max(...rows.map((cells) => cells[column]?.length ?? 0)));
for (const cells of rows) process.stdout.write(`${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ").trimEnd()}\n`);
process.stdout.write("\n✓ Each chunk landed once, each part has one pull request, and each commit's own check is green in a fresh clone.\n");
