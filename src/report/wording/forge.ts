/** What is to be said of pushes and pull requests: what went wrong, and what mends it. */
import { shortRef } from "../layout.ts";
import type { Sentences, Told } from "./told.ts";

const number = (told: Told): string => `Pull request ${told.text("number")} (${told.text("url")})`;

export const forgeSentences: Sentences = {
  "comments-without-forge": (told) => `Review comments are read from GitHub or GitLab, and ${told.text("remote")} leads elsewhere; a saved answer of their API can be given as a file.`,
  "push-auth": (told) => `${told.text("remote")} does not let you push${told.quoteOutput("detail")} Sign in (ssh-add, a credential helper, a token) and run the same again.`,
  "push-conflict": (told) => `${shortRef(told.text("ref"))} on ${told.text("remote")} does not stand where stet left it, so it was left alone: somebody's work may be on it.`,
  "push-protected": (told) => `The rules of ${told.text("remote")} refuse ${shortRef(told.text("ref"))}${told.quoteOutput("detail")}`,
  "push-missing": (told) => `There is no repository behind ${told.text("remote")}, or none that you may see${told.quoteOutput("detail")}`,
  "push-transient": (told) => `${told.text("remote")} could not be reached${told.quoteOutput("detail")} The same command tries again.`,
  "push-rejected": (told) => `${told.text("remote")} did not take ${shortRef(told.text("ref"))}${told.quoteOutput("detail")}`,
  "no-remote": (told) => `There is no remote ${told.text("remote")}; --remote names another one.`,
  "no-forge": (told) => `${told.text("remote")} is at no forge that stet knows (STET_FORGE names its kind), so the text for a pull request is in ${told.text("file")}.`,
  "forge-auth": (told) => `The forge does not accept the token, or it may not do this${told.quote("detail")}`,
  "forge-missing": (told) => `The forge has no such repository, or none that the token may see${told.quote("detail")}`,
  "forge-conflict": (told) => `The forge has this already${told.quote("detail")}`,
  "forge-rejected": (told) => `The forge does not want it${told.quote("detail")}`,
  "forge-rate-limited": (told) => `The forge wants to be left alone for a while${told.quote("detail")} The same command goes on later.`,
  "forge-transient": (told) => `The forge could not be reached${told.quote("detail")} The same command tries again.`,
  "forge-refused-endpoint": (told) => `The forge's answer was refused: it leads elsewhere, or has no end${told.quote("detail")}`,
  "pull-request-closed": (told) => `${number(told)} was closed, which is a no; it is not opened again.`,
  "pull-request-merged": (told) => `${number(told)} is merged already.`,
  "too-many-open": (told) => `${told.count("open", "pull request")} of stet's own are open, and ${told.number("max")} may be; the branch is pushed, the same command opens it later.`,
  "too-many-lately": (told) => `${told.count("count", "pull request")} of stet's own came within an hour, and ${told.number("max")} may; the branch is pushed, the same command opens it later.`,
};
