/** `stet report --html` in a real browser: light and dark, wide and narrow, folded and unfolded, and nothing but a page. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { runHtml } from "../src/report/html/page.ts";
import { Browser, withoutBrowser, type Shown } from "./support/browser.ts";
import { HOSTILE, richRun } from "./support/rich-run.ts";

const { run, texts } = richRun();
const HTML = runHtml(run, texts);

/** One for all tests: starting it takes longer than they do. */
let browser: Browser;
before(async () => {
  if (!withoutBrowser) browser = await Browser.start();
});
after(async () => {
  if (!withoutBrowser) await browser[Symbol.asyncDispose]();
});

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

// What runs in the page is text: the house's types know no browser.

/** Every element that fits, with the box of the closest one around it that fits `within`. */
function boxes({ page }: Shown, of: string, within: string): Promise<{ inner: Box; outer: Box }[]> {
  return page.evaluate(`(() => {
    const box = (element) => element.getBoundingClientRect().toJSON();
    const found = [...document.querySelectorAll(${JSON.stringify(of)})];
    return found.map((element) => ({ inner: box(element), outer: box(element.parentElement.closest(${JSON.stringify(within)})) }));
  })()`);
}

/** Half a pixel is rounding. */
function assertInside(found: readonly { inner: Box; outer: Box }[], what: string): void {
  assert.ok(found.length > 0, `there are ${what}`);
  for (const { inner, outer } of found) {
    assert.ok(inner.left >= outer.left - 0.5 && inner.right <= outer.right + 0.5 && inner.right > inner.left, `${what}: ${JSON.stringify({ inner, outer })}`);
    assert.ok(inner.top >= outer.top - 0.5 && inner.bottom <= outer.bottom + 0.5 && inner.bottom > inner.top, `${what}: ${JSON.stringify({ inner, outer })}`);
  }
}

/** How far the page can be moved sideways. */
function overflow({ page }: Shown): Promise<number> {
  return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
}

/** Relative, as WCAG 2.2 defines it: 0 is black. */
async function luminance({ page }: Shown, selector: string, property: "color" | "backgroundColor"): Promise<number> {
  const colour: string = await page.evaluate(`getComputedStyle(document.querySelector(${JSON.stringify(selector)})).${property}`);
  const parts = (colour.match(/[\d.]+/g) ?? []).slice(0, 3).map((part) => Number(part) / 255);
  assert.equal(parts.length, 3, colour);
  const [red = 0, green = 0, blue = 0] = parts.map((part) => (part <= 0.039_28 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

for (const width of [360, 1_280]) {
  for (const scheme of ["light", "dark"] as const) {
    test(`the page at ${width} px, ${scheme}: charts in their boxes, every change to be unfolded, and nobody is asked`, { skip: withoutBrowser }, async () => {
      const shown = await browser.show(HTML, { width, scheme });
      const { page, messages, requests } = shown;
      await browser.keep(page, `folded-${width}-${scheme}`);
      assert.equal(await overflow(shown), 0, "folded");
      assertInside(await boxes(shown, ".bars i", ".track"), "bars");
      assertInside(await boxes(shown, ".bars .label, .bars .note", "li"), "words of bars");
      assertInside(await boxes(shown, ".lane i", ".time"), "marks of time");
      assertInside(await boxes(shown, "section", "main"), "sections");
      const headings = await page.locator("h2").allTextContents();
      assert.deepEqual(headings, ["Findings before and after", "What became of proposals", "Models", "Timeline", "Remaining", "Landed", "Did not land", "Asked in vain"]);

      const details = page.locator("details");
      assert.equal(await details.count(), run.verdicts.length);
      assert.equal(await page.locator("details[open]").count(), 0);
      assert.equal(await page.locator("pre:visible").count(), 0);
      for (const summary of await page.locator("summary").all()) await summary.click();
      assert.equal(await page.locator("details[open]").count(), run.verdicts.length);
      assert.ok((await page.locator("pre:visible").count()) >= run.verdicts.length);
      assert.equal(await overflow(shown), 0, "unfolded");
      assertInside(await boxes(shown, "pre", "details"), "changes");
      await browser.keep(page, `unfolded-${width}-${scheme}`);

      const [text, ground] = [await luminance(shown, "body", "color"), await luminance(shown, "body", "backgroundColor")];
      assert.equal(ground > text, scheme === "light");
      for (const [foreground, background] of [["body", "body"], [".note", "body"], [".ins", ".ins"], [".del", ".del"], ["pre b", ".del"], [".lane .landed, .lane .better", ".lane .better"]] as const) {
        const [one, other] = [await luminance(shown, foreground, "color"), await luminance(shown, background, "backgroundColor")];
        const contrast = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
        // WCAG 2.2, 1.4.3: what a reader with moderately low vision needs.
        assert.ok(contrast >= 4.5, `${foreground} on ${background}: ${contrast.toFixed(2)}`);
      }
      assert.deepEqual([messages, requests], [[], []]);
    });
  }
}

test("text that would be markup is text: it is shown, and does nothing", { skip: withoutBrowser }, async () => {
  const shown = await browser.show(HTML, { width: 1_280, scheme: "light" });
  const { page, messages, requests } = shown;
  assert.equal(await page.locator("script, img, iframe, object, embed, link").count(), 0);
  assert.equal(await page.locator("style").count(), 1);
  const told = await page.locator("summary").allTextContents();
  const visible = HOSTILE.slice(0, 40);
  assert.ok(told.some((text) => text.includes(visible)), "the title is readable as it was");
  assert.ok(told.every((text) => !/[\u202e\u001b]/.test(text)));
  assert.deepEqual([messages, requests], [[], []]);
  const escaped: string[] = await page.evaluate('[...document.querySelectorAll("body *")].flatMap((element) => element.getAttributeNames()).filter((name) => name.startsWith("on"))');
  assert.deepEqual(escaped, []);
});
