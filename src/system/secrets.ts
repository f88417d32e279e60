/**
 * Takes secrets out of text before it is kept or shown: what the environment is known to hold, exactly, and what looks
 * like a key of a known service, by secretlint's rules. Only texts that stet writes about things; never what it lands.
 */
import { rules } from "@secretlint/secretlint-rule-preset-recommend";

export const REDACTED = "[redacted]";

/** Shorter values of variables are words (`true`, `local`), and would be blotted out everywhere. */
const MIN_KNOWN_LENGTH = 8;
/** No rule has a shorter secret. */
const MIN_TEXT_LENGTH = 12;
/** A collector's headers: `name=value,name=value`, percent-encoded. */
const HEADERS_NAME = /^OTEL_EXPORTER_OTLP_(\w+_)?HEADERS$/;
/** Variables that hold secrets by their name, whosever they are. */
const SECRET_NAME = /(^|_)(API_?KEY|KEY|TOKEN|SECRET|PASSWORD|PASSWD|CREDENTIALS?)$/i;

const known = secretsIn(process.env);

/** The values of variables whose names say that they are secret, the longest first. */
export function secretsIn(environment: Readonly<Record<string, string | undefined>>): string[] {
  return Object.entries(environment)
    .flatMap(([name, value = ""]) => (HEADERS_NAME.test(name) ? valuesIn(value) : SECRET_NAME.test(name) ? [value] : []))
    .filter((value) => value.length >= MIN_KNOWN_LENGTH)
    .sort((one, other) => other.length - one.length);
}

/** As they are written, as they are sent, and without a scheme such as `Bearer` before them. */
function valuesIn(headers: string): string[] {
  const written = headers.split(",").map((pair) => pair.slice(pair.indexOf("=") + 1).trim());
  return written.flatMap((value) => {
    const sent = decoded(value);
    return [value, sent, sent.slice(sent.lastIndexOf(" ") + 1)];
  });
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The same text with every secret that is found replaced. */
export function redact(text: string, secrets: readonly string[] = known): string {
  let left = text;
  for (const secret of secrets) left = left.replaceAll(secret, REDACTED);
  return left.length < MIN_TEXT_LENGTH ? left : withoutRanges(left, rangesIn(left));
}

/** A value as JSON, with every text in it redacted. Names of properties are stet's own. */
export function redactedJson(value: unknown): string {
  const texts: string[] = [];
  const json = JSON.stringify(value, (_, part: unknown) => {
    if (typeof part === "string") texts.push(part);
    return part;
  });
  // All texts at once: nearly always there is nothing in any of them.
  if (isClean(texts.join("\n"))) return json;
  return JSON.stringify(value, (_, part: unknown) => (typeof part === "string" ? redact(part) : part));
}

function isClean(text: string): boolean {
  return !known.some((secret) => text.includes(secret)) && rangesIn(text).length === 0;
}

/** A copy of plain data with every text in it redacted. */
export function redacted<T>(value: T): T {
  return JSON.parse(redactedJson(value)) as T;
}

type Range = readonly [start: number, end: number];

/** Where the rules report to; emptied before each look. */
let reported: Range[] = [];

/**
 * The rules, asked directly and not through secretlint's own engine: that one also obeys comments which switch it off, and
 * text that is redacted here must have no say in it. So no filters either.
 */
const handlers = rules
  .filter(({ meta }) => meta.type === "scanner")
  .map((rule) =>
    rule.create(
      {
        sharedOptions: {},
        createTranslator: () => () => ({ message: "", messageId: "", data: {} }),
        report: ({ range }: { readonly range: Range }) => void reported.push(range),
        ignore: () => undefined,
      },
      {},
    ),
  );

/** What the rules report of a text. One that answers later is for binary files; one that throws has found nothing. */
function rangesIn(text: string): Range[] {
  reported = [];
  const source = sourceOf(text);
  for (const handler of handlers) {
    try {
      void handler.file?.(source);
    } catch {
      // The others still look.
    }
  }
  return reported;
}

type Source = Parameters<NonNullable<(typeof handlers)[number]["file"]>>[0];

/** Places in it are never asked for: ranges are all that is looked at. */
function sourceOf(content: string): Source {
  const nowhere = { line: 1, column: 0 };
  return {
    ...{ content, hasBOM: false, filePath: undefined, physicalFilePath: undefined, contentType: "text", ext: "" },
    getFilePath: () => undefined,
    getPhysicalFilePath: () => undefined,
    locationToRange: () => [0, 0],
    rangeToLocation: () => ({ start: nowhere, end: nowhere }),
    positionToIndex: () => 0,
    indexToPosition: () => nowhere,
  };
}

function withoutRanges(text: string, ranges: readonly Range[]): string {
  let left = text;
  let end = Number.POSITIVE_INFINITY;
  for (const [from, to] of ranges.toSorted(([one], [other]) => other - one)) {
    left = left.slice(0, from) + REDACTED + left.slice(Math.min(to, Math.max(end, from)));
    end = from;
  }
  return left;
}
