/**
 * The way out to an OpenTelemetry collector: spans, in batches, as OTLP over HTTP in JSON. The packages that speak it are
 * optional and loaded when they are needed. Whatever the collector does, a run neither fails nor waits for it beyond a
 * bound: what cannot be sent in time is dropped. Texts are redacted here, like everything that leaves.
 */
import type { Context, Span as OtelSpan } from "@opentelemetry/api";
import type { SpanExporter } from "@opentelemetry/sdk-trace-base";
import type { Attributes, Span, SpanParts, Tracer } from "../domain/span.ts";
import { redacted } from "./secrets.ts";

/** One sending, from its beginning to the collector's answer, retries included. */
const SEND_TIMEOUT_MS = 2_000;
/** How long spans are collected before they are sent. */
const BATCH_MS = 1_000;
/** Spans that wait to be sent; more are dropped. */
const MAX_QUEUED = 8_192;
/** Things noted in one span; a round of a thousand proposals fits. */
const MAX_NOTES = 2_000;
/** Of one text: a whole file that a model was shown fits. */
const MAX_TEXT_LENGTH = 65_536;

export interface OtlpOptions {
  /** Where traces are sent to, the path included. */
  readonly url: string;
  readonly service: { readonly name: string; readonly version: string };
  /** The span of whoever started stet, as W3C Trace Context writes it. */
  readonly parent?: string;
  /** Told once that something could not be sent. May hold hostile text. */
  onFault(detail: string): void;
}

export interface OpenTracer extends Tracer {
  /** Sends what is left, for at most so long. Never throws. */
  close(timeoutMs: number): Promise<void>;
}

/** Undefined where the packages are not installed. Sends nothing yet. */
export async function openTracer(options: OtlpOptions): Promise<OpenTracer | undefined> {
  try {
    return await open(options);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ERR_MODULE_NOT_FOUND") return undefined;
    throw error;
  }
}

async function open({ url, service, parent, onFault }: OtlpOptions): Promise<OpenTracer> {
  const [api, sdk, { OTLPTraceExporter }, resources] = await Promise.all([
    import("@opentelemetry/api"),
    import("@opentelemetry/sdk-trace-base"),
    import("@opentelemetry/exporter-trace-otlp-http"),
    import("@opentelemetry/resources"),
  ]);
  const exporter = new OTLPTraceExporter({ url, timeoutMillis: SEND_TIMEOUT_MS, keepAlive: false });
  const queue = { maxQueueSize: MAX_QUEUED, scheduledDelayMillis: BATCH_MS, exportTimeoutMillis: SEND_TIMEOUT_MS };
  const named = resources.resourceFromAttributes({ "service.name": service.name, "service.version": service.version });
  const provider = new sdk.BasicTracerProvider({
    // What the user's own variables say of the service counts for more.
    resource: named.merge(resources.detectResources({ detectors: [resources.envDetector] })),
    spanProcessors: [new sdk.BatchSpanProcessor(heard(exporter, onFault), queue)],
    spanLimits: { eventCountLimit: MAX_NOTES, attributeValueLengthLimit: MAX_TEXT_LENGTH },
  });
  const tracer = provider.getTracer(service.name, service.version);
  const root = contextOf(api, parent);
  const contexts = new WeakMap<Span, Context>();
  const start = ({ name, kind, startMs, attributes }: SpanParts, above?: Span): Span => {
    const context = (above && contexts.get(above)) ?? root;
    const begun = tracer.startSpan(name, { kind: api.SpanKind[kind === "client" ? "CLIENT" : "INTERNAL"], startTime: startMs, attributes: clean(attributes) }, context);
    const span = spanOf(begun, api.SpanStatusCode.ERROR);
    contexts.set(span, api.trace.setSpan(context, begun));
    return span;
  };
  const close = async (timeoutMs: number): Promise<void> => {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, timeoutMs)));
    await Promise.race([provider.shutdown().catch(() => undefined), late]);
    clearTimeout(timer);
  };
  return { start, close };
}

function spanOf(span: OtelSpan, failed: number): Span {
  return {
    note: (name, attributes, atMs) => void span.addEvent(name, clean(attributes), atMs),
    end: (atMs, attributes, error) => {
      if (attributes) span.setAttributes(clean(attributes));
      if (error !== undefined) span.setAttribute("error.type", error).setStatus({ code: failed });
      span.end(atMs);
    },
  };
}

/** A copy: OpenTelemetry's attributes may be changed. */
function clean(attributes: Attributes): Record<string, string | number | boolean | string[]> {
  return redacted(attributes) as Record<string, string | number | boolean | string[]>;
}

/** `version-trace-parent-flags`, in hexadecimal. */
const TRACE_PARENT = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;

function contextOf(api: typeof import("@opentelemetry/api"), parent = ""): Context {
  const [, traceId, spanId, flags = "00"] = TRACE_PARENT.exec(parent) ?? [];
  if (traceId === undefined || spanId === undefined) return api.ROOT_CONTEXT;
  return api.trace.setSpanContext(api.ROOT_CONTEXT, { traceId, spanId, traceFlags: Number.parseInt(flags, 16), isRemote: true });
}

/** The exporter, with its first failure told. */
function heard(exporter: SpanExporter, onFault: (detail: string) => void): SpanExporter {
  let isTold = false;
  return {
    export: (spans, done) => {
      exporter.export(spans, (result) => {
        if (result.error && !isTold) {
          isTold = true;
          onFault(result.error.message);
        }
        done(result);
      });
    },
    shutdown: () => exporter.shutdown(),
    forceFlush: () => exporter.forceFlush?.() ?? Promise.resolve(),
  };
}
