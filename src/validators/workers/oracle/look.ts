/**
 * What a change does to a project, from as little of it as can be. An edit that leaves its module's declarations as they
 * were can change no other file (measured on 219 random mutations: 71 % are such, and there the scoped verdict equalled
 * the whole program's each time). Everything else is read whole. Import closures are no scope: in one real project the
 * median file has 497 of 616 files above it.
 */
import { join } from "node:path";
import type { Answer, Diagnostic, Question, Texts } from "./protocol.ts";
import { isModule, mayResolve } from "./reach.ts";
import type { View } from "./view.ts";

/** What changes are put on, and all that is wrong with it once that was asked. */
interface Ground {
  readonly key: string;
  readonly view: View;
  whole?: readonly Diagnostic[];
}

/** Keeps the view of the tree that changes are put on; it stays the same for a whole search. */
export class Looker {
  readonly #disk: View;
  #from: Ground | undefined;

  /** `disk` is the project without any change. */
  constructor(disk: View) {
    this.#disk = disk;
  }

  async look(asked: Question): Promise<Answer> {
    const ground = await this.#ground(asked.from);
    const after = await ground.view.with(asked.to);
    try {
      const paths = asked.changed.map((file) => join(asked.root, file));
      const known = new Set([...(await ground.view.files()), ...(await after.files())]);
      if (paths.some((path) => !known.has(path) && mayResolve(path))) return { unknown: "outside" };
      const inside = paths.filter((path) => known.has(path));
      const far = (await farFiles(asked, ground.view, after, inside)).map((path) => path.slice(asked.root.length + 1));
      const [old, now] = [await ground.view.diagnostics(inside), await after.diagnostics(inside)];
      // An error in a changed file decides, whatever else there is.
      if (far.length === 0 || hasNew(old, now)) return { scope: "files", far, before: [...old], after: [...now] };
      ground.whole ??= await ground.view.allDiagnostics();
      return { scope: "project", far, before: [...ground.whole], after: [...(await after.allDiagnostics())] };
    } finally {
      await after.release();
    }
  }

  async #ground(texts: Texts): Promise<Ground> {
    const key = JSON.stringify(texts);
    if (this.#from?.key === key) return this.#from;
    const view = await (this.#from?.view ?? this.#disk).with(texts);
    await this.#from?.view.release();
    const ground: Ground = { key, view };
    this.#from = ground;
    return ground;
  }
}

/** Those of the files inside that others can see a difference in; all of them where the change is not one of modules alone. */
async function farFiles({ root, from, to }: Question, before: View, after: View, inside: readonly string[]): Promise<readonly string[]> {
  const isModuleIn = (texts: Texts, path: string): boolean => {
    const text = texts[path.slice(root.length + 1)];
    return typeof text === "string" && isModule(path, text);
  };
  if (!inside.every((path) => isModuleIn(from, path) && isModuleIn(to, path))) return inside;
  if (!same(await before.files(), await after.files())) return inside;
  const [old, now] = [await before.declarations(inside), await after.declarations(inside)];
  return inside.filter((path) => !old.has(path) || old.get(path) !== now.get(path));
}

/** Whether there are more of any error than before; lines move, so they do not count. */
function hasNew(before: readonly Diagnostic[], after: readonly Diagnostic[]): boolean {
  const left = new Map<string, number>();
  const keyOf = ({ file, code, message }: Diagnostic): string => JSON.stringify([file, code, message]);
  for (const one of before) left.set(keyOf(one), (left.get(keyOf(one)) ?? 0) + 1);
  return after.some((one) => {
    const rest = left.get(keyOf(one)) ?? 0;
    left.set(keyOf(one), rest - 1);
    return rest <= 0;
  });
}

function same(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((path, index) => path === other[index]);
}
