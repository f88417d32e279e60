/** An OpenTelemetry collector on loopback that keeps what it is sent, or does what collectors do when they fail. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

export interface CollectedSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  /** As the protocol counts: 1 is internal, 3 a client. */
  readonly kind: number;
  readonly startMs: number;
  readonly endMs: number;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly events: readonly { readonly name: string; readonly attributes: Readonly<Record<string, unknown>> }[];
  readonly failed: boolean;
}

export type Behaviour = "takes" | "hangs" | "fails" | "redirects";

export class Collector implements AsyncDisposable {
  readonly spans: CollectedSpan[] = [];
  readonly texts: string[] = [];
  readonly paths = new Set<string>();
  readonly tokens = new Set<string | undefined>();
  /** Of the service that sent. */
  resource: Readonly<Record<string, unknown>> = {};
  readonly #server: Server;

  private constructor(behaviour: Behaviour) {
    this.#server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        this.paths.add(request.url ?? "");
        this.tokens.add(request.headers["x-token"]?.toString());
        if (behaviour === "hangs") return;
        if (behaviour === "redirects") return void response.writeHead(307, { location: "http://127.0.0.1:9/v1/traces" }).end();
        if (behaviour === "fails") return void response.writeHead(400).end("no such tenant");
        this.#take(Buffer.concat(chunks).toString("utf8"));
        response.writeHead(200, { "content-type": "application/json" }).end("{}");
      });
    });
  }

  static async start(behaviour: Behaviour = "takes"): Promise<Collector> {
    const collector = new Collector(behaviour);
    await new Promise<void>((resolve) => collector.#server.listen(0, "127.0.0.1", resolve));
    return collector;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** The only span with this name. */
  one(name: string): CollectedSpan {
    const [only, second] = this.named(name);
    if (!only || second) throw new Error(`expected one span ${name} of ${this.spans.map((span) => span.name).join(", ")}`);
    return only;
  }

  named(name: string): CollectedSpan[] {
    return this.spans.filter((span) => span.name === name).sort((one, other) => one.startMs - other.startMs);
  }

  parentOf({ parentSpanId }: CollectedSpan): CollectedSpan | undefined {
    return this.spans.find(({ spanId }) => spanId === parentSpanId);
  }

  #take(text: string): void {
    this.texts.push(text);
    const { resourceSpans } = JSON.parse(text) as Export;
    for (const { resource, scopeSpans } of resourceSpans) {
      this.resource = record(resource.attributes);
      for (const span of scopeSpans.flatMap(({ spans }) => spans)) this.spans.push(plain(span));
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

interface Value {
  readonly stringValue?: string;
  readonly boolValue?: boolean;
  readonly intValue?: number | string;
  readonly doubleValue?: number;
  readonly arrayValue?: { readonly values: readonly Value[] };
}
type Pairs = readonly { readonly key: string; readonly value: Value }[];

interface Sent {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: number;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: Pairs;
  readonly events?: readonly { readonly name: string; readonly attributes: Pairs }[];
  readonly status?: { readonly code?: number };
}

interface Export {
  readonly resourceSpans: readonly { readonly resource: { readonly attributes: Pairs }; readonly scopeSpans: readonly { readonly spans: readonly Sent[] }[] }[];
}

/** The protocol's code for a span that failed. */
const ERROR = 2;

function plain({ traceId, spanId, parentSpanId, name, kind, startTimeUnixNano, endTimeUnixNano, attributes, events = [], status }: Sent): CollectedSpan {
  const ms = (nano: string): number => Number(BigInt(nano) / 1_000_000n);
  return {
    ...{ traceId, spanId, name, kind, startMs: ms(startTimeUnixNano), endMs: ms(endTimeUnixNano), failed: status?.code === ERROR },
    ...(parentSpanId !== undefined && parentSpanId !== "" && { parentSpanId }),
    attributes: record(attributes),
    events: events.map((event) => ({ name: event.name, attributes: record(event.attributes) })),
  };
}

function record(pairs: Pairs): Record<string, unknown> {
  return Object.fromEntries(pairs.map(({ key, value }) => [key, valueOf(value)]));
}

function valueOf({ stringValue, boolValue, intValue, doubleValue, arrayValue }: Value): unknown {
  if (arrayValue) return arrayValue.values.map(valueOf);
  return stringValue ?? boolValue ?? (intValue === undefined ? doubleValue : Number(intValue));
}
