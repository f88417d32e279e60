/**
 * Reads a package script as plain commands, where it is no more than that. Never runs a shell and never guesses: a
 * script in which a shell would do anything but split words is "not plain".
 */

/** One word, quoted in any way, or the mark between two commands. Alternatives that a shell acts on are left out. */
const TOKEN = /\s*(?:(&&)|((?:[^\s"'\\$`;|&<>()#]|'[^'\n]*'|"[^"\\$`\n]*"|\\[^\n])+))/y;
const PIECE = /'([^']*)'|"([^"]*)"|\\(.)|([^'"\\]+)/g;

/** Longer scripts than this are programs. */
const MAX_SCRIPT_LENGTH = 4_000;

/** The commands of a script that are joined by `&&`, as words; undefined where the script is not plain. */
export function plainCommands(script: string): string[][] | undefined {
  const text = script.trim();
  if (text.length > MAX_SCRIPT_LENGTH) return undefined;
  const commands: string[][] = [[]];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const token = TOKEN.exec(text);
    if (!token) return undefined;
    if (token[1] === undefined) commands.at(-1)?.push(unquoted(token[2] ?? ""));
    else commands.push([]);
  }
  return commands.some((words) => words.length === 0) ? undefined : commands;
}

function unquoted(word: string): string {
  return [...word.matchAll(PIECE)].map(([, single, double, escaped, bare]) => single ?? double ?? escaped ?? bare ?? "").join("");
}
