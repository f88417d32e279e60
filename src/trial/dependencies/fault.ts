import type { Reason } from "../../domain/reason.ts";

/** The dependencies that a tree asks for cannot be had. */
export class DependencyFault extends Error {
  readonly reason: Reason;
  constructor(why: Reason) {
    super(why.code);
    this.reason = why;
  }
}
