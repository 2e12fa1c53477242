// Numbers, times and sentences. What is not known is "unknown", never 0.
export const UNKNOWN = "unknown";
const known = (x) => x !== null && x !== undefined && x !== "" && x !== "none" && Number.isFinite(Number(x));

/** A number with its decimals, a real minus and thousands apart. */
export function number(x, decimals = 2) {
  if (!known(x)) return UNKNOWN;
  const n = Number(x);
  const zero = Number(n.toFixed(decimals)) === 0;
  const text = Math.abs(n).toLocaleString("en-US", { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
  return (n < 0 && !zero ? "−" : "") + text;
}
export function signed(x, decimals = 2) {
  if (!known(x)) return UNKNOWN;
  const text = number(x, decimals);
  return text.startsWith("−") || Number(Number(x).toFixed(decimals)) === 0 ? text : "+" + text;
}
/** Small money needs more decimals. */
export const cents = (x) => (known(x) && Math.abs(Number(x)) < 10 ? 3 : 2);
export const usd = (x) => (known(x) ? signed(x, cents(x)) + " USD" : UNKNOWN);
export const percent = (fraction, decimals = 1) => (known(fraction) ? number(Number(fraction) * 100, decimals) + " %" : UNKNOWN);
/** A size as the books have it. */
export function size(x) {
  if (!known(x)) return UNKNOWN;
  const text = String(x);
  return text.startsWith("-") ? "−" + text.slice(1) : text;
}
/** Six digits: of an average more than the venue's own prices have. */
export const price = (x) => (known(x) ? String(Number(Number(x).toPrecision(6))) : UNKNOWN);
export function duration(ms) {
  if (!known(ms)) return UNKNOWN;
  const s = Math.max(0, Math.round(ms / 1000));
  if (ms < 10_000) return Number((Math.max(0, ms) / 1000).toFixed(1)) + " s";
  if (s < 120) return s + " s";
  if (s < 7200) return Math.floor(s / 60) + " min";
  if (s < 172_800) return Math.floor(s / 3600) + " h " + Math.floor((s % 3600) / 60) + " min";
  return Math.floor(s / 86_400) + " d " + Math.floor((s % 86_400) / 3600) + " h";
}
/** A short time with the unit that suits it. */
export function brief(ms) {
  if (!known(ms)) return UNKNOWN;
  return ms < 1 ? Math.round(ms * 1000) + "\u00a0µs" : ms < 1000 ? Number(ms) + "\u00a0ms" : ms / 1000 + "\u00a0s";
}
export function countdown(ms) {
  const s = Math.max(0, Math.round(ms / 1000));
  const two = (n) => String(n).padStart(2, "0");
  return s >= 3600 ? Math.floor(s / 3600) + ":" + two(Math.floor((s % 3600) / 60)) + ":" + two(s % 60) : two(Math.floor(s / 60)) + ":" + two(s % 60);
}
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
export function time(ms, year = false) {
  if (!known(ms)) return UNKNOWN;
  const d = new Date(ms).toISOString();
  return Number(d.slice(8, 10)) + " " + MONTHS[Number(d.slice(5, 7)) - 1] + (year ? " " + d.slice(0, 4) : "") + " " + d.slice(11, 19);
}
export const day = (ms) => (known(ms) ? time(ms).replace(/ \d\d:.*/, "") : UNKNOWN);

/** One gate with the numbers that it compares. */
export function gate(g) {
  const f = g.found, n = g.needed, pct = (x) => (known(x) ? percent(x) : x === "none" ? UNKNOWN : x);
  const bound = (x) => (known(x) ? number(x, Number(x) % 1 ? 2 : 0) : x === "none" ? UNKNOWN : x);
  switch (g.reason) {
    case "apr": return `funding ${pct(f)} a year, from ${pct(n)}`;
    case "ev_bps": return `expected value ${bound(f)} bp, from ${bound(n)}`;
    case "break_even_h": return `break-even after ${bound(f)} h, up to ${bound(n)}`;
    case "min_spread_ticks": return `perp ${bound(f)} ticks above spot, from ${bound(n)}`;
    case "unit_gap": return `legs ${percent(f, 2)} apart, up to ${percent(n, 2)}`;
    case "ready": return "run and market ready";
    case "stopping": return "the run is ending";
    case "stale_data": return g.open ? "data fresh" : `${String(f).replace(/_/g, " ")} is stale`;
    case "guard_halted": return g.open ? "no halt, no guard" : `held back: ${String(f).replace(/_/g, " ")}`;
    case "pause": return "no pause, no cool-down";
    case "target_reached": return `${number(f)} of ${number(n)} USD held`;
    case "notional_cap_block": return `left under the caps ${number(f)} USD, from ${number(n)}`;
    case "rate_limited": return `${bound(f)} orders left this minute`;
    case "coin": return "the coin is traded";
    case "balances": return "balances pay a full clip";
    case "depth": return "both books carry a full clip";
    case "margin_ratio": return g.open ? "margin stays ample after a clip" : `margin ratio after a clip ${bound(f)}, from ${bound(n)}`;
    case "spot_balance": return `free to buy spot ${number(f)} USD, from ${number(n)}`;
    case "perp_margin": return `free as margin ${number(f)} USD, from ${number(n)}`;
    case "enter_exit_cooldown": return `cool-down until ${String(n).slice(11, 19)} UTC`;
    case "throttled": return `pause between rounds until ${String(n).slice(11, 19)} UTC`;
    case "skip_due_to_open_orders": return `${f} orders still open`;
    default: return `${g.reason.replace(/_/g, " ")}: ${f}, needed ${n}`;
  }
}

/** A row of the table events as a sentence; empty for what needs no line. */
export function sentence(e) {
  const d = e.data, m = d.market ? d.market + ": " : "";
  switch (d.event || e.kind) {
    case "entered_position": return `${m}entered ${size(d.spot_qty)} at ${price(d.spot_px)}, short at ${price(d.perp_px)}`;
    case "exit_completed": return `${m}exit completed, net ${usd(d.pnl_net)}`;
    case "hedge_repair_started": return `${m}repair started, ${d.side} is missing (${String(d.cause || "").replace(/_/g, " ")})`;
    case "hedge_repair_completed": return `${m}repair completed after ${duration(d.took_ms)}`;
    case "hedge_unwound": return `${m}filled leg given back`;
    case "unwind_stuck": return `${m}the unwind is stuck`;
    case "quarantined": return `${m}quarantined: ${d.reason}`;
    case "trading_halted": case "guard_halted": case "kill_switch": return `${m}halted: ${d.reason || "kill level " + d.kill_level}`;
    case "trading_resumed": return `trading resumed`;
    case "feed_stale": return `${m}${d.feed || "feed"} went silent`;
    case "feed_fresh": return `${m}${d.feed || "feed"} is back`;
    case "transferred": return `moved ${d.what}`;
    case "margin_warning": return `margin ${d.band}: ratio ${number(d.ratio)}`;
    case "margin_restored": return `margin ample again: ratio ${number(d.ratio)}`;
    case "liquidation_detected": return `${m}the venue liquidated ${size(d.qty)}`;
    case "adl_detected": return `${m}the venue auto-deleveraged ${size(d.qty)}`;
    case "paused": return "entries paused";
    case "flatten_requested": return "flatten requested";
    case "position_reduced": return `${m}position reduced`;
    case "shutdown": return `run ended with ${d.exit_code}: ${d.reason}`;
    case "run_start": return `run started`;
    case "reject": return `the venue rejected an order: ${d.text}`;
    case "order_denied": return `${m}order denied by our own check: ${d.reason}`;
    case "spot_repair_attempt": case "perp_repair_attempt": case "unwind_attempt": return "";
    default: return m + String(d.event || e.kind).replace(/_/g, " ");
  }
}
