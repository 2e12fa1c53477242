// Charts by uPlot: a cursor by mouse and arrow keys, zoom by dragging, gaps drawn as gaps.
const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const charts = [];

/**
 * @param host the element it fills
 * @param spec series: [label, colour variable, width, fill], y: formatter, marks(): [{t, colour}],
 *   lines(): [{y, colour, label}], shown(index): called as the cursor moves (null: at the end)
 */
export function chart(host, spec) {
  const self = { host, spec, data: null, plot: null };
  charts.push(self);
  new ResizeObserver(() => self.plot && self.plot.setSize(box(host))).observe(host);
  host.addEventListener("keydown", (event) => keyboard(self, event));
  return { set: (data) => set(self, data), redraw: () => self.plot && self.plot.redraw(false) };
}
const box = (host) => ({ width: Math.max(80, host.clientWidth), height: host.clientHeight });

function set(self, data) {
  self.data = data;
  if (!self.plot) build(self);
  else {
    const zoomed = self.zoomed;
    self.plot.setData(data, !zoomed);
    if (zoomed) self.plot.redraw();
  }
  self.spec.shown(null);
}

function build(self) {
  const { host, spec } = self;
  host.replaceChildren();
  const axis = { stroke: css("--dim"), font: "11px Inter", grid: { stroke: css("--line"), width: 1 }, ticks: { show: false } };
  self.plot = new uPlot({
    ...box(host),
    tzDate: (s) => uPlot.tzDate(new Date(s * 1000), "Etc/UTC"),
    padding: [8, 20, 0, 0],
    cursor: { points: { size: 7 }, drag: { x: true, y: false }, y: false },
    legend: { show: false },
    scales: { y: { range: (u, low, high) => spec.range ? spec.range(low, high) : pad(low, high) } },
    axes: [
      { ...axis, grid: { show: false }, space: 70, size: 42, values: [[86400, "{D} {MMM}", null, null, null, null, null, null, 1], [3600, "{HH}:{mm}", null, null, "\n{D} {MMM}", null, null, null, 1], [60, "{HH}:{mm}", null, null, "\n{D} {MMM}", null, null, null, 1], [1, "{HH}:{mm}:{ss}", null, null, "\n{D} {MMM}", null, null, null, 1]] },
      { ...axis, size: 52, values: (u, ticks) => ticks.map(spec.y) },
    ],
    series: [{}, ...spec.series.map(([label, colour, width, fill, bars]) => ({
      label, stroke: css(colour), width, spanGaps: false, points: { show: false },
      fill: fill ? faded(css(colour), fill) : undefined,
      paths: bars ? uPlot.paths.stepped({ align: 1 }) : undefined,
    }))],
    hooks: {
      setCursor: [(u) => spec.shown(u.cursor.idx ?? null)],
      setScale: [(u, key) => { if (key === "x") self.zoomed = u.scales.x.min > self.data[0][0] || u.scales.x.max < self.data[0][self.data[0].length - 1]; }],
      draw: [(u) => overlay(u, spec)],
    },
  }, self.data, host);
}
function pad(low, high) {
  if (low === null || high === null) return [-1, 1];
  const space = (high - low || Math.abs(high) || 1) * 0.08;
  return [low - space, high + space];
}
function faded(colour, alpha) {
  const c = document.createElement("canvas").getContext("2d");
  c.fillStyle = colour;
  const hex = c.fillStyle;
  return hex + Math.round(alpha * 255).toString(16).padStart(2, "0");
}
function overlay(u, spec) {
  const c = u.ctx, ratio = devicePixelRatio;
  c.save();
  c.beginPath();
  c.rect(u.bbox.left, u.bbox.top, u.bbox.width, u.bbox.height);
  c.clip();
  for (const line of spec.lines ? spec.lines() : []) {
    const y = u.valToPos(line.y, "y", true);
    c.strokeStyle = c.fillStyle = css(line.colour);
    c.setLineDash([5 * ratio, 5 * ratio]);
    c.lineWidth = ratio;
    c.beginPath(); c.moveTo(u.bbox.left, y); c.lineTo(u.bbox.left + u.bbox.width, y); c.stroke();
    c.setLineDash([]);
    if (line.label) {
      c.font = `${11 * ratio}px Inter`;
      const wide = c.measureText(line.label).width + 8 * ratio, left = u.bbox.left + u.bbox.width - wide, base = y + (line.below ? 14 : -5) * ratio;
      c.textAlign = "left";
      c.fillStyle = css("--card");
      c.globalAlpha = 0.8;
      c.fillRect(left, base - 11 * ratio, wide, 14 * ratio);
      c.globalAlpha = 1;
      c.fillStyle = css(line.colour);
      c.fillText(line.label, left + 4 * ratio, base);
    }
  }
  for (const mark of spec.marks ? spec.marks() : []) {
    if (mark.t < u.scales.x.min || mark.t > u.scales.x.max) continue;
    const x = u.valToPos(mark.t, "x", true), y = u.bbox.top + u.bbox.height - 7 * ratio;
    c.fillStyle = css(mark.colour);
    c.beginPath();
    if (mark.shape === "down") { c.moveTo(x - 5 * ratio, y - 4 * ratio); c.lineTo(x + 5 * ratio, y - 4 * ratio); c.lineTo(x, y + 5 * ratio); }
    else if (mark.shape === "up") { c.moveTo(x - 5 * ratio, y + 4 * ratio); c.lineTo(x + 5 * ratio, y + 4 * ratio); c.lineTo(x, y - 5 * ratio); }
    else c.arc(x, y, 3 * ratio, 0, 7);
    c.fill();
  }
  c.restore();
}
function keyboard(self, event) {
  const u = self.plot;
  if (!u) return;
  const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
  if (event.key === "Escape") { u.setData(self.data, true); self.zoomed = false; u.setCursor({ left: -1, top: -1 }); return; }
  if (!step) return;
  event.preventDefault();
  const last = self.data[0].length - 1;
  const at = Math.min(last, Math.max(0, (u.cursor.idx ?? last + 1) + step * (event.shiftKey ? 10 : 1)));
  u.setCursor({ left: u.valToPos(self.data[0][at], "x"), top: 10 });
}
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => charts.forEach((self) => {
  if (self.plot) { self.plot.destroy(); self.plot = null; build(self); }
}));
