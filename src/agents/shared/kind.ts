/** A way to have a task done by somebody with tools: the kinds of engines, and what stet hands them. */
import type { z } from "zod";
import type { Engine } from "../../domain/engine.ts";
import type { ModelClient } from "../../llm/client.ts";

/** An engine as configuration states it or detection finds it. */
export interface EngineDefinition {
  /** What reports call it; unique. */
  readonly name: string;
  /** The kind's name. */
  readonly use: string;
  readonly [option: string]: unknown;
}

/** What an engine may use of this machine. Nothing else of it reaches one. */
export interface Means {
  /** For engines that ask a model through stet itself. */
  readonly client?: ModelClient;
  /** Commands that an engine may run, each by its first words, e.g. `["npm", "test"]`. */
  readonly commands: readonly (readonly string[])[];
  /** Where keys are looked up; an engine gets those that it declares, and no other. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** A program's absolute path on the user's PATH, apart from what stands in the checkout. */
  readonly locate: (program: string) => string | undefined;
}

export interface EngineKind {
  readonly name: string;
  readonly summary: string;
  /** Where it stands among those that are found without configuration, lowest first. */
  readonly rank: number;
  /** Its options as a zod shape; `name` and `use` are common. */
  readonly options: Readonly<Record<string, z.ZodType>>;
  /** The engines of this kind that can be used here without configuration; a program that is installed, a key that is set. */
  detect(means: Means): readonly EngineDefinition[];
  /** Throws `Problem` (78) where it cannot be had. */
  open(definition: EngineDefinition, means: Means): Engine;
}
