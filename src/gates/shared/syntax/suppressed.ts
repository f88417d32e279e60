/** Comments that silence a check, in any language. Only where the mark begins the comment: prose may speak of marks. */

const MARK = new RegExp(
  String.raw`^(?:\/\/+|\/\*+|#+|\s)*(?:` +
    [
      String.raw`@ts-(?:ignore|expect-error|nocheck)\b`,
      String.raw`(?:eslint|oxlint)-(?:disable|enable)`,
      String.raw`(?:biome|deno-lint|prettier|svelte|knip|v8|c8|istanbul|stryker)[ -](?:ignore|disable|restore)`,
      String.raw`tslint:(?:disable|enable)`,
      String.raw`(?:ruff\s*:\s*|flake8\s*:\s*)?noqa\b`,
      String.raw`type:\s*ignore\b`,
      String.raw`(?:pyright|mypy|ty)\s*:\s*ignore`,
      String.raw`pylint\s*:\s*(?:disable|enable|skip-file)`,
      String.raw`(?:pragma:\s*no\s*cover|nosec|isort:\s*skip|fmt:\s*(?:off|on|skip))`,
      String.raw`(?:nolint|lint:ignore|NOLINT(?:NEXTLINE|BEGIN|END)?)\b`,
      String.raw`(?:NOSONAR|noinspection|CHECKSTYLE:OFF|ReSharper\s+(?:disable|restore))`,
      String.raw`rubocop\s*:\s*(?:disable|enable|todo)`,
      String.raw`(?:@?phpstan-ignore|@psalm-suppress|phpcs:(?:ignore|disable|enable))`,
    ].join("|") +
    ")",
  "i",
);

export function isSuppression(comment: string): boolean {
  return MARK.test(comment);
}

/** Whether the second comment is the first with words left out, so that it silences no more than before. */
export function isLess(before: string, after: string): boolean {
  const had = wordsOf(before);
  let at = 0;
  for (const word of wordsOf(after)) {
    at = had.indexOf(word, at) + 1;
    if (at === 0) return false;
  }
  return isSuppression(before);
}

function wordsOf(comment: string): string[] {
  return comment.split(/[\s,]+/).filter((word) => word !== "");
}
