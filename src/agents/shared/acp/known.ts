/**
 * Agents that are known to speak ACP by a command of their own, with the variables that hold their keys. One is offered where
 * it is installed and one of its variables is set: an agent without a key would only fail.
 */
export interface KnownAgent {
  readonly name: string;
  readonly run: readonly string[];
  readonly env: readonly string[];
}

const ANTHROPIC = ["ANTHROPIC_API_KEY", "ANTHROPIC_BASE_URL"];
const OPENAI = ["OPENAI_API_KEY", "OPENAI_BASE_URL"];

export const KNOWN_AGENTS: readonly KnownAgent[] = [
  { name: "claude-acp", run: ["claude-agent-acp"], env: ANTHROPIC },
  { name: "codex-acp", run: ["codex-acp"], env: [...OPENAI, "CODEX_API_KEY"] },
  { name: "gemini", run: ["gemini", "--experimental-acp"], env: ["GEMINI_API_KEY", "GOOGLE_API_KEY"] },
  { name: "qwen", run: ["qwen", "--experimental-acp"], env: OPENAI },
  { name: "opencode", run: ["opencode", "acp"], env: [...ANTHROPIC, ...OPENAI, "OPENROUTER_API_KEY"] },
  { name: "goose", run: ["goose", "acp"], env: ["GOOSE_PROVIDER", "GOOSE_MODEL", ...ANTHROPIC, ...OPENAI, "OPENROUTER_API_KEY"] },
];
