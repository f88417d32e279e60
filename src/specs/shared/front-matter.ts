/** What a spec's front matter says that stet heeds; anything else in it is somebody else's. */
import { parseDocument } from "yaml";
import { reason, type Reason } from "../../domain/reason.ts";

export interface FrontMatter {
  readonly title?: string;
  /** In lower case. */
  readonly status?: string;
}

/** Throws never: what cannot be read is a reason, with its line in the file. */
export function readFrontMatter(file: string, text: string | undefined): FrontMatter | Reason {
  if (text === undefined) return {};
  const document = parseDocument(text, { logLevel: "silent", stringKeys: true });
  const [fault] = document.errors;
  if (fault) return broken(file, 1 + (fault.linePos?.[0].line ?? 1), fault.message);
  try {
    const value: unknown = document.toJS({ maxAliasCount: 100 });
    if (typeof value !== "object" || value === null || Array.isArray(value)) return {};
    const { title, status } = value as Partial<Record<string, unknown>>;
    return { ...(isText(title) && { title: title.trim() }), ...(isText(status) && { status: status.trim().toLowerCase() }) };
  } catch (error) {
    return broken(file, 2, error instanceof Error ? error.message : String(error));
  }
}

function broken(file: string, line: number, message: string): Reason {
  return reason("spec", "front-matter-broken", { file, line, detail: message.split("\n", 1)[0] ?? "" });
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value.trim() !== "";
}
