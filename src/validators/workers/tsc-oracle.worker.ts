/**
 * The half of the TypeScript oracle that stays in the sandbox, where the project's dependencies are visible. Answers
 * each line on stdin with a line on stdout, and touches nothing. It ends when its input does.
 */
import { createInterface } from "node:readline";
import { openProjects } from "./oracle/engine.ts";
import { Looker } from "./oracle/look.ts";
import { question, type Answer, type Question } from "./oracle/protocol.ts";
import { UnsupportedFault } from "./oracle/view.ts";

const lookers = new Map<Question["engine"], Promise<Looker>>();

async function look(asked: Question): Promise<Answer> {
  const looker = lookers.get(asked.engine) ?? openProjects(asked).then((disk) => new Looker(disk));
  lookers.set(asked.engine, looker);
  try {
    return await (await looker).look(asked);
  } catch (error) {
    if (error instanceof UnsupportedFault) return { unknown: "unsupported" };
    throw error;
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(await look(question.parse(JSON.parse(line))))}\n`);
}
