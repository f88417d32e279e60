/**
 * Some fixes are hints for a person: the tool itself says that the change needs a decision or leaves a placeholder. It
 * is shown with the reason, and never tried, since a check that stays green proves nothing about a placeholder.
 */
import type { Gate } from "../domain/plugin.ts";
import { reason } from "../domain/reason.ts";

const name = "display";

export const gate: Gate = {
  name,
  summary: "Refuses a proposal that its tool offers for display only, and passes on why.",
  judge({ safety, title, caution = "" }) {
    return safety === "display" ? [reason(name, "display-only", { title, caution })] : [];
  },
};
