/**
 * The upper rungs: from the names of models to proposers that may spend the run's budget. A repository's own file may name
 * models of known providers and lower the budget; a gateway's address, which would get the key, has to come from whoever
 * runs stet.
 */
import { join } from "node:path";
import type { Listener } from "../domain/event.ts";
import { EXIT, Problem } from "../domain/problem.ts";
import type { Proposer } from "../domain/plugin.ts";
import { reason, type Reason } from "../domain/reason.ts";
import { Budget, type Limits, type Spent } from "../llm/budget.ts";
import { openClient, type ModelClient } from "../llm/client.ts";
import { connect } from "../llm/connection.ts";
import type { ModelFault } from "../llm/fault.ts";
import { keptAnswers } from "../llm/kept-answers.ts";
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
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** stet's cache folder, for answers. */
  readonly folder: string;
  readonly notice: (reason: Reason) => void;
  /** Hears of a model that is left out of the rest of the run. */
  readonly onLeft?: (fault: ModelFault) => void;
}

/** What a run's options and the base's configuration ask for. */
export function openLadderFor({ command, common }: Pick<BeginOptions, "command" | "common">, base: Base, listen: Listener, onLeft: (fault: ModelFault) => void): Ladder {
  const { model: named = [], agent, maxUsd, maxTokens, maxRequests } = common;
  return openLadder({
    // Only a repair asks proposers; elsewhere the ladder of the configuration means nothing.
    models: command === "repair" ? named : false,
    ...(agent !== undefined && { agent }),
    limits: { ...(maxUsd !== undefined && { maxUsd }), ...(maxTokens !== undefined && { maxTokens }), ...(maxRequests !== undefined && { maxRequests }) },
    config: base.config,
    environment: process.env,
    folder: cacheRoot(),
    notice: (why) => listen({ type: "notice", reason: why }),
    onLeft,
  });
}

/** Throws `Problem` (64, 77, 78) for names that mean nothing and addresses that may not have a key. */
export function openLadder(options: LadderOptions): Ladder {
  const budget = new Budget({ ...limitsOf(options.config.budget), ...options.limits });
  const named = rungsOf(options);
  const rungs = named.map(({ names, kind }, index) => {
    const client = clientFor(names, budget, options);
    const name = `${kind.name} ${names[0]?.text ?? ""}`;
    return { client, proposer: kind.open({ client, rung: Math.max(kind.rung, model.rung + index), name }) };
  });
  return {
    proposers: rungs.map(({ proposer }) => proposer),
    models: [...new Set(named.flatMap(({ names }) => names.map(({ text }) => text)))],
    get spent() {
      return budget.spent;
    },
    get isSpent() {
      return rungs.some(({ client }) => client.standing.length === 0);
    },
  };
}

interface RungNames {
  readonly names: readonly ModelName[];
  readonly kind: ProposerKind;
}

/** Lowest first, the agent on top. The command line's words stand in for the repository's. */
function rungsOf({ models, agent, config }: LadderOptions): RungNames[] {
  if (models === false) return [];
  const asked = models.length > 0 || agent !== undefined;
  const names = asked ? models.map(fromCommandLine) : (config.ladder ?? []).map(fromRepository);
  const agents = agent !== undefined ? [fromCommandLine(agent)] : asked || config.agent === undefined ? [] : [fromRepository(config.agent)];
  return [...names.map((rung) => ({ names: rung, kind: model })), ...agents.map((rung) => ({ names: rung, kind: agentKind }))];
}

function clientFor(names: readonly ModelName[], budget: Budget, { config, environment, folder, notice, onLeft }: LadderOptions): ModelClient {
  const client = openClient({
    connections: names.map((name) => connect(name, { environment, now: () => systemClock.now() })),
    budget,
    priceOf: ({ name }) => priceOf(name, atLeast(config.prices)),
    now: () => systemClock.now(),
    random: () => systemClock.chance(),
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
