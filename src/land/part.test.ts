import assert from "node:assert/strict";
import { test } from "node:test";
import { findRepository } from "../system/repository.ts";
import { temporaryRepository } from "../../test/support/workspace.ts";
import { changedLines, countCommits, fitOf, PART_LIMITS } from "./part.ts";

test("a part is full with 250 lines or 8 commits; what is too large by itself gets one of its own", () => {
  const fit = (commits: number, lines: number): string => fitOf({ lines: 0, commits }, { lines, more: 1 }, PART_LIMITS);
  assert.deepEqual([fit(0, 250), fit(0, 251), fit(1, 250), fit(1, 251), fit(7, 10), fit(8, 10)], ["fits", "alone", "fits", "full", "fits", "full"]);
});

test("lines are counted as git counts them, and what is no text is none", async () => {
  using folder = temporaryRepository({ "a.txt": "a\n" });
  const repository = await findRepository(folder.root);
  assert.ok(repository);
  const { git } = repository;
  const blob = (text: string): Promise<string> => git.text(["hash-object", "-w", "--stdin"], { stdin: text });
  const tree = async (text: string, binary: string): Promise<string> => git.text(["mktree"], { stdin: `100644 blob ${await blob(text)}\ta.txt\n100644 blob ${await blob(binary)}\tb.bin\n` });
  assert.equal(await changedLines(git, await tree("1\n2\n3\n", "\0\n"), await tree("1\ntwo\n3\n4\n", "\0\0\n")), 3);
  assert.equal(await countCommits(git, "HEAD", "HEAD"), 0);
});
