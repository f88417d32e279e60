/** The one thing that an engine (native or in JavaScript) must be able to show: the project with some texts replaced. */
import type { Diagnostic, Texts } from "./protocol.ts";

/** All paths here are absolute. */
export interface View {
  /** Every file of every program, sorted, a file of two programs twice. */
  files(): Promise<readonly string[]>;
  /** Errors in these files: syntax, types, and declarations where the project emits them. */
  diagnostics(files: readonly string[]): Promise<readonly Diagnostic[]>;
  /** Errors in all files. */
  allDiagnostics(): Promise<readonly Diagnostic[]>;
  /** What these files declare for others, by file; a file is absent where its declarations cannot be written. */
  declarations(files: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** The project with these texts in place of what stands on disk (not of this view's), made from what this view knows. */
  with(texts: Texts): Promise<View>;
  release(): Promise<void>;
}

/** The engine cannot load this project's configuration as the project's own compiler does. */
export class UnsupportedFault extends Error {}
