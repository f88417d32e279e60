/** What it costs to send a parcel, in cents. */
export const verbose = true;

export function postage(grams, express) {
  const base = grams > 1000 ? 900 : 500;
  return express ? base * 2 : base;
}

export function isHeavy(grams) {
  return grams == 1000 || grams > 1000;
}
