/**
 * Runs the vendors' own command lines through stet's engines, in the sandbox, against a scripted provider on loopback, and writes
 * what they print to test/recorded/. By hand, since their packages are 800 MB:
 *
 *   npm install --ignore-scripts @anthropic-ai/claude-code @openai/codex      in an empty folder
 *   node test/vendors/record.ts <that folder> [ok|limited|unauthorized]
 *
 * `ok` writes the recordings; the others show how a provider that turns them away is told.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { engine as claude } from "../../src/agents/claude.ts";
import { engine as codex } from "../../src/agents/codex.ts";
import type { Engine } from "../../src/domain/engine.ts";
import type { Workspace } from "../../src/domain/workspace.ts";
import { containedWorktree, meansOf } from "../support/engines.ts";
import { ground } from "../support/kit.ts";
import { ScriptedProvider, type Received, type Reply } from "../support/provider.ts";
import { packageRoot } from "../support/workspace.ts";

const [, , folder = "", outcome = "ok"] = process.argv;
const MADE = "export const three = 3;\n";
const SAID = "All done, three is there.";

function events(list: readonly Record<string, unknown>[]): Reply {
  const body = list.map((data) => `event: ${String(data["type"])}\ndata: ${JSON.stringify(data)}\n\n`).join("");
  return { headers: { "content-type": "text/event-stream" }, body };
}

/** Anthropic's: writes the file first, and is through when it hears of it. */
function messages(root: string, { text, body }: Received): Reply {
  const isTold = text.includes("tool_result");
  const block = isTold ? { type: "text", text: "" } : { type: "tool_use", id: "toolu_1", name: "Write", input: {} };
  const input = JSON.stringify({ file_path: join(root, "src/three.ts"), content: MADE });
  const delta = isTold ? { type: "text_delta", text: SAID } : { type: "input_json_delta", partial_json: input };
  const start = { id: "m", type: "message", role: "assistant", model: body["model"], content: [], stop_reason: null, stop_sequence: null, usage: { input_tokens: 10, output_tokens: 1 } };
  return events([
    { type: "message_start", message: start },
    { type: "content_block_start", index: 0, content_block: block },
    { type: "content_block_delta", index: 0, delta },
    { type: "content_block_stop", index: 0 },
    { type: "message_delta", delta: { stop_reason: isTold ? "end_turn" : "tool_use", stop_sequence: null }, usage: { output_tokens: 5 } },
    { type: "message_stop" },
  ]);
}

/** OpenAI's: as that, by a command. */
function responses({ body }: Received): Reply {
  const input = body["input"] as readonly { type: string }[];
  const isTold = /output$/.test(input.at(-1)?.type ?? "");
  const call = { type: "function_call", id: "f", call_id: "c", name: "exec_command", arguments: JSON.stringify({ cmd: `printf '${MADE.trim()}\\n' > src/three.ts` }) };
  const message = { type: "message", role: "assistant", id: "m", content: [{ type: "output_text", text: SAID, annotations: [] }] };
  const usage = { input_tokens: 10, input_tokens_details: { cached_tokens: 0 }, output_tokens: 5, output_tokens_details: { reasoning_tokens: 0 }, total_tokens: 15 };
  return events([
    { type: "response.created", response: { id: "r" } },
    { type: "response.output_item.done", output_index: 0, item: isTold ? message : call },
    { type: "response.completed", response: { id: "r", usage } },
  ]);
}

const FAULTS: Readonly<Record<string, Reply>> = {
  limited: { status: 429, headers: { "retry-after": "1" }, body: { type: "error", error: { type: "rate_limit_error", message: "slow down" } } },
  unauthorized: { status: 401, body: { type: "error", error: { type: "authentication_error", message: "invalid key" } } },
};

using place = await ground({ "src/a.ts": "export const one = 1;\n" });
const worktree = await containedWorktree(place);
const root = (await worktree.open(place.tree)).root;
await using provider = await ScriptedProvider.start((request) => FAULTS[outcome] ?? (request.path.includes("/messages") ? messages(root, request) : responses(request)));
const keys = { ANTHROPIC_API_KEY: "sk-loopback", ANTHROPIC_BASE_URL: provider.url, OPENAI_API_KEY: "sk-loopback", OPENAI_BASE_URL: `${provider.url}/v1` };
const means = meansOf({ environment: keys });
const modules = join(folder, "node_modules");

/** The native program, where the package's own script has not put it in place. */
const CLAUDE = join(modules, `@anthropic-ai/claude-code-${process.platform}-${process.arch}/claude`);
const engines: readonly Engine[] = [
  claude.open({ name: "claude", use: "claude", program: CLAUDE }, means),
  codex.open({ name: "codex", use: "codex", program: join(modules, "@openai/codex/bin/codex.js") }, means),
];

for (const engine of engines) {
  const workspace = await worktree.open(place.tree);
  const report = await engine.run(recording(workspace, engine.name), "Add three.", { timeoutMs: 120_000 });
  const made = join(root, "src/three.ts");
  process.stdout.write(`${engine.name}: ${JSON.stringify(report)}\n  ${provider.requests.length} requests so far; ${existsSync(made) ? JSON.stringify(readFileSync(made, "utf8")) : "no file"}\n`);
}

/** What is printed is kept, without this machine's paths. */
function recording(workspace: Workspace, name: string): Workspace {
  const run: Workspace["run"] = async (command) => {
    const found = await workspace.run(command);
    const text = found.stdout.replaceAll(workspace.root, "/project").replace(/"(?:\/tmp|\/home)\/[^"]*"/g, '"/home/file"').replace(/-tmp-[\w-]*/g, "-project");
    if (outcome === "ok") writeFileSync(join(packageRoot, `test/recorded/${name}.jsonl`), text);
    else process.stdout.write(`${text}${found.stderr}\n`);
    return found;
  };
  return { ...workspace, run };
}
