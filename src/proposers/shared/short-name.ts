/** Names of models for people. */

/** A model's name as a title has room for it: without its provider or the gateway's address. */
export function shortName(model: string): string {
  return model.replace(/^compatible:.*#/, "").replace(/^[a-z]+:/, "");
}
