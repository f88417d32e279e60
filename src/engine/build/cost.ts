import type { Cost } from "../../domain/proposal.ts";

/** Of both; what neither knows stays unknown. */
export function addedCost(one: Cost, other: Cost): Cost {
  const model = other.model ?? one.model;
  const sum = (part: "requests" | "inputTokens" | "outputTokens" | "usd" | "estimated"): Cost => {
    const [a, b] = [one[part], other[part]];
    return a === undefined && b === undefined ? {} : { [part]: (a ?? 0) + (b ?? 0) };
  };
  return { ...(model !== undefined && { model }), ...sum("requests"), ...sum("inputTokens"), ...sum("outputTokens"), ...sum("usd"), ...sum("estimated") };
}
