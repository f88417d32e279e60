/** Colour, for terminals that have it. Colour never carries a meaning that the words do not. */

export type Style = "bold" | "dim" | "green" | "red" | "yellow";

export type Paint = (style: Style, text: string) => string;

/** On and off, by ECMA-48, "select graphic rendition". */
const CODES: Readonly<Record<Style, readonly [on: number, off: number]>> = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
};

export const noPaint: Paint = (_style, text) => text;

/** Paints where `colour` is true. Whether a stream has colour is for the caller to know. */
export function painter(colour: boolean): Paint {
  return colour ? (style, text) => `${sequence(CODES[style][0])}${text}${sequence(CODES[style][1])}` : noPaint;
}

function sequence(code: number): string {
  return `\u001b[${code}m`;
}
