/**
 * What measures a change must not be part of it: whoever may edit the tests and the check definitions can make
 * anything green. Also a true repair of a type error in a test is refused until the user allows that path, since from
 * the outside it looks the same as a test bent to pass. The defaults stand in `shared/protected-defaults.ts`.
 */
import type { Gate } from "../domain/plugin.ts";
import { filesOf } from "../domain/proposal.ts";
import { reason } from "../domain/reason.ts";
import { isAddition, isExempt, isProtected } from "./shared/globs.ts";

const name = "protected";

export const gate: Gate = {
  name,
  summary: "Refuses a proposal that touches a check definition or a test, unless the user allowed that path.",
  judge(proposal, { policy, base }) {
    const adds = (file: string): boolean => base.get(file)?.kind === "absent" && isAddition(file, policy);
    return filesOf(proposal.edits)
      .filter((file) => isProtected(file, policy) && !isExempt(file, policy) && !adds(file))
      .map((file) => reason(name, "protected-path", { file }));
  },
};
