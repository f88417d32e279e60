/** Opens a project in the engine that was asked for: the pinned native compiler, or the project's own in JavaScript. */
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type ts from "typescript";
import { openBuilder } from "./builder.ts";
import { findNative } from "./native-client.ts";
import { openNative } from "./native.ts";
import type { Question } from "./protocol.ts";
import { UnsupportedFault, type View } from "./view.ts";

/** The project as it stands on disk. Throws `UnsupportedFault` where the engine does not take it. */
export async function openProjects({ engine, root, projects }: Question): Promise<View> {
  if (engine === "native") {
    const program = findNative();
    if (program === undefined) throw new UnsupportedFault("the native compiler is not installed");
    return openNative(program, root, projects);
  }
  const compiler = findOwn(root, projects);
  if (!compiler) throw new UnsupportedFault("the project has no compiler in JavaScript");
  return openBuilder(compiler, root, projects);
}

/** The project's own TypeScript, which a workspace may keep in one of its packages. */
function findOwn(root: string, projects: readonly string[]): typeof ts | undefined {
  for (const folder of [root, ...projects.map((project) => join(root, dirname(project)))]) {
    try {
      const loaded: unknown = createRequire(import.meta.url)(join(folder, "node_modules", "typescript"));
      return isCompiler(loaded) ? loaded : undefined;
    } catch {
      // Not installed there: the next place is tried.
    }
  }
  return undefined;
}

function isCompiler(loaded: unknown): loaded is typeof ts {
  return typeof loaded === "object" && loaded !== null && "createSemanticDiagnosticsBuilderProgram" in loaded;
}
