/**
 * The half of `lsp-fix` and `lsp-fix-all` that runs inside the workspace's sandbox, beside the linter's language server.
 * Reads one request on stdin, writes a line of JSON per offer on stdout, and touches nothing.
 */
import { linesFor } from "./lsp/files.ts";
import { request } from "./lsp/protocol.ts";

for await (const line of linesFor(request.parse(JSON.parse(await readInput())))) process.stdout.write(`${JSON.stringify(line)}\n`);

async function readInput(): Promise<string> {
  let text = "";
  process.stdin.setEncoding("utf8");
  for await (const chunk of process.stdin) text += String(chunk);
  return text;
}
