/**
 * Takes the meaning out of text that tools and repositories bring into a commit message, without hiding it: forges, CI
 * systems and release tools act on words in messages, and a finding's text must not be able to give such orders.
 * Works on one line; whoever builds a message sees to it that no such line begins a paragraph of trailers.
 */
import { oneLine } from "./plain.ts";

interface Order {
  readonly pattern: RegExp;
  readonly replacement: string;
}

/**
 * Read by GitHub Actions, GitLab CI, Azure Pipelines, AppVeyor, CircleCI, Netlify; mentions and closing references as
 * GitHub's and GitLab's documentation give them; `BREAKING CHANGE:` by semantic-release, `fixup!` by git's autosquash.
 */
const ORDERS: readonly Order[] = [
  { pattern: /NO_CI/gi, replacement: "NO CI" },
  { pattern: /(skip-checks|[a-z]-by|stet-[a-z]+|change-id|breaking[ -]changes?)\s*:/gi, replacement: "$1 -" },
  { pattern: /^(fixup|squash|amend)!/i, replacement: "$1 -" },
  { pattern: /(?<![A-Za-z0-9_])@(?=[A-Za-z0-9_])/g, replacement: "@ " },
  { pattern: /#(?=\d)/g, replacement: "# " },
  { pattern: /(GH)-(?=\d)/gi, replacement: "$1 " },
  {
    pattern: /((?:clos|fix|resolv|implement)(?:e|es|ed|ing|s)?)\s*:?\s+(?=(?:issues?\s+)?<?https?:)/gi,
    replacement: "$1 at ",
  },
];

/** `[skip ci]`, `[no ci]`, `[skip actions]` and their like. */
const SKIPS = /\[[^\]]*(?:skip|no[\s_-]*ci)/i;

/** One safe line of at most `maxLength` characters on which nothing acts. */
export function inert(text: string, maxLength?: number): string {
  const whole = oneLine(text, 2_000);
  const line = SKIPS.test(whole) ? whole.replaceAll("[", "(").replaceAll("]", ")") : whole;
  return oneLine(ORDERS.reduce((rest, { pattern, replacement }) => rest.replace(pattern, replacement), line), maxLength);
}
