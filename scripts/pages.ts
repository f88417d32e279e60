/** Writes the docs pages of the plug-in folders, from what each plug-in says of itself. Knows no plug-in by name. */
import { z } from "zod";
import type { Description, Room } from "./plugins.ts";

/** Who reads these pages wants to know what can stop, judge or propose a change, before the list of who does. */
const HEADS: Readonly<Record<Room["kind"], string>> = {
  gate: `# Gates

A gate is a pure rule that can refuse a proposal before anything is run. It sees the proposal, the base texts that the
proposal touches and the policy, and nothing else; it runs nothing. A proposal goes to a trial only if no gate has
anything against it.

A repository's own files can only tighten the gates. What loosens them is said by a person on the command line:
\`--allow-path <glob>\` exempts paths, \`--allow <gate>\` switches a gate off for one run.
`,
  validator: `# Validators

A validator reads one tree with one of the project's own tools and gives findings, or says that it could not tell. What
could not be told is *unclear*, and unclear never lands.

Checks are detected, or stated in \`stet.config.json\` under \`checks\`: each has a \`name\`, the validator to \`use\`, and the
validator's options below. Common to all are \`timeoutMs\` (one reading's time) and \`network\` (whether the check may reach
the network, \`false\` by default). A proposal that touches a file which defines a check is refused.

While a search for the green part of a change goes on, a check is asked in its **narrow form** where it has one: the changed
files alone, or the tests that belong to them (by the runner's own import graph, or by names: \`related\`). Where the narrow
form cannot tell, the whole check is asked. Nothing lands before every check has read the whole tree itself.
`,
  proposer: `# Proposers

A proposer makes proposals for findings: complete sets of edits, in order of preference. It never judges and never lands
them. Proposers stand on the rungs of a ladder; the cheap and mechanical ones stand on 0 and are asked first.
`,
  source: `# Sources

A source reads one format of findings that others made: reviewers, scanners, people. What an input is, is told by how it
begins; \`--format\` says it for all inputs. \`-\` is standard input. What cannot be read is named with its place and left out,
and everything else is read; what a format itself calls settled (suppressed, absent, outdated) is left as that.

A suggestion is tried if nothing speaks against it, in this order: its file is tracked, a text, and what was looked at where
the source says what that was; and for review rows, which must vouch for themselves, tier, \`confidence_avg\` (90 at least) and
\`confidence_min\` (70 at least): nothing but a number from 0 to 100 passes. SARIF, rdjson and review comments state no
confidence, and are not held to one: the trial judges them. Then come denied paths, and the bound on files, the most trusted
first. What several sources say (the same place, rule and message) is one finding. Only the latest review of a file holds, by
\`reviewed_at\`; of two at the same moment, the one that was read last. [Review rows](review-rows.md) has their fields.

Bounds: 8 MiB a line, 64 MiB a document that is read whole, 1 GiB an input. A folder, a pipe or a device is no input, unless it
is standard input.
`,
  reader: `# Specs

A spec is a plan that stands in the repository: \`stet build\` makes its tasks real, one after the other ([build](build.md)). Each
way of writing plans down has a reader here; what a file is, is told by its path. A file that is named on the command line
and that no other reader knows is read as Markdown with checkboxes.

All readers give the same tasks: a title, what stands below it, the tasks to be done before, the files that it names, how one
can tell that it is done, and the place where the spec says so. An id follows from the task's words and its headings: it stays
when the task moves, is numbered anew or is ticked, and changes with what it asks for. Equal tasks are counted.

A task waits for others where the format says so, and where its words do: \`depends on T012, T013\`, \`blocked by 2.1\`. A box
that stands above others is ticked with the last of them. Front matter may give a \`title\` and a \`status\`: what is a draft,
done, rejected, superseded or archived is not found by itself, and is built only when it is named.

A spec is refused, with file and line: where \`[NEEDS CLARIFICATION]\` stands in it or in the files that belong to it (code and
comments aside), where its front matter or its JSON cannot be read, where a task waits for one that is not there, where tasks
wait for one another in a circle, where it has no task at all (a model may cut it all the same: [build](build.md#cut-by-a-model)). Bounds: a million characters of Markdown, 20 million of JSON, 20 levels of lists.
`,
  engine: `# Engines

An engine does a task of a spec: it reads, writes and runs in a worktree of stet's own, and ends. What it says of its work
decides nothing. Only the difference that it leaves in the worktree counts, and that goes through the gates and the trial like
any other proposal: "done" with no change is no change, and a deleted test is a vanished test.

## What holds it

It runs in the same sandbox as checks do, with the network, since its model is there, and with the keys that are named for it and
no other variable of yours. Its home folder is empty and gone afterwards. It sees its own installation read-only, and of your
files nothing but the worktree. The \`.git\` that it finds is a decoy: commits, branches, hooks and configuration that it makes
lead nowhere, and a repository that it makes inside is a folder like any other. At its deadline, and when the run ends, it and
all that it has started are ended. Its output is bounded (64 MiB), and so is what is kept of its words: 2,000 characters without
secrets, control and invisible characters.

What is not held: commands that an engine runs see its key and its network, so a test that it runs could send the key away. What
tools keep from one tree to the next (cargo's target folder) is the engine's as well as the checks'. Where stet's sandbox is not
bubblewrap (\`stet doctor\` says so), an engine can write wherever you can; Codex then uses its own sandbox.

## Which one, and in what order

\`--engine <name>\` names one, and again for the next that stands in. Without it a named model (\`--model\`) works through
\`builtin\`, and nobody else is asked; without a model those are used that are installed and have a key in the environment, in
this order: \`claude\`, \`codex\`, the known ACP agents. The first one works; one whose provider has no room left is dropped for
the rest of the run, and the next takes over. \`engines\` in the configuration states a list of its own, in its order:

\`\`\`json
{
  "engines": [
    { "use": "claude", "model": "sonnet" },
    { "use": "acp", "name": "mine", "run": ["my-agent", "--acp"], "env": ["MY_AGENT_KEY"] },
    { "use": "builtin" }
  ]
}
\`\`\`

A repository's own file would so decide which program gets your keys, so that list counts only where you say so:
\`--configured-engines\`, or \`STET_CONFIGURED_ENGINES=1\` for all of your runs. A login that a program keeps in your home folder is
not seen; it needs its key in the environment (\`claude setup-token\` makes one for \`CLAUDE_CODE_OAUTH_TOKEN\`).

An engine may state \`contextTokens\`, the tokens that it can attend to at once: the smallest of a build's decides how large a chunk
may be ([build](build.md#from-tasks-to-chunks)).

Commands that an engine may run without asking are those of the project's checks. Claude Code is started with its list of tools and
none of the repository's settings, hooks or servers; whatever would be asked does not happen. An ACP agent that asks is answered by
rule: reading, editing, searching and running in the worktree once, never for always; fetching and changes of its mode not at all.

## What was tried

The suite runs a scripted program that speaks as each of them does, in the sandbox, and reads recorded output of the real command
lines. Those recordings were made by hand (\`test/vendors/record.ts\`) with Claude Code 2.1.332 and Codex 0.171.0 from the npm registry, in
stet's sandbox, against a scripted provider on loopback, which answered, had no room (429) or took no key (401); their packages
(800 MB) are not installed for the suite. No real account was asked, and of the ACP agents
that are known by name none was installed here.
`,
};

/** The whole page of one room. */
export function pageText(room: Room, plugins: readonly Description[]): string {
  const note = `<!-- Generated by scripts/generate.ts from src/${room.folder}/. -->\n`;
  const parts = [note + HEADS[room.kind], overview(room, plugins)];
  if (room.kind === "validator" || room.kind === "engine") parts.push(...plugins.map((one) => section(one, room.kind)));
  return parts.join("\n");
}

function overview(room: Room, plugins: readonly Description[]): string {
  if (plugins.length === 0) return `There is no ${room.kind} yet.\n`;
  const rung = room.kind === "proposer";
  const narrow = room.kind === "validator";
  const rows = plugins.map((one) => [code(one.name), ...(rung ? [String(one.rung ?? 0)] : []), ...(narrow ? [one.narrow ?? "none"] : []), one.summary]);
  return table([[room.kind, ...(rung ? ["rung"] : []), ...(narrow ? ["narrow form"] : []), "what it does"], ...rows]);
}

function section({ name, summary, protects, options }: Description, kind: Room["kind"]): string {
  const shape = property(z.toJSONSchema(z.object(options), { io: "input", unrepresentable: "any" }));
  const settings = Object.keys(shape.properties ?? {}).length > 0 ? settingsTable(shape) : "It has no options of its own.\n";
  const guarded = protects.length > 0 ? protects.map(code).join(", ") : "no file of its own";
  return `## ${name}\n\n${summary}\n\n${kind === "validator" ? `Protects: ${guarded}.\n\n` : ""}${settings}`;
}

/** The properties of an object, a row each. */
export function settingsTable(shape: Property): string {
  const rows = Object.entries(shape.properties ?? {}).map(([option, value]) => optionRow(option, property(value), shape));
  return table([["option", "type", "default", "meaning"], ...rows]);
}

/** The part of JSON Schema that options use. */
const schema = z.looseObject({
  type: z.union([z.string(), z.array(z.string())]).optional(),
  enum: z.array(z.unknown()).optional(),
  const: z.unknown().optional(),
  items: z.unknown().optional(),
  anyOf: z.array(z.unknown()).optional(),
  default: z.unknown().optional(),
  description: z.string().optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  required: z.array(z.string()).optional(),
});
export type Property = z.infer<typeof schema>;

export function property(value: unknown): Property {
  return schema.parse(value);
}

function optionRow(option: string, value: Property, shape: Property): string[] {
  const required = shape.required?.includes(option) === true;
  const standard = value.default === undefined ? "" : code(JSON.stringify(value.default));
  return [code(option), typeOf(value), required ? "required" : standard, value.description ?? ""];
}

function typeOf(value: Property): string {
  if (value.enum) return value.enum.map((one) => code(JSON.stringify(one))).join(" or ");
  if (value.const !== undefined) return code(JSON.stringify(value.const));
  if (value.anyOf) return [...new Set(value.anyOf.map((one) => typeOf(property(one))))].join(" or ");
  if (value.items !== undefined) return `list of ${typeOf(property(value.items))}`;
  return [value.type ?? "any"].flat().join(" or ");
}

export function table(rows: readonly (readonly string[])[]): string {
  const [head = [], ...body] = rows;
  return [head, head.map(() => "---"), ...body].map((cells) => `| ${cells.map(cell).join(" | ")} |\n`).join("");
}

function cell(text: string): string {
  return text.replace(/\s+/g, " ").replaceAll("|", "\\|");
}

export function code(text: string): string {
  return `\`${text}\``;
}
