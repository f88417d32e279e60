/**
 * Conversations with providers, recorded and replayed at the HTTP layer: what a provider's package sends and gets is what
 * was sent and got. A request that is not on the tape is an error of its own, never taken for a fault of the network.
 */
import { redact } from "../system/secrets.ts";
import type { Fetch } from "../system/guarded-fetch.ts";

export interface TapeRequest {
  readonly method: string;
  /** Without the origin: a tape can be played from anywhere. */
  readonly path: string;
  /** As canonical JSON where it is JSON: keys sorted, no spaces. */
  readonly body: string;
}

export interface TapeResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Event streams included, as they came. */
  readonly body: string;
  /** The connection ended here, before the answer did. */
  readonly brokenOff?: true;
}

export interface TapeRow {
  readonly request: TapeRequest;
  readonly response: TapeResponse;
}

export interface Tape {
  /** `synthetic`: written by hand, no provider has said any of it. */
  readonly made: "recorded" | "synthetic";
  readonly rows: readonly TapeRow[];
}

export class TapeMiss extends Error {
  constructor({ method, path, body }: TapeRequest) {
    super(`${method} ${path} ${body.slice(0, 300)}`);
    this.name = "TapeMiss";
  }
}

/** Headers of an answer that say something of it; the others may identify an account. */
const KEPT_HEADERS = /^(content-type|retry-after(-ms)?|.*ratelimit.*)$/;

/** Plays each row once, the first that fits. */
export class Player {
  readonly #rows: TapeRow[];

  constructor({ rows }: Tape) {
    this.#rows = [...rows];
  }

  /** What was never asked for: a test that leaves some has not tested what it says. */
  get unused(): readonly TapeRow[] {
    return this.#rows;
  }

  /** Throws `TapeMiss`. */
  answer(request: TapeRequest): TapeResponse {
    const index = this.#rows.findIndex(({ request: known }) => isSame(known, request));
    const [row] = index < 0 ? [] : this.#rows.splice(index, 1);
    if (!row) throw new TapeMiss(request);
    return row.response;
  }

  readonly fetch: Fetch = async (input, init) => {
    const { status, headers, body, brokenOff } = this.answer(await requestOf(input, init));
    if (!brokenOff) return new Response(body, { status, headers });
    const cut = new ReadableStream({
      start: (controller) => controller.enqueue(Buffer.from(body)),
      pull: (controller) => controller.error(new TypeError("terminated")),
    });
    return new Response(cut, { status, headers });
  };
}

/** Carries requests to the network and hands each row on, without secrets. */
export function recorder(keep: (row: TapeRow) => void, inner: Fetch = globalThis.fetch): Fetch {
  return async (input, init) => {
    const request = await requestOf(input, init);
    const response = await inner(input, init);
    const body = await response.text();
    const headers = Object.fromEntries([...response.headers].filter(([name]) => KEPT_HEADERS.test(name)));
    keep({ request: { ...request, body: redact(request.body) }, response: { status: response.status, headers, body: redact(body) } });
    return new Response(body, { status: response.status, headers: response.headers });
  };
}

async function requestOf(input: Parameters<Fetch>[0], init: RequestInit | undefined): Promise<TapeRequest> {
  const request = new Request(input, init);
  const { pathname, search } = new URL(request.url);
  return { method: request.method, path: `${pathname}${search}`, body: canonical(await request.text()) };
}

function isSame(one: TapeRequest, other: TapeRequest): boolean {
  return one.method === other.method && one.path === other.path && canonical(one.body) === canonical(other.body);
}

export function canonical(body: string): string {
  try {
    return JSON.stringify(sorted(JSON.parse(body)));
  } catch {
    return body;
  }
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)).map(([key, part]) => [key, sorted(part)]));
}
