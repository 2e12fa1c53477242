// Opens pages that are files in a browser without a window: how wide each is, what is wrong with it, and a picture.
import { chromium } from "playwright-core";
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

const [browserPath, pictures, ...files] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const LONG = { timeout: 240_000 }; // a machine with other work: nothing here is measured
const browser = await chromium.launch({ executablePath: browserPath, ...LONG, args: ["--no-sandbox", "--disable-background-networking"] });

for (const file of files) {
  const name = file.replace(/^.*\//, "").replace(/\.html$/, "");
  for (const [width, height] of [[390, 844], [1280, 1000]]) {
    const context = await browser.newContext({ viewport: { width, height }, colorScheme: "light", bypassCSP: true });
    const page = await context.newPage();
    const asked = [];
    page.setDefaultTimeout(LONG.timeout);
    page.on("request", (request) => request.url().startsWith("file:") || asked.push(request.url()));
    await page.goto("file://" + file);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    await page.screenshot({ path: `${pictures}/${name}-${width}.png` });
    await page.evaluate(axe);
    const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
    console.log(JSON.stringify({ step: `${name} ${width}`, value: { wide, asked, violations: found.violations.map((each) => `${each.id}: ${each.nodes.map((node) => node.target).slice(0, 3).join(" ")}`) } }));
    await context.close();
  }
}
await browser.close();
