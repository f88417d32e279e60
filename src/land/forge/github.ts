/**
 * GitHub, github.com or an Enterprise server, through octokit. Its own retries and logs are off: `request.ts` has the one
 * policy, and the token is in no message.
 */
import { z } from "zod";
import type { Forge, Forged, PullRequest, Remark } from "../../domain/forge.ts";
import type { ForgePlace } from "./place.ts";
import { ask, forgeFetch, type Asking, type Refusal } from "./request.ts";

const pull = z.object({
  number: z.number(),
  node_id: z.string(),
  html_url: z.string(),
  title: z.string(),
  state: z.string(),
  draft: z.boolean().nullish(),
  merged_at: z.string().nullish(),
  created_at: z.string(),
  head: z.object({ ref: z.string(), repo: z.object({ full_name: z.string() }).nullish() }),
});
type Pull = z.infer<typeof pull>;

const PAGE = 100;

export async function openGithub({ url, owner, name, token }: ForgePlace, asking: Asking): Promise<Forge> {
  const { Octokit } = await import("@octokit/rest");
  const log = { debug: ignore, info: ignore, warn: ignore, error: ignore };
  const request = { fetch: forgeFetch(url, asking.signal) };
  const client = new Octokit({ baseUrl: url.href.replace(/\/$/, ""), userAgent: "stet", log, request, ...(token !== undefined && { auth: token }) });
  const repository = { owner, repo: name };
  const get = <T>(work: () => Promise<T>): Promise<Forged<T>> => ask(work, asking, { refusalIn, changes: false });
  const change = <T>(work: () => Promise<T>): Promise<Forged<T>> => ask(work, asking, { refusalIn, changes: true });
  /** A fork may have a branch of the same name. */
  const isOwn = ({ head }: Pull): boolean => head.repo?.full_name.toLowerCase() === `${owner}/${name}`.toLowerCase();
  const list = async (more: { head?: string }): Promise<Pull[]> => {
    const { data } = await client.pulls.list({ ...repository, ...more, state: "all", sort: "created", direction: "desc", per_page: PAGE });
    return z.array(pull).parse(data).filter(isOwn);
  };
  return {
    kind: "github",
    defaultBranch: () => get(async () => z.object({ default_branch: z.string() }).parse((await client.repos.get(repository)).data).default_branch),
    opened: (head) => get(async () => (await list({ head: `${owner}:${head}` })).filter((one) => one.head.ref === head).map(toPullRequest)),
    recent: (prefix) => get(async () => (await list({})).filter((one) => one.head.ref.startsWith(prefix)).map(toPullRequest)),
    open: (wanted) => change(async () => toPullRequest(pull.parse((await client.pulls.create({ ...repository, ...wanted })).data))),
    edit: (number, { draft: _stays, ...changes }) => get(async () => toPullRequest(pull.parse((await client.pulls.update({ ...repository, pull_number: number, ...changes })).data))),
    markReady: (one) =>
      get(async () => {
        const found = pull.parse((await client.pulls.get({ ...repository, pull_number: one.number })).data);
        if (found.draft) await client.graphql(READY, { id: found.node_id });
        return { ...toPullRequest(found), draft: false };
      }),
    comment: (number, body) =>
      change(async () => {
        await client.issues.createComment({ ...repository, issue_number: number, body });
        return undefined;
      }),
    comments: (number) =>
      get(async () => {
        const found: Remark[] = [];
        const pages = client.paginate.iterator(client.issues.listComments, { ...repository, issue_number: number, per_page: PAGE });
        for await (const { data } of pages) {
          found.push(...z.array(remark).parse(data).map(({ id, body }) => ({ id, body: body ?? "" })));
          if (found.length >= MAX_REMARKS) break;
        }
        return found;
      }),
    editComment: (_, id, body) =>
      get(async () => {
        await client.issues.updateComment({ ...repository, comment_id: id, body });
        return undefined;
      }),
    reviewComments: (number) =>
      get(async () => {
        const pages = client.paginate.iterator(client.pulls.listReviewComments, { ...repository, pull_number: number, per_page: PAGE });
        const comments: Record<string, unknown>[] = [];
        for await (const { data } of pages) {
          comments.push(...z.array(z.record(z.string(), z.unknown())).parse(data));
          if (comments.length >= MAX_COMMENTS) break;
        }
        return comments;
      }),
  };
}

/** The REST interface has no way to end a draft. */
const READY = "mutation($id: ID!) { markPullRequestReadyForReview(input: { pullRequestId: $id }) { clientMutationId } }";
const MAX_COMMENTS = 3_000;
const MAX_REMARKS = 1_000;
const remark = z.object({ id: z.number(), body: z.string().nullish() });

function toPullRequest({ number, html_url, title, state, draft, merged_at, head, created_at }: Pull): PullRequest {
  return {
    number,
    url: html_url,
    title,
    state: state === "open" ? "open" : typeof merged_at === "string" ? "merged" : "closed",
    draft: draft ?? false,
    head: head.ref,
    createdAtMs: Date.parse(created_at),
  };
}

const refusal = z.object({
  status: z.number(),
  message: z.string(),
  response: z.object({ headers: z.record(z.string(), z.union([z.string(), z.number()]).optional()), data: z.unknown() }).optional(),
});

/** octokit gives a fault of the network the status 500, and no answer. */
function refusalIn(error: unknown): Refusal | undefined {
  const found = error instanceof Error ? refusal.safeParse(error).data : undefined;
  if (!found?.response) return undefined;
  const headers = Object.fromEntries(Object.entries(found.response.headers).map(([name, value]) => [name, String(value ?? "")]));
  return { status: found.status, headers, detail: found.message };
}

function ignore(): void {
  // A log of the client's would go to the terminal.
}
