/** One comment of stet's own on a pull request, however often it is written: found again by a mark that is not shown. */
import type { Forge } from "../domain/forge.ts";
import type { Reason } from "../domain/reason.ts";
import { faultReason } from "./pull-request.ts";

const MARK = "<!-- stet: what did not land -->";

/** `body` undefined where there is nothing to say: then only a comment that is there is changed, to `otherwise`. */
export async function remark(forge: Forge, number: number, body: string | undefined, otherwise: string): Promise<Reason | undefined> {
  const known = await forge.comments(number);
  if (!known.ok) return faultReason(known.fault);
  const own = known.value.find((one) => one.body.startsWith(MARK));
  const text = `${MARK}\n${body ?? otherwise}`;
  if (!own && body === undefined) return undefined;
  if (own?.body === text) return undefined;
  const done = own ? await forge.editComment(number, own.id, text) : await forge.comment(number, text);
  return done.ok ? undefined : faultReason(done.fault);
}
