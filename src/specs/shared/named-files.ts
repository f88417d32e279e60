/** The paths that a text names: in backticks or bare, with an ending. A guess for plans and estimates, never a permission. */
import { pathBelow } from "../../domain/paths.ts";

const MAX_FILES = 40;
/** `src/a.ts`, `./a/b.test.ts`, `Makefile` only in backticks. */
const QUOTED = /`([^`\s]{1,200})`/g;
const BARE = /(?<![\w/.@:-])((?:\.{0,2}\/)?(?:[\w@.-]+\/)+[\w@.-]*\w\.[A-Za-z]\w{0,7}|\w[\w.-]*\.(?:m?[jt]sx?|c[jt]s|py|rs|go|md|json|ya?ml|toml|vue|svelte|css|html|java|rb|php|cs|sql|sh))(?![\w/-])/g;
const HAS_ENDING = /\.[A-Za-z]\w{0,7}$/;
/** Without a folder it may as well be a name with dots in it. */
const IS_FILE = /\/|\.(?:m?[jt]sx?|c[jt]s|py|rs|go|mdx?|json[c5]?|ya?ml|toml|vue|svelte|s?css|html?|java|kts?|swift|rb|php|cs|cpp|[ch]|sql|sh|txt|csv|xml|lock|env|ini|cfg)$/;
const BY_NAME = new Set(["Makefile", "Dockerfile", "LICENSE"]);

/** Each once, in order of appearance. */
export function namedFiles(text: string): string[] {
  const found = [...text.matchAll(QUOTED), ...text.matchAll(BARE)]
    .sort((one, other) => one.index - other.index)
    .map(([, path = ""]) => path.replace(/:\d+(?:[-:]\d+)?$/, ""))
    .filter((path) => isPath(path))
    .flatMap((path) => pathBelow(path, []) ?? []);
  return [...new Set(found)].slice(0, MAX_FILES);
}

function isPath(path: string): boolean {
  if (/[(){}[\]<>"'*=,;|\\$]|:\/\/|^-/.test(path)) return false;
  return HAS_ENDING.test(path) && IS_FILE.test(path) ? !/^\d+(?:\.\w+)*$/.test(path) && !/^\.\w+$/.test(path) : BY_NAME.has(path);
}
