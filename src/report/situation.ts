/** What events add up to: where a run stands now, in one line, and which events are worth a line that stays. */
import type { Event } from "../domain/event.ts";
import { isRead, type Reading } from "../domain/reading.ts";
import { coverageOf } from "./evidence.ts";
import { count, duration, list, shortId, shortRef } from "./layout.ts";
import { oneLine } from "./plain.ts";
import { sentence } from "./sentences.ts";

export class Situation {
  #doing = "";
  /** Until something is proposed, all that is read is the base. */
  #onBase = true;
  #round = 0;
  #trial = "";
  #landed = 0;
  #struck = 0;
  #declined = 0;
  #reviewed = 0;

  take(event: Event): void {
    switch (event.type) {
      case "check-started":
        this.#doing = `${oneLine(event.check, 40)} ${event.purpose === "baseline" ? "on the base" : "on a trial"}`;
        break;
      case "reviewed":
        this.#doing = `${count(++this.#reviewed, "file")} reviewed`;
        break;
      case "proposing":
        this.#onBase = false;
        this.#doing = `${oneLine(event.by, 40)} looks at ${count(event.findings, "finding")}`;
        break;
      case "round":
        this.#round = event.number;
        break;
      case "trying":
        this.#onBase = false;
        this.#trial = `measurement ${event.measurement}, ${count(event.proposals, "proposal")}`;
        break;
      case "verdict":
        if (event.landed) this.#landed++;
        else this.#struck++;
        break;
      case "declined":
        this.#declined++;
        break;
    }
  }

  /** `tsc on a trial · round 2 · measurement 3, 5 proposals · 4 landed · 2 struck`; empty before anything is known. */
  text(): string {
    const parts = [
      this.#doing,
      this.#round > 0 ? `round ${this.#round}` : "",
      this.#trial,
      this.#landed > 0 ? `${this.#landed} green` : "",
      this.#struck > 0 ? `${this.#struck} struck` : "",
      this.#declined > 0 ? `${this.#declined} declined` : "",
    ];
    return parts.filter((part) => part !== "").join(" · ");
  }

  /** The lines that an event leaves for good; none for most. */
  linesFor(event: Event): string[] {
    switch (event.type) {
      case "run-started":
        return [`Run ${oneLine(event.run, 60)} from ${shortId(event.base)}, held against ${checkList(event.checks)}`];
      case "notice":
        return [sentence(event.reason)];
      case "check-ended":
        return this.#onBase || !isRead(event.reading) ? [`  ${readingLine(event.reading, event.cached)}`] : [];
      case "reviewed":
        return event.kept ? [] : [`  ${oneLine(event.file, 120)}: ${event.model === undefined ? "no model could review it" : count(event.findings, "finding")}`];
      case "round":
        return [`Round ${event.number}: ${count(event.findings, "finding")}, ${count(event.proposals, "proposal")} to try`];
      case "landed":
        return [`Landed ${count(event.commits.length, "commit")} on ${oneLine(shortRef(event.ref))}`];
      default:
        return [];
    }
  }
}

function checkList(checks: readonly string[]): string {
  return checks.length === 0 ? "nothing" : list(checks.map((check) => oneLine(check, 40)), 10);
}

/** `tsc: 41 findings (3.2 s)`. */
function readingLine(reading: Reading, cached: boolean): string {
  const tests = isRead(reading) && reading.inventory ? `, ${count(Object.keys(reading.inventory).length, "test")}` : "";
  const said = isRead(reading) ? `${count(reading.findings.length, "finding")}${tests}${coverageOf(reading)}` : reading.kind;
  return `${oneLine(reading.check, 40)}: ${said} (${cached ? "known from before" : duration(reading.durationMs)})`;
}
