#!/usr/bin/env node
/**
 * Biome as it was up to 2.4, by the real one of today: its language server has no fix for a place without a character in it.
 * Every other word goes through as it is.
 */
import { spawn } from "node:child_process";
import { StreamMessageReader, StreamMessageWriter } from "vscode-jsonrpc/node";

const child = spawn("biome", process.argv.slice(2), { stdio: ["pipe", "pipe", "inherit"] });
const [fromClient, toClient] = [new StreamMessageReader(process.stdin), new StreamMessageWriter(process.stdout)];
const [fromServer, toServer] = [new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin)];

fromServer.listen((message) => void toClient.write(message));
fromClient.listen((message) => {
  const { start, end } = message.params?.range ?? {};
  const isEmpty = start !== undefined && start.line === end.line && start.character === end.character;
  if (message.method === "textDocument/codeAction" && isEmpty) void toClient.write({ jsonrpc: "2.0", id: message.id, result: [] });
  else void toServer.write(message);
});
fromClient.onClose(() => child.stdin.end());
child.on("exit", (code) => process.exit(code ?? 1));
