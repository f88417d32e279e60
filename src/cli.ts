#!/usr/bin/env node
/**
 * The command line: streams, signals and exit codes, nothing else. Commands are loaded when they are named, so that
 * `--version` and `--help` cost next to nothing.
 */
import { main } from "./commands/main.ts";

process.exitCode = await main(process.argv.slice(2));
