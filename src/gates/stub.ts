/**
 * A body that throws "not implemented" satisfies every type checker and does nothing. Language services offer such
 * stubs, and models write them when they are stuck; landing one would count as a repair what is a hole. Counted per
 * file before and after, so that a stub which stands there already may stay.
 */
import type { Gate } from "../domain/plugin.ts";
import { reason } from "../domain/reason.ts";
import { changesOf } from "./shared/changes.ts";
import { grown } from "./shared/growth.ts";
import { languageOf } from "./shared/languages.ts";
import { STUBS } from "./shared/stub-marks.ts";

const name = "stub";

export const gate: Gate = {
  name,
  summary: "Refuses a proposal that adds a body which only says that it is not implemented.",
  judge(proposal, context) {
    return changesOf(proposal, context).flatMap(({ file, before, after }) => {
      if (after === null || languageOf(file) === "prose") return [];
      return grown(STUBS, before ?? "", after).map((mark) => reason(name, "new-stub", { file, mark }));
    });
  },
};
