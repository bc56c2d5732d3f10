import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium, type Browser, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { renderHtml } from "../../preview/render/html.js";
import { listOf, write } from "../preview/lists.js";

const BROWSER = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((path) =>
  existsSync(path),
);
if (BROWSER === undefined) console.log("skipped: there is no Chromium here");
/** Where screenshots are left for a person to look at; nowhere, where it is not said. */
const SHOTS = process.env["LIGHTFLEET_SCREENSHOTS"];

/** Runs in the page: words of letters alone that stand on more than one line, with all that is folded away laid open. */
const BROKEN_WORDS = `(() => {
  for (const each of document.querySelectorAll("details")) each.open = true;
  const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  const broken = [];
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    if (node.parentElement.closest("svg, pre") !== null) continue;
    for (const { index, 0: word } of node.data.matchAll(/\\p{L}+/gu)) {
      const range = document.createRange();
      range.setStart(node, index);
      range.setEnd(node, index + word.length);
      if (new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size > 1) broken.push(word);
    }
  }
  return broken;
})()`;

describe.skipIf(BROWSER === undefined)("the page, in a browser with no network", () => {
  const dir = mkdtempSync(join(tmpdir(), "lightfleet-page-"));
  const file = join(dir, "preview.html");
  let browser: Browser;

  beforeAll(async () => {
    const list = listOf(
      write(),
      write((shop) => {
        shop.fleets["core"]!.machine = "m7i.xlarge";
        shop.fleets["core"]!.os = { openFiles: 65_536 };
        shop.services["adservice"]!.image = "ghcr.io/acme/ads:2";
        shop.services["search"] = { on: ["core"], image: "acme/search:1", port: 9200, memory: "64MiB" };
        delete shop.services["loadgenerator"];
        shop.gateways["partners"] = { routes: { "/pay": "paymentservice" } };
      }),
    );
    writeFileSync(file, renderHtml(list));
    browser = await chromium.launch({ executablePath: BROWSER!, args: ["--no-sandbox", "--disable-gpu"] });
  });
  afterAll(async () => {
    await browser.close();
    rmSync(dir, { recursive: true, force: true });
  });

  const open = async (width: number, colorScheme: "light" | "dark"): Promise<{ page: Page; problems: string[] }> => {
    const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, offline: true });
    const page = await context.newPage();
    const problems: string[] = [];
    page.on("pageerror", (error) => problems.push(error.message));
    page.on("console", (message) => void (message.type() === "error" && problems.push(message.text())));
    page.on("request", (request) => void (request.url().startsWith("file:") || problems.push(request.url())));
    await page.goto(pathToFileURL(file).href);
    return { page, problems };
  };
  const shoot = async (page: Page, name: string): Promise<void> => {
    if (SHOTS !== undefined) await page.screenshot({ path: join(SHOTS, `${name}.png`), fullPage: true });
  };

  test("the picture switches between before and after, by mouse and by key", async () => {
    const { page, problems } = await open(1280, "light");
    const [before, after] = [page.locator(".picture.before"), page.locator(".picture.after")];
    expect([await before.isVisible(), await after.isVisible()]).toEqual([false, true]);
    await shoot(page, "wide-light");
    await page.locator(".switch .for-before").click();
    expect([await before.isVisible(), await after.isVisible()]).toEqual([true, false]);
    expect(await before.locator("g.removed").count()).toBeGreaterThan(0);
    await page.locator("body").press("b");
    expect([await before.isVisible(), await after.isVisible()]).toEqual([false, true]);
    expect(await after.locator("g.added").count()).toBeGreaterThan(0);
    expect(problems).toEqual([]);
  });

  test("search by key hides what does not match, and escape brings it back", async () => {
    const { page, problems } = await open(1280, "dark");
    const rows = page.locator("tr[data-change]:visible");
    const all = await rows.count();
    await page.locator("body").press("/");
    await page.keyboard.type("adservice");
    expect(await rows.count()).toBeLessThan(all);
    await page.keyboard.type(" no such thing");
    expect(await page.locator("#none").isVisible()).toBe(true);
    await page.keyboard.press("Escape");
    expect(await rows.count()).toBe(all);
    await shoot(page, "wide-dark");
    expect(problems).toEqual([]);
  });

  test("from the picture, a key leads to the change", async () => {
    const { page } = await open(1280, "light");
    await page.locator('.picture.after g[data-id="service:adservice"]').first().focus();
    await page.keyboard.press("Enter");
    expect(await page.locator("tr.found").getAttribute("data-change")).toBe("service:adservice");
  });

  test.each([360, 375, 700, 1280])("no word is broken inside where %d pixels are wide", async (width) => {
    const { page } = await open(width, "light");
    const broken = await page.evaluate<string[]>(BROKEN_WORDS);
    await shoot(page, `words-${width}`);
    expect(broken).toEqual([]);
    expect(await page.evaluate<number>("document.documentElement.scrollWidth - innerWidth")).toBeLessThanOrEqual(0);
  });

  test("what is copied from the page is what was written", async () => {
    const { page } = await open(375, "light");
    const text = await page.evaluate<string>("getSelection().selectAllChildren(document.body), String(getSelection())");
    expect(text).toContain("route /pay of partners");
    expect(text).toContain("paymentservice:50051");
    expect(text).not.toMatch(/[\u00ad\u200b-\u200f\u2060-\u2069]/);
  });

  test("nothing is wider than a phone but what scrolls by itself, in light and in dark", async () => {
    for (const scheme of ["light", "dark"] as const) {
      const { page, problems } = await open(360, scheme);
      const wide = await page.evaluate<number>("document.documentElement.scrollWidth - innerWidth");
      expect(wide).toBeLessThanOrEqual(0);
      await shoot(page, `phone-${scheme}`);
      expect(problems).toEqual([]);
    }
  });
});
