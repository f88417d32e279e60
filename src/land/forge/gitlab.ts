/**
 * GitLab, gitlab.com or a server of one's own, through gitbeaker's core. Its transport is stet's: the one that comes with
 * it follows redirects, token and all, and asks ten times.
 */
import { z } from "zod";
import type { Forge, Forged, PullRequest } from "../../domain/forge.ts";
import type { ForgePlace } from "./place.ts";
import { ask, forgeFetch, type Asking, type Refusal } from "./request.ts";

const merge = z.object({
  iid: z.number(),
  web_url: z.string(),
  title: z.string(),
  state: z.string(),
  draft: z.boolean().nullish(),
  source_branch: z.string(),
  source_project_id: z.number().nullish(),
  target_project_id: z.number().nullish(),
  created_at: z.string(),
});
type Merge = z.infer<typeof merge>;

const PAGE = 100;
/** A merge request is a draft by its title. */
const DRAFT = "Draft: ";

export async function openGitlab({ url, owner, name, token }: ForgePlace, asking: Asking): Promise<Forge> {
  const [{ MergeRequests, MergeRequestNotes, MergeRequestDiscussions, Projects }, { createRequesterFn }] = await Promise.all([
    import("@gitbeaker/core"),
    import("@gitbeaker/requester-utils"),
  ]);
  const requesterFn = createRequesterFn((_, request) => Promise.resolve(request), transport(forgeFetch(url, asking.signal)));
  const options = { host: url.href.replace(/\/$/, ""), token: token ?? "", requesterFn };
  const [requests, notes, discussions, projects] = [new MergeRequests(options), new MergeRequestNotes(options), new MergeRequestDiscussions(options), new Projects(options)];
  const project = `${owner}/${name}`;
  const get = <T>(work: () => Promise<T>): Promise<Forged<T>> => ask(work, asking, { refusalIn, changes: false });
  const change = <T>(work: () => Promise<T>): Promise<Forged<T>> => ask(work, asking, { refusalIn, changes: true });
  const list = async (more: { sourceBranch?: string }): Promise<Merge[]> => {
    const page = { perPage: PAGE, maxPages: 1, orderBy: "created_at", sort: "desc", scope: "all" } as const;
    const found = z.array(merge).parse(await requests.all({ projectId: project, ...page, ...more }));
    return found.filter((one) => one.source_project_id === one.target_project_id);
  };
  return {
    kind: "gitlab",
    defaultBranch: () => get(async () => z.object({ default_branch: z.string() }).parse(await projects.show(project)).default_branch),
    opened: (head) => get(async () => (await list({ sourceBranch: head })).filter((one) => one.source_branch === head).map(toPullRequest)),
    recent: (prefix) => get(async () => (await list({})).filter((one) => one.source_branch.startsWith(prefix)).map(toPullRequest)),
    open: ({ head, base, title, body, draft }) =>
      change(async () => toPullRequest(merge.parse(await requests.create(project, head, base, draft ? `${DRAFT}${title}` : title, { description: body })))),
    edit: (number, { title, body, base, draft = false }) =>
      get(async () => {
        const changes = { ...(title !== undefined && { title: draft ? `${DRAFT}${title}` : title }), ...(body !== undefined && { description: body }), ...(base !== undefined && { targetBranch: base }) };
        return toPullRequest(merge.parse(await requests.edit(project, number, changes)));
      }),
    markReady: ({ number }) =>
      get(async () => {
        const { title } = merge.parse(await requests.show(project, number));
        return toPullRequest(merge.parse(await requests.edit(project, number, { title: plainTitle(title) })));
      }),
    comment: (number, body) =>
      change(async () => {
        await notes.create(project, number, body);
        return undefined;
      }),
    comments: (number) =>
      get(async () => z.array(z.object({ id: z.number(), body: z.string() })).parse(await notes.all(project, number, { perPage: PAGE, maxPages: MAX_REMARK_PAGES, sort: "asc" }))),
    editComment: (number, id, body) =>
      get(async () => {
        await notes.edit(project, number, id, { body });
        return undefined;
      }),
    reviewComments: (number) =>
      get(async () => {
        const found = await discussions.all(project, number, { perPage: PAGE, maxPages: MAX_PAGES });
        return z.array(z.looseObject({ notes: z.array(z.record(z.string(), z.unknown())).default([]) })).parse(found).flatMap((one) => one.notes);
      }),
  };
}

const MAX_PAGES = 30;
const MAX_REMARK_PAGES = 10;

function plainTitle(title: string): string {
  return title.replace(/^(?:draft:|\[draft\]|\(draft\))\s*/i, "");
}

function toPullRequest({ iid, web_url, title, state, draft, source_branch, created_at }: Merge): PullRequest {
  return {
    number: iid,
    url: web_url,
    title: plainTitle(title),
    state: state === "opened" || state === "locked" ? "open" : state === "merged" ? "merged" : "closed",
    draft: draft ?? plainTitle(title) !== title,
    head: source_branch,
    createdAtMs: Date.parse(created_at),
  };
}

/** An answer that is none of the good ones. */
class Refused extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal.detail);
    this.refusal = refusal;
  }
}

function refusalIn(error: unknown): Refusal | undefined {
  return error instanceof Refused ? error.refusal : undefined;
}

interface Sent {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly prefixUrl?: string;
  readonly searchParams?: string;
  readonly body?: string | FormData;
}

type Body = Record<string, unknown> | Record<string, unknown>[] | null;

/** What gitbeaker calls for each request. */
function transport(send: ReturnType<typeof forgeFetch>) {
  return async (endpoint: string, { method, headers, prefixUrl = "", searchParams, body }: Sent = {}): Promise<{ body: Body; headers: Record<string, string>; status: number }> => {
    const target = new URL(endpoint, prefixUrl.endsWith("/") ? prefixUrl : `${prefixUrl}/`);
    target.search = searchParams ?? "";
    const response = await send(target, { ...(method !== undefined && { method }), ...(headers && { headers }), ...(body !== undefined && { body }) });
    const text = await response.text();
    const plain = Object.fromEntries(response.headers.entries());
    if (!response.ok) throw new Refused({ status: response.status, headers: plain, detail: text });
    return { body: text === "" ? null : (JSON.parse(text) as Body), headers: plain, status: response.status };
  };
}
