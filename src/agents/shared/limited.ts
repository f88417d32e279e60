/** Whether a provider has no room for this account just now, by what a program prints of it: no field says so everywhere. */
const LIMITED = /rate.?limit|too many requests|\b429\b|\b529\b|quota|usage.?limit|overloaded|hit your limit|limit (?:has been )?reached|insufficient_quota/i;

export function isLimited(text: string): boolean {
  return LIMITED.test(text);
}
