const RATES = { DE: 0.07, FR: 0.055, IE: 0 };

export function rateOf(country) {
  return RATES[country] ?? 0.2;
}
