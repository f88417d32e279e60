/**
 * A forge on loopback that keeps one repository's pull requests, in GitHub's and in GitLab's wire format, as far as stet
 * asks. The real clients talk to it. `faults` are answered first, in order, one for each request that fits.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { z } from "zod";

export interface Kept {
  number: number;
  title: string;
  body: string;
  state: "open" | "closed" | "merged";
  draft: boolean;
  head: string;
  base: string;
  createdAt: string;
  comments: string[];
}

export interface Fault {
  readonly method?: string;
  readonly path?: RegExp;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Does what was asked, and then ends the connection without a word. */
  readonly deaf?: boolean;
}

interface Request {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: Record<string, unknown>;
  readonly headers: IncomingMessage["headers"];
}

export class ScriptedForge implements AsyncDisposable {
  readonly pulls: Kept[] = [];
  readonly requests: Request[] = [];
  readonly faults: Fault[] = [];
  /** Given by `reviewComments`, as they are. */
  reviewComments: readonly Record<string, unknown>[] = [];
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((request, response) => void this.#answer(request, response));
  }

  static async start(): Promise<ScriptedForge> {
    const forge = new ScriptedForge();
    await new Promise<void>((resolve) => forge.#server.listen(0, "127.0.0.1", resolve));
    return forge;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  add(pull: Partial<Kept> & Pick<Kept, "head">): Kept {
    const number = this.pulls.length + 1;
    const fresh: Kept = { number, title: "", body: "", state: "open", draft: false, base: "main", createdAt: new Date().toISOString(), comments: [], ...pull };
    this.pulls.unshift(fresh);
    return fresh;
  }

  async #answer(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const { url: target = "", method = "", headers } = incoming;
    const { pathname: path, searchParams: query } = new URL(target, this.url);
    const request = { method, path, query, body: parsed(Buffer.concat(chunks).toString("utf8")), headers };
    this.requests.push(request);
    const fault = this.#faultFor(request);
    if (fault?.status !== undefined) {
      send(response, fault.status, fault.body ?? "{}", fault.headers);
      return;
    }
    const answer = path.startsWith("/api/v4/") ? this.#gitlab(request) : this.#github(request);
    if (fault?.deaf) response.destroy();
    else send(response, statusOf(answer, method), JSON.stringify(answer ?? { message: "Not Found" }));
  }

  #faultFor(request: Request): Fault | undefined {
    const at = this.faults.findIndex(({ method = request.method, path = /./ }) => method === request.method && path.test(request.path));
    return at < 0 ? undefined : this.faults.splice(at, 1)[0];
  }

  #github({ method, path, query, body }: Request): unknown {
    if (path === "/graphql") return this.#ready(body);
    if (/^\/repos\/[^/]+\/[^/]+$/.test(path)) return { default_branch: "main" };
    if (/\/pulls$/.test(path) && method === "GET") return this.#page(query, query.get("head")?.replace(/^[^:]*:/, "")).map((one) => github(one, this.url));
    if (/\/pulls$/.test(path)) return github(this.add(NEW.parse(body)), this.url);
    if (/\/pulls\/\d+\/comments$/.test(path)) return isFirst(query) ? this.reviewComments : [];
    const [, remark] = /\/issues\/comments\/(\d+)$/.exec(path) ?? [];
    if (remark !== undefined) return this.#editRemark(Number(remark), body);
    return this.#githubPull({ method, path, body });
  }

  #githubPull({ method, path, body }: Pick<Request, "method" | "path" | "body">): unknown {
    const kept = this.#find(path, /\/(?:pulls|issues)\/(\d+)/);
    if (!kept) return undefined;
    if (/\/comments$/.test(path)) return said(kept, method, body);
    if (method === "PATCH") Object.assign(kept, body);
    return github(kept, this.url);
  }

  /** Ids count over all pull requests: a thousand for each. */
  #editRemark(id: number, body: Record<string, unknown>): unknown {
    const kept = this.pulls.find(({ number }) => number === Math.floor(id / 1_000));
    if (kept) kept.comments[id % 1_000] = String(body["body"]);
    return kept && { id };
  }

  #ready(body: Record<string, unknown>): unknown {
    const { id } = z.object({ id: z.string() }).parse(body["variables"]);
    const kept = this.pulls.find(({ number }) => `node-${number}` === id);
    if (kept) kept.draft = false;
    return { data: { markPullRequestReadyForReview: { clientMutationId: null } } };
  }

  #gitlab({ method, path, query, body }: Request): unknown {
    if (/\/projects\/[^/]+$/.test(path)) return { default_branch: "main" };
    if (/\/merge_requests$/.test(path) && method === "GET") return this.#page(query, query.get("source_branch") ?? undefined).map((one) => gitlab(one, this.url));
    if (/\/merge_requests$/.test(path)) {
      const asked = z.object({ source_branch: z.string(), target_branch: z.string(), title: z.string(), description: z.string().default("") }).parse(body);
      return gitlab(this.add({ head: asked.source_branch, base: asked.target_branch, title: asked.title, body: asked.description, draft: asked.title.startsWith("Draft: ") }), this.url);
    }
    if (/\/discussions$/.test(path)) return isFirst(query) ? [{ notes: this.reviewComments }] : [];
    return this.#gitlabRequest({ method, path, body });
  }

  #gitlabRequest({ method, path, body }: Pick<Request, "method" | "path" | "body">): unknown {
    const kept = this.#find(path, /\/merge_requests\/(\d+)/);
    if (!kept) return undefined;
    if (/\/notes$/.test(path)) return said(kept, method, body);
    const [, remark] = /\/notes\/(\d+)$/.exec(path) ?? [];
    if (remark !== undefined) return this.#editRemark(Number(remark), body);
    if (method === "PUT") {
      if (typeof body["title"] === "string") Object.assign(kept, { title: body["title"], draft: body["title"].startsWith("Draft: ") });
      if (typeof body["description"] === "string") kept.body = body["description"];
      if (typeof body["target_branch"] === "string") kept.base = body["target_branch"];
    }
    return gitlab(kept, this.url);
  }

  #find(path: string, pattern: RegExp): Kept | undefined {
    return this.pulls.find(({ number }) => String(number) === pattern.exec(path)?.[1]);
  }

  #page(query: URLSearchParams, head: string | undefined): Kept[] {
    const all = this.pulls.filter((one) => head === undefined || one.head === head);
    return Number(query.get("page") ?? 1) > 1 ? [] : all.slice(0, Number(query.get("per_page") ?? 30));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

function said({ number, comments }: Kept, method: string, body: Record<string, unknown>): unknown {
  if (method === "GET") return comments.map((text, index) => ({ id: number * 1_000 + index, body: text }));
  return { id: number * 1_000 + comments.push(String(body["body"])) - 1 };
}

function isFirst(query: URLSearchParams): boolean {
  return (query.get("page") ?? "1") === "1";
}

function statusOf(answer: unknown, method: string): number {
  if (answer === undefined) return 404;
  return method === "POST" ? 201 : 200;
}

function send(response: ServerResponse, status: number, body: string, headers: Fault["headers"] = {}): void {
  response.writeHead(status, { "content-type": "application/json", ...headers }).end(body);
}

function github({ number, title, state, draft, head, createdAt }: Kept, url: string): object {
  const repo = { full_name: "owner/name" };
  const merged = state === "merged" ? createdAt : null;
  return { number, node_id: `node-${number}`, html_url: `${url}/owner/name/pull/${number}`, title, state: state === "open" ? "open" : "closed", draft, merged_at: merged, created_at: createdAt, head: { ref: head, repo } };
}

function gitlab({ number, title, state, draft, head, createdAt }: Kept, url: string): object {
  const project = { source_project_id: 1, target_project_id: 1 };
  return { iid: number, web_url: `${url}/owner/name/-/merge_requests/${number}`, title, state: state === "open" ? "opened" : state, draft, source_branch: head, ...project, created_at: createdAt };
}

function parsed(body: string): Record<string, unknown> {
  return body === "" ? {} : z.record(z.string(), z.unknown()).parse(JSON.parse(body));
}

const NEW = z.object({ head: z.string(), base: z.string(), title: z.string(), body: z.string().default(""), draft: z.boolean().default(false) });
