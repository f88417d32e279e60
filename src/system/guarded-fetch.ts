/**
 * The way out to a provider: one origin, no redirects (they would carry the key and the prompt along), and no answer
 * without an end. Faults of its own are told apart from those of the network.
 */

export type HttpFaultKind = "redirected" | "too-large" | "other-origin";

export class HttpFault extends Error {
  readonly kind: HttpFaultKind;

  constructor(kind: HttpFaultKind, detail: string) {
    super(detail);
    this.name = "HttpFault";
    this.kind = kind;
  }
}

export type Fetch = typeof globalThis.fetch;

export interface GuardOptions {
  /** The only origin that may be asked. */
  readonly origin: string;
  /** Of an answer's body, after decompression. */
  readonly maxBytes: number;
}

/** `fetch`, within these bounds. The promise, or the reading of the body, ends in `HttpFault` where they are not kept. */
export function guardedFetch({ origin, maxBytes }: GuardOptions, inner: Fetch = globalThis.fetch): Fetch {
  return async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    if (url.origin !== origin) throw new HttpFault("other-origin", url.origin);
    const response = await inner(input, { ...init, redirect: "manual" });
    if (response.status >= 300 && response.status < 400) {
      await response.body?.cancel();
      throw new HttpFault("redirected", URL.parse(response.headers.get("location") ?? "", url.href)?.origin ?? "");
    }
    if (!response.body) return response;
    if (Number(response.headers.get("content-length") ?? 0) > maxBytes) {
      await response.body.cancel();
      throw tooLarge(maxBytes);
    }
    const { status, statusText, headers } = response;
    return new Response(response.body.pipeThrough(counted(maxBytes)), { status, statusText, headers });
  };
}

function counted(maxBytes: number): TransformStream<Uint8Array, Uint8Array> {
  let bytes = 0;
  return new TransformStream({
    transform(chunk, controller) {
      bytes += chunk.byteLength;
      if (bytes > maxBytes) throw tooLarge(maxBytes);
      controller.enqueue(chunk);
    },
  });
}

function tooLarge(maxBytes: number): HttpFault {
  return new HttpFault("too-large", String(maxBytes));
}
