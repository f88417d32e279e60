/** A stretch of a run with a name and data: what tracing tools show. Made by whoever knows what it means, sent by `system/`. */

export type Attributes = Readonly<Record<string, string | number | boolean | readonly string[]>>;

export interface SpanParts {
  /** Few different ones: what differs from run to run is for the attributes. */
  readonly name: string;
  /** `client`: a question to somebody outside. */
  readonly kind: "internal" | "client";
  /** Milliseconds since 1970. */
  readonly startMs: number;
  /** May hold hostile text. */
  readonly attributes: Attributes;
}

export interface Span {
  /** Something that happened in it at one moment. */
  note(name: string, attributes: Attributes, atMs: number): void;
  /** `error`: what kind of failure it ended in. Once; what comes later is dropped. */
  end(atMs: number, attributes?: Attributes, error?: string): void;
}

export interface Tracer {
  /** A span below `parent`; a whole of its own where there is none. */
  start(parts: SpanParts, parent?: Span): Span;
}
