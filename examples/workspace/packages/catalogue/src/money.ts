export function formatMoney(cents: number): string {
  const sign = cents < 0 ? "-" : "";
  const whole = Math.floor(Math.abs(cents) / 100);
  const rest = Math.abs(cents) % 100;
  return `${sign}€${whole}.${String(rest).padStart(2, "0")}`;
}

export function addCents(amounts: readonly number[]): number {
  let sum = 0;
  for (let amount of amounts) sum += amount;
  return sum;
}
