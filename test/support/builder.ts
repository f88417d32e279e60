/** A model that builds what a table says: for each task, by words of its title, the files that it writes in each attempt. */
import { openaiReply, type Received, type Reply } from "./provider.ts";

export type Files = Readonly<Record<string, string>>;

/** By a part of the title; a list has one for each attempt, and the last one goes on. */
export type Plan = Readonly<Record<string, Files | readonly Files[] | "gives up" | "nothing">>;

export interface ScriptedBuilder {
  readonly answer: (request: Received) => Reply;
  /** What was asked, in order: `task <words>`, `fix <words>` or `review <words>`. */
  readonly asked: readonly string[];
}

/** `objections`: by the words of a title, what the second look says the first time. */
export function scriptedBuilder(plan: Plan, objections: Readonly<Record<string, string>> = {}): ScriptedBuilder {
  const asked: string[] = [];
  const attempts = new Map<string, number>();
  return {
    asked,
    answer({ body }) {
      const messages = body["messages"] as { role: string; content: unknown }[];
      const prompt = JSON.stringify(messages.find(({ role }) => role === "user")?.content);
      const words = Object.keys(plan).find((one) => prompt.includes(one)) ?? "";
      const isFirst = !messages.some(({ role }) => role === "assistant");
      if (/Look at a change/.test(prompt)) {
        asked.push(`review ${words}`);
        return call("finish", { summary: objections[words] ?? "NO OBJECTIONS" });
      }
      if (!isFirst) return call("finish", { summary: `Did ${words}.` });
      const attempt = attempts.get(words) ?? 0;
      attempts.set(words, attempt + 1);
      asked.push(`${/was not accepted/.test(prompt) ? "fix" : "task"} ${words}`);
      const entry = plan[words];
      if (entry === undefined || entry === "gives up") return call("give_up", { reason: "It cannot be done." });
      if (entry === "nothing") return call("finish", { summary: "Done!" });
      const files = (Array.isArray(entry) ? (entry[Math.min(attempt, entry.length - 1)] as Files) : (entry as Files));
      return openaiReply({ calls: Object.entries(files).map(([path, content]) => ({ name: "write_file", input: { path, content } })) });
    },
  };
}

function call(name: string, input: unknown): Reply {
  return openaiReply({ calls: [{ name, input }] });
}
