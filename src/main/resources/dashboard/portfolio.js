// One capital over the markets: what it returned, where it is, and what was decided of each market.
import { $, text, table, narrow } from "./elements.js";
import { UNKNOWN, number, signed, percent, countdown, duration, day } from "./text.js";

const DAY = 86_400_000;
/** Less is no year. */
const LEAST_FOR_A_YEAR = 7 * DAY;

const WHY = {
  held: "nothing is better by more than a move costs",
  among_the_best: "among the best rates",
  rotated_in: "a better rate that pays for the move",
  rotated_out: "another market pays for the move",
  too_many_positions: "more markets are held than may be",
  exit_threshold: "costs earned back, and the rate is at or below the exit threshold",
  staying_costs_more: "staying costs more than leaving",
  unresolved: "something is under way or unknown",
  not_tradable: "cannot be traded now",
  not_among_the_best: "others have better rates",
  too_thin_or_capped: "books too thin, or at a cap",
  no_forecast: "too few settled rates for a forecast",
  no_prices: "a book is missing or too thin",
  below_entry_threshold: "rate below the entry threshold",
  below_its_costs: "rate below its costs",
};
const why = (reason) => WHY[reason] || String(reason).replace(/_/g, " ");
const WORD = { hold: "hold", leave: "leave", wait: "stay out" };

/** The runner's own figures where one capital is configured, else those of the venue's account. */
function sums(model) {
  const p = model.status?.portfolio, c = model.capital;
  if (p) return { all: Number(p.capital_usd), work: Number(p.in_use_usd), idle: Number(p.idle_usd), of: "the capital" };
  if (!c || c.all === null || c.at_work === null) return null;
  return { all: Number(c.all), work: Number(c.at_work), idle: Number(c.idle), of: "what the account holds" };
}
/** Of the capital that was there without what was earned. */
function returned(model, s) {
  const net = model.total.net;
  if (!s || net === null) return null;
  const base = model.status?.portfolio ? s.all : s.all - Number(net);
  return base > 0 ? Number(net) / base : null;
}

export function capital(model) {
  const s = sums(model), share = returned(model, s), span = model.ts - model.run.first;
  const sign = share > 0 ? "+" : "";
  text($("returned"), share === null ? UNKNOWN : sign + percent(share, 2));
  $("returned").className = "big " + (share === null ? "" : share < 0 ? "bad" : share > 0 ? "good" : "");
  text($("returned-of"), share === null ? "the capital is unknown: the venue has not reported the account"
    : `net ${signed(model.total.net)} USD since ${day(model.run.first)}` + (span < LEAST_FOR_A_YEAR ? ` · ${duration(span)}, too short for a yearly rate` : ` · ${percent(share * (365 * DAY / span), 1)} a year`));
  const part = s && s.all > 0 ? Math.min(100, Math.max(0, (s.work / s.all) * 100)) : 0;
  $("work").style.width = part + "%";
  $("work-bar").setAttribute("aria-label", s ? `${number(part, 0)} % of the capital is at work` : "Capital at work: unknown");
  text($("capital"), s ? `At work ${number(s.work)} USD (${number(part, 0)} %) · idle ${number(s.idle)} USD · ${s.of} ${number(s.all)} USD` : "Capital unknown: the venue has not reported the account.");
}

function nextRotation(rows) {
  const pairs = rows.filter((r) => r.action === "leave" && r.rotation_with);
  if (pairs.length) return pairs.map((r) => `${r.market} is left for ${r.rotation_with}: ${why(r.reason)}`).join(" · ");
  const entering = rows.filter((r) => r.rotation_with);
  if (entering.length) return entering.map((r) => `${r.market} is entered in place of ${r.rotation_with}`).join(" · ");
  const held = rows.filter((r) => r.action === "hold");
  return held.length ? "no rotation: " + why("held") : "nothing is to be held";
}

export function allocation(model, now) {
  const p = model.status?.portfolio, card = $("allocation-card");
  card.hidden = !p;
  if (!p) return;
  const rows = p.markets.map((r) => {
    const m = model.markets.find((each) => each.market === r.market);
    const held = m && m.held ? number(m.perp.value) : "0.00";
    const left = r.readiness === null ? "–" : r.break_even_h_left === null ? "never at this rate" : Number(r.break_even_h_left) <= 0 ? "earned back" : `${r.break_even_h_left} h`;
    if (narrow.matches) return [r.market, [`${WORD[r.action] || r.action}: ${why(r.reason)}`, "wrap"], `${held} of ${number(r.target_usd)}`];
    return [r.market, [WORD[r.action] || r.action, r.action === "leave" ? "warn" : ""], number(r.target_usd), held, percent(r.forecast_apr), left, [r.readiness || "–", r.readiness === "CLOSE NOW" ? "bad" : ""], [why(r.reason), "wrap"]];
  });
  table($("allocation"), narrow.matches ? ["market", "<decision", "held of target, USD"] : ["market", "<decision", "target, USD", "held, USD", "expected a year", "costs earned back", "<position", "<because"], rows, "nothing was decided yet");
  const first = model.markets[0];
  text($("rotation"), `Next: ${nextRotation(p.markets)}.` + (model.running && first ? ` Decided anew after the payment, in ${countdown(first.next_funding - now)}.` : ""));
}
