/** Every language that is understood. */
import type { SyntaxLanguage } from "../../../../domain/syntax.ts";
import type { Grammar } from "../grammar.ts";
import { cpp } from "./cpp.ts";
import { csharp } from "./csharp.ts";
import { go } from "./go.ts";
import { java } from "./java.ts";
import { php } from "./php.ts";
import { python } from "./python.ts";
import { ruby } from "./ruby.ts";
import { rust } from "./rust.ts";
import { script } from "./script.ts";

export const GRAMMARS: Readonly<Record<SyntaxLanguage, Grammar>> = { script, python, rust, go, java, csharp, cpp, ruby, php };
