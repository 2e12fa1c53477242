// Opens the page in a browser without a window and prints, one JSON line a step, what it shows.
import { chromium } from "playwright-core";
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

const [browserPath, url, token, pictures, cutUrl, portfolioUrl] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const step = (name, value) => console.log(JSON.stringify({ step: name, value }));
const LONG = { timeout: 240_000 }; // a machine with other work: nothing here is measured
const browser = await chromium.launch({ executablePath: browserPath, ...LONG, args: ["--no-sandbox", "--disable-background-networking"] });
const troubles = [], foreign = [];
let acting = false; // a refusal is what the test asks for then; the browser notes it

async function open(width, height, colorScheme, at = url) {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme, bypassCSP: true });
  const page = await context.newPage();
  page.setDefaultTimeout(LONG.timeout);
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && !(acting && /status of 40[03]/.test(message.text())) && troubles.push(`${width} ${message.text()}`));
  page.on("pageerror", (failure) => troubles.push(`${width} ${failure.message}`));
  page.on("request", (request) => [url, cutUrl, portfolioUrl].some((known) => request.url().startsWith(known)) || foreign.push(request.url()));
  await page.addInitScript(() => {
    window.shifted = 0;
    new PerformanceObserver((list) => list.getEntries().filter((entry) => !entry.hadRecentInput).forEach((entry) => (window.shifted += entry.value))).observe({ type: "layout-shift", buffered: true });
  });
  await page.goto(at + "/");
  await ready(page);
  await page.evaluate(() => (window.shifted = 0)); // from here on nothing may move
  return page;
}
/** The page has the journal's state; on a busy machine it may be without word for a while. */
const ready = (page) => page.waitForFunction(() => !["READING", "NO WORD"].includes(document.getElementById("state-word").textContent) && document.querySelector("#pnl canvas"), null, LONG);
const text = (page, id) => page.locator("#" + id).innerText();
const rows = (page, id) => page.locator(`#${id} tbody tr`).evaluateAll((all) => all.map((row) => [...row.cells].map((cell) => cell.textContent)));

async function look(page, name, height) {
  await page.evaluate(axe);
  const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  step(name, {
    wide: await page.evaluate(() => document.documentElement.scrollWidth),
    violations: found.violations.map((each) => `${each.id}: ${each.nodes.map((node) => node.target).join(" ")}`),
    nightBottom: await page.locator("#night").evaluate((card) => card.getBoundingClientRect().bottom),
    height,
  });
}

// ---- every width, light and dark

for (const [width, height] of [[360, 740], [390, 844], [1280, 900], [1920, 1080]]) {
  for (const scheme of ["light", "dark"]) {
    const page = await open(width, height, scheme);
    for (const table of ["pnl", "apr", "err"]) await page.locator(`#${table}-table summary`).click();
    await look(page, `seen ${width} ${scheme}`, height);
    for (const table of ["pnl", "apr", "err"]) await page.locator(`#${table}-table summary`).click();
    await page.screenshot({ path: `${pictures}/dashboard-${width}-${scheme}.png`, fullPage: width > 400 });
    await page.context().close();
  }
}

// ---- what it says

const page = await open(1280, 900, "light");
const figures = {};
await ready(page);
for (const id of ["returned", "returned-of", "state-word", "state-detail", "mode", "running", "liq", "liq-detail", "funding-today", "net-today", "earned", "next", "ages", "notice", "capital"]) figures[id] = await text(page, id);
step("figures", figures);
for (const id of ["markets", "legs", "proof", "repairs", "orders"]) step(id, await rows(page, id));
step("gates", await page.locator("#gates li").allInnerTexts());
step("events", await page.locator("#events li").allInnerTexts());
step("key", await page.locator("#pnl-key").innerText());
await page.locator("#pnl-table summary").click();
await page.locator("#pnl-table tbody tr").first().waitFor({ state: "attached" });
step("behind", await page.locator("#pnl-table tbody tr").count());

// ---- by keyboard

await page.locator("#pnl").focus();
await page.keyboard.press("ArrowLeft");
await page.waitForFunction(() => document.getElementById("pnl-key").textContent.includes("at "));
step("cursor", await page.locator("#pnl-key").innerText());

// ---- acting

async function act(button, given, level) {
  await page.locator("#" + button).click();
  if (level) await page.locator(`input[name=level][value="${level}"]`).check();
  await page.locator("#token").fill(given);
  await page.locator("#confirm").click();
  await page.waitForFunction(() => document.getElementById("answer").textContent !== "");
  const answer = await text(page, "answer");
  if (await page.locator("#dialog").evaluate((dialog) => dialog.open)) await page.keyboard.press("Escape");
  return answer;
}
acting = true;
step("wrong token", await act("pause", "AAAA-AAAA-AAAA-AAAA"));
step("pause", await act("pause", token));
const asked = Date.now();
await page.waitForFunction(() => document.getElementById("pending").textContent.includes("pause"), null, LONG);
step("waiting after ms", Date.now() - asked);
step("flatten", await act("flatten", token));
step("kill", await act("kill", token, 2));
await page.waitForFunction(() => document.getElementById("pending").textContent.includes("kill"), null, LONG);
step("shifted", await page.evaluate(() => window.shifted));
step("kept", await page.evaluate(() => [localStorage.length, sessionStorage.length, document.cookie]));
const cut = await open(390, 844, "light", cutUrl);
step("cut", { word: await text(cut, "state-word"), detail: await text(cut, "state-detail"), notice: await text(cut, "notice") });
await cut.screenshot({ path: `${pictures}/dashboard-unhedged.png` });

// ---- one capital over many markets

for (const [width, height, scheme] of [[360, 740, "dark"], [1280, 900, "light"]]) {
  const many = await open(width, height, scheme, portfolioUrl);
  await look(many, `many ${width}`, height);
  step(`allocation ${width}`, await rows(many, "allocation"));
  step(`many markets ${width}`, await rows(many, "markets"));
  const shown = {};
  for (const id of ["returned", "returned-of", "capital", "rotation"]) shown[id] = await text(many, id);
  step(`capital ${width}`, shown);
  await many.screenshot({ path: `${pictures}/dashboard-portfolio-${width}.png`, fullPage: true });
  await many.context().close();
}
step("troubles", troubles);
step("foreign", foreign);
await browser.close();
