/**
 * A run's own folder in `.stet/runs/<id>/`: its log as it goes, `run.json` and `report.md` when it ends; and `latest.log`,
 * which leads to the log of the last run. All of it is for reading; the ledger is what counts, so a folder that cannot be
 * written does not stop a run.
 */
import { join } from "node:path";
import type { Event, Listener } from "../domain/event.ts";
import { foldRun } from "../ledger/fold.ts";
import type { Ledger } from "../ledger/ledger.ts";
import { runJson } from "../report/json.ts";
import { runMarkdown } from "../report/markdown.ts";
import { safeJson } from "../report/plain.ts";
import { progress } from "../report/progress.ts";
import { verdictLine } from "../report/verdict-line.ts";
import { isoTime, systemClock } from "../system/clock.ts";
import { appendText, ensureFolder, replaceLink, writeWhole } from "../system/files.ts";
import { redact } from "../system/secrets.ts";

export interface Record {
  readonly listen: Listener;
  /** Writes what the ledger knows of the run by now. */
  close(): Promise<void>;
}

export async function openRecord(stateDir: string, run: string, ledger: Ledger): Promise<Record> {
  const folder = join(stateDir, "runs", run);
  const log = join(folder, "log");
  const write = (text: string): void => appendText(log, `${isoTime(systemClock.now())} ${redact(text)}`);
  await lenient(async () => {
    await ensureFolder(folder);
    write(`run ${run}, process ${process.pid}\n`);
    await replaceLink(join(stateDir, "latest.log"), join("runs", run, "log"));
  });
  const lines = progress({ write, isTTY: false, columns: 120, now: () => systemClock.now() });
  const listen = (event: Event): void => {
    lines(event);
    if (event.type === "verdict") write(`${verdictLine(event.verdict)}\n`);
  };
  const close = (): Promise<void> =>
    lenient(async () => {
      const state = await foldRun(ledger, run);
      if (!state) return;
      await writeWhole(join(folder, "run.json"), `${safeJson(runJson(state))}\n`);
      await writeWhole(join(folder, "report.md"), `${runMarkdown(state)}\n`);
    });
  return { listen, close };
}

async function lenient(work: () => Promise<void>): Promise<void> {
  await work().catch(() => undefined);
}
