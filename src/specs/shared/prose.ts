/** A plan in prose: nothing in it is a task by itself, and whoever cuts it says what is one. */
import type { Spec } from "../../domain/task.ts";
import { readFrontMatter } from "./front-matter.ts";
import { outlineOf } from "./outline.ts";
import { slugOf } from "./slug.ts";

/** `name`: what it is called by its path. Without tasks. */
export function proseSpec(file: string, name: string, text: string): Spec {
  const { title, frontMatter } = outlineOf(text);
  const front = readFrontMatter(file, frontMatter);
  const { title: named, status } = "code" in front ? {} : front;
  return { file, slug: slugOf(name), title: named ?? title ?? name, context: [], tasks: [], groups: [], ...(status !== undefined && { status }) };
}
