/** Turns whatever went wrong with a call into a fault: the one place that knows how provider packages fail. */
import type { APICallError } from "@ai-sdk/provider";
import { hintIn } from "../domain/patience.ts";
import { Problem } from "../domain/problem.ts";
import { HttpFault } from "../system/guarded-fetch.ts";
import type { FaultKind, ModelFault } from "./fault.ts";
import type { ModelName } from "./name.ts";
import { TapeMiss } from "./tape.ts";

export interface Circumstances {
  readonly name: ModelName;
  /** The provider's package, which may not be installed. */
  readonly package: string;
  readonly nowMs: number;
  /** Whether the call's own time was up. */
  readonly timedOut: boolean;
}

/** Of what a provider said this much is kept. */
const MAX_DETAIL_LENGTH = 500;
/** Deep enough for every package; a chain of causes may be a circle. */
const MAX_CAUSES = 8;

export function faultOf(error: unknown, circumstances: Circumstances): ModelFault {
  const chain = causesOf(error);
  const found = own(chain, circumstances) ?? answered(chain, circumstances.nowMs) ?? { kind: "unreadable" as const, detail: messageOf(error) };
  return { ...found, model: circumstances.name.text, detail: found.detail.slice(0, MAX_DETAIL_LENGTH) };
}

type Found = Omit<ModelFault, "model">;

/** What stet itself, its guard or the missing of something put an end to. */
function own(chain: readonly unknown[], { timedOut, package: needed }: Circumstances): Found | undefined {
  const miss = chain.find((one) => one instanceof TapeMiss);
  if (miss) return { kind: "not-recorded", detail: miss.message };
  const http = chain.find((one) => one instanceof HttpFault);
  if (http) return { kind: http.kind === "too-large" ? "too-large" : "redirected", detail: http.message };
  if (timedOut) return { kind: "timeout", detail: "" };
  const problem = chain.find((one) => one instanceof Problem);
  if (problem?.code === "missing-package") return { kind: "missing-package", detail: String(problem.args["package"]) };
  if (problem) return { kind: "missing-key", detail: [problem.args["variables"]].flat().join(", ") };
  return chain.some(isMissingModule) ? { kind: "missing-package", detail: needed } : undefined;
}

/** What became of the call, as its package tells it. */
function answered(chain: readonly unknown[], nowMs: number): Found | undefined {
  const call = chain.find(isCallError);
  if (!call) return undefined;
  const { statusCode: status, responseHeaders: headers = {}, responseBody: body = "" } = call;
  if (status === undefined) return { kind: "network", detail: chain.map(codeOf).find((code) => code !== undefined) ?? call.message };
  const detail = body === "" ? call.message : body;
  if (status < 400) return { kind: chain.some(isBrokenOff) ? "network" : "unreadable", detail, status };
  const hint = hintIn(headers, body, nowMs);
  return { kind: kindOf(status), detail, status, ...(hint && { hint }) };
}

function kindOf(status: number): FaultKind {
  if (status === 401 || status === 403) return "unauthorized";
  if (status === 429) return "rate-limited";
  if (status === 503 || status === 529) return "overloaded";
  if (status >= 500 || status === 408 || status === 409) return "server";
  return "rejected";
}

function causesOf(error: unknown): unknown[] {
  const chain: unknown[] = [];
  for (let one = error; one !== undefined && chain.length < MAX_CAUSES; one = one instanceof Error ? one.cause : undefined) chain.push(one);
  return chain;
}

/** By its mark, as the packages do: each may have a copy of the class of its own. */
function isCallError(error: unknown): error is APICallError {
  return error instanceof Error && error.name === "AI_APICallError";
}

/** An import that leads nowhere, whichever of a package's own. */
function isMissingModule(error: unknown): boolean {
  return codeOf(error) === "ERR_MODULE_NOT_FOUND";
}

/** The connection ended in the middle of an answer. */
function isBrokenOff(error: unknown): boolean {
  return error instanceof TypeError || /^(UND_ERR_|ECONN|EPIPE)/.test(codeOf(error) ?? "");
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
