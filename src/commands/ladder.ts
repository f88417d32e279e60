/**
 * The upper rungs: from the names of models to proposers that may spend the run's budget. A configuration may name models
 * of known providers and lower the budget, but whoever runs stet has to say that they may be asked: their code goes there,
 * and their key pays. A gateway's address, which would get the key, is never taken from a file.
 */
import { join } from "node:path";
import type { Listener } from "../domain/event.ts";
import { EXIT, Problem } from "../domain/problem.ts";
import type { Proposer } from "../domain/plugin.ts";
import { reason, type Reason } from "../domain/reason.ts";
import { Budget, type Limits, type Spent } from "../llm/budget.ts";
import { openClient, type CallRecord, type ModelClient } from "../llm/client.ts";
import { connect } from "../llm/connection.ts";
import type { ModelFault } from "../llm/fault.ts";
import { keptAnswers } from "../llm/kept-answers.ts";
import { masked } from "../system/endpoint.ts";
import { parseModelName, type ModelName } from "../llm/name.ts";
import { KEY_VARIABLES } from "../llm/providers.ts";
import { priceOf } from "../llm/prices.ts";
import { proposer as agentKind } from "../proposers/agent.ts";
import { proposer as model } from "../proposers/model.ts";
import type { ProposerKind } from "../proposers/shared/kind.ts";
import { systemClock } from "../system/clock.ts";
import { cacheRoot } from "../system/files.ts";
import type { Base } from "./base.ts";
import type { BeginOptions } from "./begin-run.ts";
import { atLeast, limitsOf, type LadderConfig } from "./ladder-config.ts";

export interface Ladder {
  readonly proposers: readonly Proposer[];
  /** Of the first rung, for whoever asks by itself; undefined where no model was named. */
  readonly client: ModelClient | undefined;
  /** Models that the configuration names, where nobody said that they may be asked. */
  readonly unasked: readonly string[];
  /** The full names of all models that may be asked, those that stand in for others too. */
  readonly models: readonly string[];
  /** What all calls of the run have cost so far. */
  readonly spent: Spent;
  /** Whether there are models, and none of a rung may be asked any more. */
  readonly isSpent: boolean;
}

export interface LadderOptions {
  /** What the command line says: each a rung, with commas between models that stand in for one another; false for none. */
  readonly models: readonly string[] | false;
  /** The model of the topmost rung, where the command line names one. */
  readonly agent?: string;
  /** What the command line says of the budget; it may raise it, too. */
  readonly limits: Partial<Limits>;
  readonly config: LadderConfig;
  /** Whether the models that the configuration names may be asked. */
  readonly asksConfigured: boolean;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** stet's cache folder, for answers. */
  readonly folder: string;
  readonly notice: (reason: Reason) => void;
  readonly onCall: (call: CallRecord) => void;
  /** Hears of a model that is left out of the rest of the run. */
  readonly onLeft?: (fault: ModelFault) => void;
}

const ASKING: ReadonlySet<string> = new Set(["repair", "apply", "build"]);

/** Says for all of a user's runs what `--configured-models` says for one. */
const CONSENT_VARIABLE = "STET_CONFIGURED_MODELS";

/** What a run's options and the base's configuration ask for. */
export function openLadderFor(
  { command, common }: Pick<BeginOptions, "command" | "common">,
  base: Base,
  { listen, onCall, onLeft }: Pick<LadderOptions, "onCall" | "onLeft"> & { readonly listen: Listener },
): Ladder {
  const { model: named = [], agent, configuredModels, maxUsd, maxTokens, maxRequests } = common;
  return openLadder({
    // Only these ask proposers; elsewhere the ladder of the configuration means nothing.
    models: ASKING.has(command) ? named : false,
    ...(agent !== undefined && { agent }),
    limits: { ...(maxUsd !== undefined && { maxUsd }), ...(maxTokens !== undefined && { maxTokens }), ...(maxRequests !== undefined && { maxRequests }) },
    config: base.config,
    asksConfigured: configuredModels ?? process.env[CONSENT_VARIABLE] === "1",
    environment: process.env,
    folder: cacheRoot(),
    notice: (why) => listen({ type: "notice", reason: why }),
    onCall,
    ...(onLeft && { onLeft }),
  });
}

/** Throws `Problem` (64, 77, 78) for names that mean nothing and addresses that may not have a key. */
export function openLadder(options: LadderOptions): Ladder {
  const budget = new Budget({ ...limitsOf(options.config.budget), ...options.limits });
  const named = rungsOf(options);
  const opened = named.map(({ names, kind }, index) => {
    const client = clientFor(names, budget, options);
    const name = `${kind.name} ${names[0]?.text ?? ""}`;
    return { client, proposer: kind.open({ client, rung: Math.max(kind.rung, model.rung + index), name }) };
  });
  return {
    proposers: opened.map(({ proposer }) => proposer),
    client: opened[0]?.client,
    models: [...new Set(named.flatMap(({ names }) => names.map(({ text }) => text)))],
    unasked: unaskedOf(options),
    get spent() {
      return budget.spent;
    },
    get isSpent() {
      return opened.some(({ client }) => client.standing.length === 0);
    },
  };
}

interface RungNames {
  readonly names: readonly ModelName[];
  readonly kind: ProposerKind;
}

/** Lowest first, the agent on top. The command line's words stand in for the repository's. */
function rungsOf(options: LadderOptions): RungNames[] {
  const { models, agent } = options;
  if (models === false) return [];
  const isAsked = models.length > 0 || agent !== undefined;
  if (!isAsked && !options.asksConfigured) return [];
  const { config } = options;
  if (!isAsked) return rungs((config.ladder ?? []).map(fromRepository), config.agent === undefined ? [] : [fromRepository(config.agent)]);
  return rungs(models.map(fromCommandLine), agent === undefined ? [] : [fromCommandLine(agent)]);
}

/** Models that the configuration names and that nobody said may be asked, as far as they may be shown. */
function unaskedOf({ models, agent, config, asksConfigured }: LadderOptions): string[] {
  if (models === false || models.length > 0 || agent !== undefined || asksConfigured) return [];
  return [config.ladder ?? [], config.agent ?? []].flat(2).map(masked);
}

function rungs(names: readonly (readonly ModelName[])[], agents: readonly (readonly ModelName[])[]): RungNames[] {
  return [...names.map((rung) => ({ names: rung, kind: model })), ...agents.map((rung) => ({ names: rung, kind: agentKind }))];
}

function clientFor(names: readonly ModelName[], budget: Budget, { config, environment, folder, notice, onCall, onLeft }: LadderOptions): ModelClient {
  const client = openClient({
    connections: names.map((name) => connect(name, { environment, now: () => systemClock.now() })),
    budget,
    priceOf: ({ name }) => priceOf(name, atLeast(config.prices)),
    now: () => systemClock.now(),
    random: () => systemClock.chance(),
    onCall,
    onWait: ({ model: waits, ms, fault }) => notice(reason("model", "model-waits", { model: waits, seconds: Math.ceil(ms / 1_000), kind: fault.kind })),
    onLeft: (fault) => {
      notice(reason("model", "model-left", { model: fault.model, kind: fault.kind, detail: fault.detail }));
      onLeft?.(fault);
    },
  });
  return keptAnswers(client, join(folder, "model-answers"));
}

/** A check that sees a key can send it anywhere: throws `Problem` (77). */
export function refuseKeys(passEnv: readonly string[]): void {
  const name = passEnv.find((one) => KEY_VARIABLES.includes(one));
  if (name !== undefined) throw new Problem("key-for-checks", { name }, EXIT.refused);
}

function fromCommandLine(rung: string): ModelName[] {
  return rung.split(",").map((name) => parseModelName(name.trim()));
}

function fromRepository(rung: string | readonly string[]): ModelName[] {
  return [rung].flat().map((text) => {
    const name = parseModelName(text);
    if (name.provider === "compatible") throw new Problem("gateway-in-config", { name: name.text }, EXIT.refused);
    return name;
  });
}
