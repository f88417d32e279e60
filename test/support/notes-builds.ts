/**
 * Builds examples/notes: by the built-in loop with a scripted model, by the same loop replayed from its tape and killed on the
 * way, and by an agent that speaks ACP. Each gives what was measured of it.
 */
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { canonical, type Tape } from "../../src/llm/tape.ts";
import { scriptedBuilder } from "./builder.ts";
import type { Run } from "./cli.ts";
import { NOTES } from "./notes.ts";
import { NotesScene, type ForgeKind, type Part } from "./notes-scene.ts";
import { ScriptedProvider, taped, type Received, type Reply } from "./provider.ts";
import { packageRoot } from "./workspace.ts";

export interface Figures {
  readonly engine: string;
  readonly forge: ForgeKind;
  readonly kills: number;
  /** Of which each was checked out of a fresh clone, and its own check is green. */
  readonly commits: number;
  readonly parts: readonly Part[];
  /** Times that the check was really run. */
  readonly checks: number;
  /** Turns that engines had: tasks, attempts to mend, second looks. */
  readonly turns: number;
  /** Of the whole, from the first start to the last end. */
  readonly seconds: number;
  readonly engineSeconds: number;
  readonly checkSeconds: number;
}

interface Told {
  readonly type: string;
  readonly cached?: boolean;
  readonly durationMs?: number;
}

/** A run that was killed may have written half of its last line. */
function eventsOf({ stdout }: Run): Told[] {
  const whole = stdout.split("\n").slice(0, -1).filter((line) => line !== "");
  return whole.map((line) => JSON.parse(line) as Told);
}

function measured(runs: readonly Run[], startedMs: number): Pick<Figures, "checks" | "turns" | "seconds" | "engineSeconds" | "checkSeconds"> {
  const seconds = (performance.now() - startedMs) / 1_000;
  const events = runs.flatMap(eventsOf);
  const engines = events.filter(({ type }) => type === "engine-ended");
  const checks = events.filter(({ type, cached }) => type === "check-ended" && cached === false);
  const sum = (of: readonly Told[]): number => of.reduce((total, { durationMs = 0 }) => total + durationMs, 0) / 1_000;
  return { checks: checks.length, turns: engines.length, seconds, engineSeconds: sum(engines), checkSeconds: sum(checks) };
}

const model = ({ url }: ScriptedProvider): string[] => ["--model", `compatible:${url}#m`];

function settled(run: Run): Run {
  assert.equal(run.code, 0, run.stdout + run.stderr);
  return run;
}

/** Nobody disturbs it. Everything that was asked and said is on the tape. `checksEach`: whether each commit is checked by hand, too. */
export async function recorded(forge: ForgeKind, { checksEach = true } = {}): Promise<Figures & { readonly tape: Tape }> {
  const { answer } = scriptedBuilder(NOTES);
  const said: Reply[] = [];
  await using provider = await ScriptedProvider.start((request) => (said[provider.requests.length - 1] = answer(request)));
  await using scene = await NotesScene.start(forge);
  const startedMs = performance.now();
  const run = settled(await scene.start(model(provider)).run);
  const figures = measured([run], startedMs);
  return { engine: "builtin", forge, kills: 0, ...figures, parts: scene.held(), commits: checksEach ? scene.checkEach() : 0, tape: taped(provider.requests, (_, index) => said[index] ?? {}) };
}

/** What was asked before may be asked again by a run whose answer was lost; anything else is not on the tape. */
function player({ rows }: Tape): (request: Received) => Reply {
  return ({ path, text }) => {
    const row = rows.find(({ request }) => request.path === path && canonical(request.body) === canonical(text));
    return row ? { status: row.response.status, headers: row.response.headers, body: row.response.body } : { status: 400, body: { error: { message: "not on the tape" } } };
  };
}

/** Killed with -9 where it asks for the third time and again some questions later; then when its first pull request is opened. */
export async function replayedAndKilled(tape: Tape, forge: ForgeKind): Promise<Figures> {
  const play = player(tape);
  await using scene = await NotesScene.start(forge);
  let kill = (): void => undefined;
  let killAt = Infinity;
  await using provider = await ScriptedProvider.start((request, index) => {
    if (index + 1 === killAt) kill();
    return play(request);
  });
  const runs: Run[] = [];
  const start = async (): Promise<Run> => {
    const { child, run } = scene.start(model(provider));
    kill = () => void child.kill("SIGKILL");
    runs.push(await run);
    return await run;
  };
  const startedMs = performance.now();
  for (const later of [3, 6]) {
    killAt = provider.requests.length + later;
    assert.equal((await start()).code, null);
  }
  killAt = Infinity;
  // The forge has opened the pull request, and nobody hears of it.
  const watch = setInterval(() => {
    if (scene.forge.pulls.length > 0) kill();
  }, 1);
  const third = await start();
  clearInterval(watch);
  assert.equal(third.code, null, third.stderr);
  settled(await start());
  return { engine: "builtin", forge, kills: 3, ...measured(runs, startedMs), parts: scene.held(), commits: scene.checkEach() };
}

/** A process of its own for each turn, in the sandbox; no model is asked. */
export async function byAgent(forge: ForgeKind): Promise<Figures> {
  await using scene = await NotesScene.start(forge);
  const config = join(scene.at.cache, "agent.json");
  const { checks } = JSON.parse(readFileSync(join(scene.at.root, "stet.config.json"), "utf8")) as { checks: unknown };
  writeFileSync(config, JSON.stringify({ checks, engines: [{ name: "agent", use: "acp", run: [join(packageRoot, "test/support/notes-agent.ts")], env: ["NOTES_PLAN"] }] }));
  const startedMs = performance.now();
  const run = settled(await scene.start(["--configured-engines", "--config", config], { NOTES_PLAN: JSON.stringify(NOTES) }).run);
  return { engine: "acp", forge, kills: 0, ...measured([run], startedMs), parts: scene.held(), commits: scene.checkEach() };
}
