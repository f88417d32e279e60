/**
 * OpenTelemetry, where the user's environment names a collector: the standard variables decide, never a repository's file.
 * Whatever is wrong with it is one notice, and the run goes on without.
 */
import type { Event, Listener } from "../domain/event.ts";
import { Problem } from "../domain/problem.ts";
import { reason, type Reason } from "../domain/reason.ts";
import { callSpan } from "../llm/call-span.ts";
import type { CallRecord } from "../llm/client.ts";
import { endpoint } from "../system/endpoint.ts";
import { RunSpans } from "../report/spans.ts";
import { systemClock } from "../system/clock.ts";
import { openTracer } from "../system/otlp.ts";
import { version } from "../system/version.ts";

/** At the end of a run what is left is sent for at most so long; of one that was ended, only what is quick. */
const FLUSH_MS = 2_000;
const ABORTED_FLUSH_MS = 500;

type Environment = Readonly<Record<string, string | undefined>>;

export interface Tracing {
  readonly listen: Listener;
  /** Hears of every call of a model. */
  onCall(call: CallRecord): void;
  close(isAborted: boolean): Promise<void>;
}

const NONE: Tracing = { listen: () => undefined, onCall: () => undefined, close: () => Promise.resolve() };

/** `notice` may be called at any time until the run has ended. */
export async function openTracing(command: string, environment: Environment, notice: (reason: Reason) => void): Promise<Tracing> {
  const asked = collectorIn(environment);
  if (asked === undefined) return NONE;
  if (!("url" in asked)) {
    notice(asked);
    return NONE;
  }
  const { TRACEPARENT: parent, OTEL_SERVICE_NAME: name = "stet" } = environment;
  const onFault = (detail: string): void => notice(reason("trace", "trace-unsent", { address: asked.url.origin, detail }));
  const tracer = await openTracer({ url: asked.url.href, service: { name, version: version() }, ...(parent !== undefined && { parent }), onFault });
  if (!tracer) {
    notice(reason("trace", "trace-missing-package", { packages: PACKAGES }));
    return NONE;
  }
  const now = (): number => systemClock.now();
  const spans = new RunSpans(tracer, command, now);
  const withContent = CONTENT.has((environment["OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT"] ?? "").toLowerCase());
  return {
    listen: (event: Event) => spans.take(event),
    onCall: (call) => {
      const { endMs, error, ...parts } = callSpan(call, withContent);
      tracer.start(parts, spans.current).end(endMs, {}, error);
    },
    close: (isAborted) => {
      spans.close();
      return tracer.close(isAborted ? ABORTED_FLUSH_MS : FLUSH_MS);
    },
  };
}

const PACKAGES = ["api", "sdk-trace-base", "exporter-trace-otlp-http", "resources"].map((name) => `@opentelemetry/${name}`);
/** What other instrumentations take for a yes; a span is all that there is here. */
const CONTENT: ReadonlySet<string> = new Set(["true", "span_only", "span_and_event"]);

/** Where traces go; undefined where nobody asked for any, a reason where they cannot go there. */
function collectorIn(environment: Environment): { readonly url: URL } | Reason | undefined {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: all = "", OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: traces = "" } = environment;
  const address = traces === "" ? all : traces;
  if (address === "" || environment["OTEL_SDK_DISABLED"] === "true" || environment["OTEL_TRACES_EXPORTER"] === "none") return undefined;
  const protocol = environment["OTEL_EXPORTER_OTLP_TRACES_PROTOCOL"] ?? environment["OTEL_EXPORTER_OTLP_PROTOCOL"] ?? "";
  if (protocol === "grpc") return reason("trace", "trace-protocol", { protocol });
  try {
    const url = endpoint(address);
    // The one for all signals is a base; the one for traces is used as it is.
    if (traces === "") url.pathname = `${url.pathname.replace(/\/$/, "")}/v1/traces`;
    return { url };
  } catch (error) {
    if (error instanceof Problem) return reason("trace", error.code, error.args);
    throw error;
  }
}
