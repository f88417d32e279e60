/** Colour, for terminals that have it. Colour never carries a meaning that the words do not. */
import { styleText } from "node:util";

export type Style = "bold" | "dim" | "green" | "red" | "yellow";

export type Paint = (style: Style, text: string) => string;

export const noPaint: Paint = (_style, text) => text;

/** Paints where `colour` is true. Whether a stream has colour is for the caller to know. */
export function painter(colour: boolean): Paint {
  return colour ? (style, text) => styleText(style, text, { validateStream: false }) : noPaint;
}
