/** Which language a file is written in, by its name alone: enough to know which marks mean something in it. */

/** `prose`: marks in it are examples. `other`: unknown, so comment marks of every language count. */
export type Language = "typescript" | "javascript" | "python" | "rust" | "prose" | "other";

const EXTENSIONS: Readonly<Record<Exclude<Language, "other">, readonly string[]>> = {
  // Single-file components hold TypeScript in their script parts.
  typescript: ["ts", "tsx", "mts", "cts", "vue", "svelte", "astro"],
  javascript: ["js", "jsx", "mjs", "cjs"],
  python: ["py", "pyi"],
  rust: ["rs"],
  prose: ["md", "markdown", "txt", "rst", "adoc"],
};

const LANGUAGES: readonly Exclude<Language, "other">[] = ["typescript", "javascript", "python", "rust", "prose"];

export function languageOf(file: string): Language {
  const extension = file.slice(file.lastIndexOf(".") + 1).toLowerCase();
  return LANGUAGES.find((language) => EXTENSIONS[language].includes(extension)) ?? "other";
}
