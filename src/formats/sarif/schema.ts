/**
 * The part of SARIF 2.1.0 (OASIS standard, 27 March 2020) that says what should change and where. Read leniently: a
 * property that is of no use here may be anything, and one that is broken costs its result, never the log.
 */
import { z } from "zod";

const count = z.number().int().min(0);
const ordinal = z.number().int().min(1);
const text = z.string().nullish().catch(undefined);

export const artifactLocation = z.object({ uri: z.string().nullish(), uriBaseId: z.string().nullish(), index: z.number().int().nullish() });

export const region = z.object({
  startLine: ordinal.nullish(),
  startColumn: ordinal.nullish(),
  endLine: ordinal.nullish(),
  endColumn: ordinal.nullish(),
  charOffset: z.number().int().min(-1).nullish(),
  charLength: count.nullish(),
  byteOffset: z.number().int().min(-1).nullish(),
  byteLength: count.nullish(),
});

export const message = z.object({ text, markdown: text, id: text, arguments: z.array(z.string()).nullish().catch(undefined) });

/** Some tools write a column 0, or no region that makes sense: the place is less exact then, the finding stands. */
export const location = z.object({
  physicalLocation: z.object({ artifactLocation, region: region.nullish().catch(undefined) }),
  message: message.nullish().catch(undefined),
});

const replacement = z.object({
  deletedRegion: region,
  insertedContent: z.object({ text: z.string().nullish(), binary: z.string().nullish() }).nullish(),
});

export const fix = z.object({
  description: message.nullish().catch(undefined),
  artifactChanges: z.array(z.object({ artifactLocation, replacements: z.array(replacement).min(1) })).min(1),
});

const fingerprints = z.record(z.string(), z.string()).nullish().catch(undefined);

export const result = z.object({
  ruleId: z.string().nullish(),
  ruleIndex: z.number().int().nullish(),
  rule: z.object({ id: text, index: z.number().int().nullish(), toolComponent: z.object({ index: z.number().int().nullish() }).nullish() }).nullish(),
  kind: text,
  message,
  locations: z.array(z.unknown()).nullish(),
  relatedLocations: z.array(z.unknown()).nullish().catch(undefined),
  fixes: z.array(z.unknown()).nullish(),
  suppressions: z.array(z.object({ status: text })).nullish(),
  baselineState: text,
  fingerprints,
  partialFingerprints: fingerprints,
});

const messages = z.record(z.string(), z.object({ text })).nullish().catch(undefined);
const rule = z.object({ id: text, messageStrings: messages, shortDescription: z.object({ text }).nullish().catch(undefined) }).catch({});
const component = z.object({ name: text, rules: z.array(rule).nullish().catch(undefined), globalMessageStrings: messages });
const artifact = z.object({ location: artifactLocation.nullish().catch(undefined), hashes: z.record(z.string(), z.string()).nullish().catch(undefined) }).catch({});

/** Whether the tool came to its end; a run may have several, such as one for each project. */
const invocation = z.object({ executionSuccessful: z.boolean().nullish().catch(undefined), exitCodeDescription: text }).catch({});

export const run = z.object({
  tool: z.object({ driver: component, extensions: z.array(component.catch({})).nullish().catch(undefined) }),
  results: z.array(z.unknown()).nullish(),
  invocations: z.array(invocation).nullish().catch(undefined),
  artifacts: z.array(artifact).nullish().catch(undefined),
  originalUriBaseIds: z.record(z.string(), artifactLocation.catch({})).nullish().catch(undefined),
  versionControlProvenance: z.array(z.object({ revisionId: text }).catch({})).nullish().catch(undefined),
  columnKind: z.enum(["utf16CodeUnits", "unicodeCodePoints"]).nullish().catch(undefined),
});

export const log = z.object({ version: z.string().nullish().catch(undefined), runs: z.array(z.unknown()) });

export type Run = z.infer<typeof run>;
export type Result = z.infer<typeof result>;
export type Region = z.infer<typeof region>;
export type Message = z.infer<typeof message>;
export type ArtifactLocation = z.infer<typeof artifactLocation>;
export type Fix = z.infer<typeof fix>;
