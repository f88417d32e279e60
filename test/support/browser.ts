/** A page in a real Chromium without a head: Debian's own, told not to speak to anybody. */
import { accessSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium, type BrowserContext, type Page } from "playwright-core";
import { temporaryFolder } from "./workspace.ts";

const PROGRAM = "/usr/bin/chromium";
const FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

/** Why tests of pages are left out; false where they are not. Where `CI` is true they are not, and fail without it. */
export const withoutBrowser = process.env["CI"] !== "true" && !isThere() && "no chromium here: apt-get install chromium";

function isThere(): boolean {
  try {
    accessSync(PROGRAM);
    return true;
  } catch {
    return false;
  }
}

export interface View {
  readonly width: number;
  readonly scheme: "light" | "dark";
}

/** What the page did besides being shown. */
export interface Shown {
  readonly page: Page;
  /** Messages of the console, and errors of the page. */
  readonly messages: readonly string[];
  /** Addresses that were asked for, besides the page's own. */
  readonly requests: readonly string[];
}

export class Browser implements AsyncDisposable {
  readonly #context: BrowserContext;
  readonly #folder: ReturnType<typeof temporaryFolder>;

  private constructor(context: BrowserContext, folder: ReturnType<typeof temporaryFolder>) {
    this.#context = context;
    this.#folder = folder;
  }

  static async start(): Promise<Browser> {
    if (!isThere()) throw new Error("these tests need Chromium: apt-get install chromium");
    const folder = temporaryFolder();
    const context = await chromium.launchPersistentContext(join(folder.root, "user"), { executablePath: PROGRAM, args: FLAGS, chromiumSandbox: false });
    return new Browser(context, folder);
  }

  async show(html: string, { width, scheme }: View): Promise<Shown> {
    const page = await this.#context.newPage();
    const [messages, requests]: [string[], string[]] = [[], []];
    page.on("console", (message) => messages.push(message.text()));
    page.on("pageerror", (error) => messages.push(error.message));
    page.on("dialog", (dialog) => void dialog.dismiss().then(() => messages.push(`dialog: ${dialog.message()}`)));
    const file = join(this.#folder.root, "page.html");
    writeFileSync(file, html);
    const { href } = pathToFileURL(file);
    page.on("request", (request) => {
      if (request.url() !== href) requests.push(request.url());
    });
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme: scheme });
    await page.goto(href);
    return { page, messages, requests };
  }

  /** Keeps a picture of the whole page where `STET_SCREENSHOTS` names a folder, for people to look at. */
  async keep(page: Page, name: string): Promise<void> {
    const folder = process.env["STET_SCREENSHOTS"];
    if (folder !== undefined) await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#context.close();
    this.#folder[Symbol.dispose]();
  }
}
