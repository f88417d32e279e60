/**
 * A proposer has no channel for errors beside its proposals: it yields what it has, then throws one of these, which
 * the engine records before it goes on with the next proposer. Never thrown for findings it merely cannot help.
 */
export type ProposerFaultCode = "crashed" | "timeout" | "missing" | "unreadable" | "incomplete";

export class ProposerFault extends Error {
  readonly proposer: string;
  /** `incomplete`: some files could not be worked on. The others: how the program it needs ended. */
  readonly code: ProposerFaultCode;
  /** What the program printed last, or what is wrong. Hostile text, at most a few lines. */
  readonly detail: string;
  constructor(proposer: string, code: ProposerFaultCode, detail: string) {
    super(`${proposer}: ${code}`);
    this.name = "ProposerFault";
    this.proposer = proposer;
    this.code = code;
    this.detail = detail;
  }
}
