// Draws what the dashboard publishes. Text is set only where it changed, so that nothing moves.
import { chart } from "./charts.js";
import { $, text, element, table, narrow, upright, facts, key } from "./elements.js";
import { allocation, capital } from "./portfolio.js";
import { UNKNOWN, number, signed, usd, percent, size, cents, duration, countdown, time, day, gate, sentence, brief } from "./text.js";

let model = null, history = null, historyVersion = null, fetching = false;
let lastWord = 0, offset = 0, chosen = null, connected = false;

narrow.addEventListener("change", () => model && draw());

// ---- what time it is

const live = () => ["live", "paper"].includes(model?.mode);
/** The run's clock: the wall clock of a live run, the last event's in a dry run. */
const clock = () => (live() ? Date.now() + offset : model?.ts ?? null);
const age = (at) => (at === null || at === undefined || clock() === null ? UNKNOWN : duration(clock() - at));

// ---- the state in one word

function verdict() {
  if (!connected && Date.now() - lastWord > 4000) return ["unknown", "NO WORD", lastWord ? `nothing from the dashboard for ${duration(Date.now() - lastWord)}` : "the dashboard does not answer"];
  if (model.fault) return ["unknown", "UNKNOWN", model.fault];
  if (model.reading) return ["reading", "READING", "the journal"];
  const markets = model.markets;
  if (!markets.length) return ["unknown", "UNKNOWN", "no market is configured yet"];
  const alone = markets.filter((m) => m.imbalance?.unhedged);
  const error = markets.some((m) => !m.imbalance) ? null : markets.reduce((sum, m) => sum + m.imbalance.usd, 0);
  const since = (rows) => { const known = rows.map((m) => m.since).filter((at) => at !== null); return known.length ? age(Math.max(...known)) : UNKNOWN; };
  const wrong = `error ${number(error, cents(error))} USD`;
  if (alone.length) return ["unhedged", "UN-HEDGED", `${wrong} · since ${since(alone)} · ${alone.map((m) => m.market).join(", ")}`];
  if (markets.some((m) => !m.imbalance && (m.held || !/^0?(\.0*)?$/.test(String(m.spot.size))))) return ["unknown", "UNKNOWN", "something is held that has no price"];
  const held = markets.filter((m) => m.held);
  if (!held.length) return ["flat", "FLAT", `nothing is held · since ${since(markets)}`];
  return ["hedged", "HEDGED", `${wrong} · since ${since(held)}`];
}

function notice() {
  const node = $("notice"), status = model.status, held = (model.markets || []).some((m) => m.held || m.imbalance?.unhedged);
  let level = "", words = "";
  if (model.fault) { level = "bad"; words = model.fault; }
  else if (!model.reading) {
    const latched = status?.latched && status.latched !== "none" ? status.latched : "";
    const ended = model.run.ended;
    if (model.running && latched) { level = "bad"; words = `Halted: ${latched}. Resume clears it.`; }
    else if (model.running && status?.venue_silent_since) { level = "bad"; words = `The venue says nothing about the account since ${time(Date.parse(status.venue_silent_since))} UTC.`; }
    else if (!model.running && !model.seq) { level = "calm"; words = "No runner is running, and nothing is written yet."; }
    else if (!model.running && !ended && status?.mode === "BOOT" && !held) { level = "warn"; words = `No runner is running: the last one ended while it was starting, at ${time(model.ts)} UTC.`; }
    else if (!model.running && !ended) { level = held ? "bad" : "warn"; words = held ? `No runner is running: nothing looks after this position. Its journal ends ${live() ? age(model.ts) + " ago" : "at " + time(model.ts) + " UTC"}, not cleanly.` : `No runner is running. Its journal ends at ${time(model.ts)} UTC, not cleanly.`; }
    else if (!model.running && ended) { level = held && live() ? "bad" : "calm"; words = `The run ended at ${time(ended.at)} UTC with exit ${ended.exit_code}: ${ended.reason}.${held ? " The position was kept." : ""}`; }
    else if (status?.mode && !["RUN"].includes(status.mode)) { level = "warn"; words = { PAUSED: "Paused: no entries; repair, exit and margin go on.", DEGRADED: "Some data are stale: no entries until they are fresh.", HALTED: "Halted." }[status.mode] || `The run is in ${status.mode}.`; }
  }
  node.hidden = !words;
  node.dataset.level = level;
  text(node, words);
}

// ---- the cards

const chosenMarket = () => model.markets.find((m) => m.market === chosen) || model.markets.find((m) => m.held) || model.markets[0];
const statusOf = (m) => model.status?.markets?.find((s) => s.market === m?.market);

function head() {
  const mainnet = model.mode === "live" && !/testnet|127\.0\.0\.1|localhost/i.test(model.network || "");
  const mode = model.mode === "live" ? (mainnet ? "mainnet" : "testnet") : model.mode === "dry-run" ? "dry run" : model.mode || UNKNOWN;
  $("mode").dataset.mode = mode;
  text($("mode"), mode === "mainnet" ? "MAINNET" : mode === "dry run" && model.run ? `dry run, ${model.run.world === "synthetic" ? "seed " + model.run.seed : model.run.world}` : mode);
  text($("venue"), model.run?.venue ? model.run.venue[0].toUpperCase() + model.run.venue.slice(1) : "venue unknown");
  $("running").dataset.on = String(!!model.running);
  text($("running"), model.running ? (model.status?.mode === "RUN" || !model.status ? "running" : model.status.mode.toLowerCase()) : "not running");
}
function ticking() {
  if (!model) return;
  const [kind, word, detail] = verdict();
  $("state").dataset.state = kind;
  text($("state-word"), word);
  text($("state-detail"), detail);
  document.title = `${word} · Twinleg`;
  if (model.fault || model.reading) return;
  text($("clock"), `${time(clock(), true)} UTC · funding in ${model.markets.length ? countdown(chosenMarket().next_funding - clock()) : UNKNOWN}`);
  text($("next"), next());
  const m = chosenMarket();
  text($("ages"), m ? `book ${age(Math.max(m.read.spot_book ?? 0, m.read.perp_book ?? 0) || null)} · account ${age(model.account?.at)}` : UNKNOWN);
  feeds(m);
}
function next() {
  const m = chosenMarket(), s = statusOf(m);
  if (!m || !s) return UNKNOWN;
  if (!model.running) return "none: no runner is running";
  const left = countdown(m.next_funding - clock());
  const doing = { ENTERING: "completing the entry", REPAIRING: "repairing the hedge", UNWINDING: "giving the filled leg back", EXITING: "closing both legs", RESOLVING: "finding out what became of an order", QUARANTINED: "nothing until you resume" }[s.state];
  if (doing) return doing;
  if (s.state === "HEDGED") return s.apr !== null && Number(s.apr) <= Number(m.settings.exit_apr) ? `exit after the payment, in ${left}` : `funding payment in ${left}`;
  const shut = (s.gates || []).find((g) => !g.open && g.reason !== "target_reached");
  return shut ? `waits: ${gate(shut)}` : `entry; rates settle in ${left}`;
}
function night() {
  const total = model.total, margin = model.status?.margin;
  text($("funding-today"), usd(total.funding_today));
  text($("net-today"), usd(total.net_today));
  const held = model.markets.filter((m) => m.held);
  const round = held.length === 1 ? held[0].round : held.length ? sum(held.map((m) => m.round)) : null;
  text($("earned"), !held.length ? "nothing is held" : !round || round.left === null ? UNKNOWN
    : Number(round.left) <= 0 ? `yes, ${signed(-round.left, cents(round.left))} USD beyond` : round.hours_left === null ? "not at this rate" : `in ${number(round.hours_left, 0)} h`);
  const flat = !held.length;
  text($("liq"), flat ? "no short" : margin ? `${Number(margin.liq_distance) >= 0 ? "+" : ""}${number(margin.liq_distance * 100, 0)} %` : UNKNOWN);
  $("liq").className = "big " + (flat || !margin ? "" : Number(margin.ratio) < margin.emergency ? "bad" : Number(margin.ratio) < margin.warn ? "warn" : "");
  text($("liq-detail"), flat ? "nothing to liquidate" : margin ? `margin ratio ${number(margin.ratio)} · acts below ${number(margin.act)}` : "margin ratio unknown");
  gauge(flat ? null : margin);
  text($("pending"), model.pending.length ? `waiting for the runner: ${model.pending.map((p) => p.command).join(", ")}` : "");
  text($("pause"), paused() ? "Resume entries" : "Pause entries");
}
const paused = () => ["PAUSED", "HALTED"].includes(model.status?.mode) || (model.status?.latched ?? "none") !== "none";
function sum(rounds) {
  if (rounds.some((r) => !r || r.left === null)) return null;
  const left = rounds.reduce((all, r) => all + Number(r.left), 0), hours = rounds.map((r) => r.hours_left);
  return { left, hours_left: hours.includes(null) ? null : Math.max(...hours) };
}
function gauge(margin) {
  const node = $("gauge"), at = (x, top) => Math.min(100, Math.max(0, (x / top) * 100));
  const label = margin ? `Margin ratio ${number(margin.ratio)}. Emergency below ${number(margin.emergency)}, acts below ${number(margin.act)}, warns below ${number(margin.warn)}.` : "Margin ratio: no short is held, or it is unknown.";
  node.setAttribute("aria-label", label);
  node.querySelector(".needle").hidden = !margin;
  const bounds = margin ? [margin.emergency, margin.act, margin.warn].map(Number) : [0.25, 0.45, 0.6];
  const top = bounds[2] * 2.5, edges = [0, ...bounds.map((b) => at(b, top)), 100];
  ["emergency", "act", "warn", "ample"].forEach((band, i) => {
    const style = node.querySelector(`.band.b-${band}`).style;
    style.left = edges[i] + "%"; style.width = edges[i + 1] - edges[i] + "%";
    style.opacity = margin ? 1 : 0.25;
  });
  key($("bands"), margin ? [["emergency below", "b-emergency", number(bounds[0])], ["act", "b-act", number(bounds[1])], ["warn", "b-warn", number(bounds[2])]] : []);
  if (margin) node.querySelector(".needle").style.left = at(Number(margin.ratio), top) + "%";
}
function gates() {
  const m = chosenMarket(), rows = statusOf(m)?.gates;
  const list = $("gates"), key = JSON.stringify([m?.market, rows, model.status?.ts]);
  text($("gates-of"), m ? m.market + (rows?.length ? ` · ${rows.filter((g) => g.open).length} of ${rows.length} open` : "") : "");
  if (list.dataset.key === key) return;
  list.dataset.key = key;
  list.replaceChildren(...(rows?.length ? rows.map((g) => {
    const li = element("li", element("span", gate(g)));
    li.append(element("b", g.open ? "open" : "shut", { class: g.open ? "good" : "bad" }));
    return li;
  }) : [element("li", model.running ? UNKNOWN : "the runner did not write them down", { class: "dim" })]));
}
function feeds(m) {
  const s = model.status, read = m?.read || {};
  facts($("budgets"), [
    ["Orders left this minute", s?.orders_left === undefined ? UNKNOWN : `${s.orders_left} of ${s.orders_max}`],
    ["Actions left at the venue", s?.actions_left === undefined || s.actions_left === null ? "no count from the venue" : number(s.actions_left, 0)],
    ["Open orders", `${(model.orders || []).filter((o) => o.ended === null).length}`],
    ["Spot book", age(read.spot_book)], ["Perp book", age(read.perp_book)], ["Mark price", age(read.mark)],
    ["Funding rate", age(read.funding_rate)], ["Account", age(model.account?.at)],
    ...pace(),
    ["Journal, last event", live() ? age(model.ts) : time(model.ts)],
    ["Status written", s?.written ? (model.running ? duration(Date.now() + offset - Date.parse(s.written)) + " ago" : time(Date.parse(s.written))) : UNKNOWN],
  ]);
}
/** How long the program and the venue take; the venue's answers by the run's clock. */
function pace() {
  const within = (h) => (!h?.count ? UNKNOWN : h.most_within_ms === null ? "over 10 s" : `${brief(h.half_within_ms)}, ${brief(h.most_within_ms)}`);
  const l = model.latency;
  return [["Event to decision (half, 99 % within)", within(l?.decided)], ["Event to orders sent (half, 99 %)", within(l?.sent)], ["Order to answer (half, 99 %)", within(model.answered)]];
}
function markets() {
  const rows = model.markets.map((m) => {
    const s = statusOf(m), pick = element("button", m.market, { type: "button", class: "row", "data-market": m.market });
    const row = [pick, s?.state || UNKNOWN, m.held ? number(m.perp.value) : "0.00", m.imbalance ? [number(m.imbalance.usd, cents(m.imbalance.usd)), m.imbalance.unhedged ? "bad" : ""] : UNKNOWN,
      s ? percent(s.apr) : UNKNOWN, signed(m.today.funding, 3), signed(m.pnl.funding), signed(m.pnl.fees), [signed(m.pnl.net), Number(m.pnl.net) < 0 ? "bad" : "good"]];
    row.current = model.markets.length > 1 && m === chosenMarket();
    return row;
  });
  const heads = ["market", "<state", "held, USD", "error, USD", "signal, a year", "funding today", "funding", "fees", "net, USD"];
  // On a phone many markets have the columns that fit; the rest of each is below when it is chosen.
  const kept = narrow.matches && rows.length > 2 ? [0, 1, 2, 8] : heads.map((head, i) => i);
  upright($("markets"), kept.map((i) => heads[i]), rows.map((row) => Object.assign(kept.map((i) => row[i]), { current: row.current })));
}
function position() {
  const m = chosenMarket();
  text($("legs-of"), m?.market || "");
  const leg = (name, l, side) => [name, `${size(l.size)}`, l.average === null ? "–" : size(l.average), l.price === null ? UNKNOWN : size(l.price), l.value === null ? UNKNOWN : number(l.value), l.pnl === null ? UNKNOWN : [signed(l.pnl), Number(l.pnl) < 0 ? "bad" : "good"]];
  const open = (which) => String(model.orders.filter((o) => o.market === m.market && o.leg === which && o.ended === null).length);
  upright($("legs"), ["leg", "size", "average", "price", "value, USD", "PnL, USD", "open orders"], m ? [
    [...leg(`${m.spot.symbol || m.market} spot, long`, m.spot), open("spot")], [...leg(`${m.perp.symbol || m.market} perp, short`, m.perp), open("perp")]] : []);
}
function proof() {
  const rows = (model.proof || []).map((p) => [[`${p.market} ${p.what}`, "wrap"], size(p.ours), size(p.venue), [size(p.difference), Number(p.difference) === 0 ? "good" : "bad"], age(p.at) + (live() ? " ago" : "")]);
  const v = model.venue_check;
  if (v) rows.push(v.net_ours === null ? ["net, USD", UNKNOWN, UNKNOWN, [UNKNOWN, "dim"], v.not_checked_because || ""]
    : ["net, USD", signed(v.net_ours, 4), signed(v.net_venue, 4), [number(v.difference, 4), v.foots ? "good" : "bad"], live() ? age(Date.parse(v.at)) + " ago" : time(Date.parse(v.at))]);
  const heads = ["what", "ours", "venue", "difference", "read"];
  text($("proof-of"), !rows.length ? "" : narrow.matches ? `account read ${age(model.account?.at)} ago` : "the venue's own account against our books");
  table($("proof"), narrow.matches ? heads.slice(0, 4) : heads, narrow.matches ? rows.map((row) => row.slice(0, 4)) : rows, "the venue has not reported the account yet");
}
function repairs() {
  const rows = (model.report || []).flatMap((r) => r.hedge.time_line.map((i) => ({ ...i, market: r.market, at: Date.parse(i.since) }))).sort((a, b) => b.at - a.at);
  const mended = rows.filter((r) => r.repaired || r.unwound);
  text($("repairs-of"), `${rows.length} un-hedged intervals, ${rows.filter((r) => r.repaired).length} repaired, ${rows.filter((r) => r.unwound).length} given back`);
  const heads = ["when", "<market", "lasted", "largest, USD", "USD-seconds", "ended"], kept = narrow.matches ? [0, 1, 2, 3, 5] : [0, 1, 2, 3, 4, 5];
  table($("repairs"), kept.map((i) => heads[i]), rows.slice(0, 12).map((r) => [[time(r.at), "wrap"], r.market, duration(r.seconds * 1000), number(r.largest_usd), number(r.usd_seconds, 1), r.unwound ? ["leg given back", "bad wrap"] : r.repaired ? ["repaired", "good"] : ["hedged", "good"]]).map((row) => kept.map((i) => row[i])), "never un-hedged");
  const from = model.run.first, to = model.ts, strip = $("strip"), key = JSON.stringify(mended.length) + from + (mended[0]?.at ?? "");
  strip.setAttribute("aria-label", `${mended.length} repairs between ${time(from)} and ${time(to)}; the table lists them`);
  if (strip.dataset.key !== key || !live()) {
    strip.dataset.key = key;
    strip.replaceChildren(...mended.slice(0, 300).map((r) => {
      const i = element("i", null, { class: r.unwound ? "unwound" : "" });
      i.style.left = ((r.at - from) / Math.max(1, to - from)) * 100 + "%";
      i.style.width = ((r.seconds * 1000) / Math.max(1, to - from)) * 100 + "%";
      return i;
    }));
  }
}
function orders() {
  const ends = (o) => [o.state.replace(/_/g, " ").slice(0, 40), (o.state === "unknown" || o.state.startsWith("rejected") ? "bad" : "") + (narrow.matches ? " wrap" : "")];
  if (narrow.matches) return table($("orders"), ["sent", "<order", "filled of", "<state"], model.orders.map((o) => [[time(o.sent), "wrap"], [`${o.side} ${o.leg}, ${o.purpose} ${o.tif} at ${size(o.price)}`, "wrap"], [`${size(o.filled)} of ${size(o.quantity)}`, "wrap"], ends(o)]), "no order yet");
  table($("orders"), ["sent", "<order", "price", "size", "filled", "answered", "life", "<state"], model.orders.map((o) => [time(o.sent), `${o.side} ${o.leg}, ${o.purpose} ${o.tif}`, size(o.price), size(o.quantity), size(o.filled),
    o.answered === null ? "–" : `${o.answered - o.sent} ms`, o.ended === null ? [age(o.sent), "warn"] : duration(o.ended - o.sent), ends(o)]), "no order yet");
}
function events() {
  const rows = model.events.map((e) => [e.at, sentence(e)]).filter(([, line]) => line), list = $("events"), key = JSON.stringify(rows);
  if (list.dataset.key === key) return;
  list.dataset.key = key;
  list.replaceChildren(...(rows.length ? rows : [[null, "nothing yet"]]).map(([at, line]) => {
    const li = element("li", element("time", at === null ? "" : time(at)));
    li.append(element("span", line));
    return li;
  }));
}

// ---- charts, and a table behind each

const at = (column, index) => { if (index === null && model?.total) return model.total[column]; const values = history?.pnl[column] || []; return index === null ? values.findLast((v) => v !== null) ?? null : values[index]; };
const CAUSES = [["net", "net"], ["funding", "fund"], ["basis", "basis"], ["fees", "fees"], ["slippage", "slip"]];
const marks = () => (model?.events || []).flatMap((e) => {
  const kind = e.data.event || e.kind, t = e.at / 1000;
  return kind === "entered_position" ? [{ t, colour: "--good", shape: "up" }] : kind === "exit_completed" ? [{ t, colour: "--apr", shape: "down" }] : kind === "hedge_repair_started" || kind === "hedge_unwound" ? [{ t, colour: "--warn" }] : [];
});
const pnlChart = chart($("pnl"), {
  series: [["net", "--net", 2.2, 0.06], ["funding", "--fund", 1.7], ["basis", "--basis", 1.4], ["fees", "--fees", 1.4], ["slippage", "--slip", 1.1]],
  y: (v) => signed(v, Math.abs(v) < 1 && v !== 0 ? 2 : Math.abs(v) < 10 ? 1 : 0), marks,
  lines: () => [{ y: 0, colour: "--line" }],
  shown: (i) => key($("pnl-key"), [...CAUSES.map(([name, kind]) => [name, kind, signed(at(name, i))]), i === null ? ["entry ▲ exit ▼ repair ●", "", ""] : ["at", "", time(history.pnl.t[i] * 1000)]]),
});
const fundingOf = () => history?.funding?.[chosenMarket()?.market] || { t: [], rate: [], mean: [] };
const aprChart = chart($("apr"), {
  series: [["each hour", "--line", 1, 0.35, true], ["mean", "--apr", 2.2]],
  y: (v) => number(v, 0) + " %", marks,
  lines: () => { const m = chosenMarket()?.settings; return m ? [{ y: m.enter_apr * 100, colour: "--good", label: `enter ${number(m.enter_apr * 100, 0)} %` }, { y: m.exit_apr * 100, colour: "--bad", label: `exit ${number(m.exit_apr * 100, 0)} %`, below: true }] : []; },
  range: (low, high) => { const m = chosenMarket()?.settings, mean = fundingOf().mean.filter((v) => v !== null); const all = [...mean, m ? m.enter_apr * 100 * 1.3 : 0, m ? m.exit_apr * 100 - 3 : 0]; const lo = Math.min(...all), hi = Math.max(...all), space = (hi - lo) * 0.25; return [lo - space, hi + space]; },
  shown: (i) => { const f = fundingOf(), last = (c) => (i === null ? f[c].findLast((v) => v !== null) : f[c][i]) ?? null; key($("apr-key"), [["averaged", "apr", last("mean") === null ? UNKNOWN : number(last("mean"), 1) + " %"], ["settled", "rate", last("rate") === null ? UNKNOWN : number(last("rate"), 1) + " %"], ...(i === null ? [] : [["at", "", time(f.t[i] * 1000)]])]); },
});
const errChart = chart($("err"), {
  series: [["error", "--warn", 1.3, 0.25, true]], y: (v) => number(v, v < 10 ? 1 : 0), range: (low, high) => [0, Math.max(1, (high || 0) * 1.15)], shown: () => {},
});
function drawCharts() {
  if (!history?.pnl?.t?.length) return;
  const p = history.pnl;
  pnlChart.set([p.t, ...CAUSES.map(([name]) => p[name])]);
  errChart.set([p.t, p.error]);
  const f = fundingOf();
  if (f.t.length) aprChart.set([f.t, f.rate, f.mean]);
  text($("pnl-since"), `since ${day(model.run.first)}`);
  const m = chosenMarket();
  text($("apr-of"), m ? `${m.market}, averaged over ${m.settings.window_h} h` : "");
  ["pnl", "apr", "err"].forEach((name) => behind(name));
}
/** At most so many rows: the newest, and evenly spaced ones before. */
function behind(name) {
  const details = $(name + "-table");
  if (!details.open || !history?.pnl) return;
  const f = name === "apr" ? fundingOf() : history.pnl;
  const columns = { pnl: [...CAUSES.map(([c]) => [c, 4])], apr: [["mean", 2], ["rate", 2]], err: [["error", 4]] }[name];
  const every = Math.max(1, Math.floor(f.t.length / 120)), rows = [];
  for (let i = f.t.length - 1; i >= 0; i -= every) rows.push([time(f.t[i] * 1000), ...columns.map(([c, d]) => (f[c][i] === null ? UNKNOWN : name === "err" ? number(f[c][i], d) : signed(f[c][i], d)))]);
  let node = details.querySelector("table");
  if (!node) details.querySelector(".scroll").append((node = element("table")));
  table(node, ["UTC", ...columns.map(([c]) => c)], rows);
}
["pnl", "apr", "err"].forEach((name) => $(name + "-table").addEventListener("toggle", () => behind(name)));

// ---- what comes in

function draw() {
  head();
  notice();
  if (!model.fault && !model.reading) document.body.classList.remove("loading"), [night, gates, () => capital(model), () => allocation(model, clock()), markets, position, proof, repairs, orders, events].forEach((part) => part());
  ticking();
  text($("read"), model.seq ? `${number(model.seq, 0)} rows read.` : "");
}
function receive(event) {
  model = JSON.parse(event.data);
  lastWord = Date.now();
  connected = true;
  offset = model.wall - lastWord;
  draw();
  if (model.history !== undefined && model.history !== historyVersion && !fetching) fetchHistory();
}
async function fetchHistory() {
  fetching = true;
  const wanted = model.history;
  try {
    history = await (await fetch("history")).json();
    historyVersion = wanted;
    drawCharts();
  } finally {
    setTimeout(() => { fetching = false; }, historyVersion === wanted ? 1500 : 5000);
  }
}
const source = new EventSource("changes");
source.addEventListener("state", receive);
source.addEventListener("open", () => { connected = true; });
source.addEventListener("error", () => { connected = false; });
lastWord = Date.now();
setInterval(() => { if (lastWord && Date.now() - lastWord > 8000) connected = false; ticking(); }, 250);
$("markets").addEventListener("click", (event) => {
  const pick = event.target.closest("[data-market]");
  if (pick) { chosen = pick.dataset.market; draw(); drawCharts(); $("markets").querySelector(`[data-market="${CSS.escape(chosen)}"]`)?.focus(); }
});

// ---- acting

const ASK = {
  pause: ["Pause entries", "Nothing new is entered. Repair, exit and margin go on."],
  resume: ["Resume entries", "Entries may happen again. A latched halt is cleared: look at why it was latched first."],
  flatten: ["Flatten", "Both legs of every market are closed at the market's price. The run goes on, paused."],
  kill: ["Kill switch", "Latches a halt that only a resume clears."],
};
let asked = null, token = "", closing = 0;
function ask(command) {
  asked = command;
  clearTimeout(closing); // the dialog before this one must not close it
  text($("dialog-title"), ASK[command][0]);
  text($("dialog-text"), ASK[command][1]);
  $("levels").hidden = command !== "kill";
  $("token").value = token;
  text($("answer"), "");
  text($("confirm"), ASK[command][0]);
  $("confirm").disabled = false;
  $("dialog").showModal();
}
$("pause").addEventListener("click", () => ask(paused() ? "resume" : "pause"));
$("flatten").addEventListener("click", () => ask("flatten"));
$("kill").addEventListener("click", () => ask("kill"));
$("cancel").addEventListener("click", () => $("dialog").close());
$("dialog-form").addEventListener("submit", async (event) => {
  event.preventDefault();
  $("confirm").disabled = true;
  const argument = asked === "kill" ? document.querySelector("input[name=level]:checked").value : "";
  try {
    const response = await fetch("act", { method: "POST", headers: { "Content-Type": "application/json", "X-Twinleg-Token": $("token").value }, body: JSON.stringify({ command: asked, argument }) });
    const answer = await response.json();
    if (response.ok) token = $("token").value;
    $("answer").className = response.ok ? "good" : "bad";
    text($("answer"), answer.done || answer.refused);
    if (response.ok) closing = setTimeout(() => $("dialog").close(), 900);
  } catch (failure) {
    $("answer").className = "bad";
    text($("answer"), "The dashboard does not answer; use the terminal.");
  }
  $("confirm").disabled = false;
});
