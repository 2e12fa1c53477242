// The page's elements. Text is set only where it changed, so that nothing moves.
export const $ = (id) => document.getElementById(id);
export function text(node, value) { if (node.textContent !== value) node.textContent = value; }
export function element(tag, value, attributes = {}) {
  const node = document.createElement(tag);
  if (value !== undefined && value !== null) node.append(value);
  for (const [name, set] of Object.entries(attributes)) node.setAttribute(name, set);
  return node;
}
/** Rows of cells; a cell is a text, or [text, class], or a node. Rebuilt only where it changed. */
export function table(node, heads, rows, empty = "nothing yet") {
  const key = JSON.stringify([heads, rows.map((row) => row.map((cell) => (cell instanceof Node ? cell.outerHTML : cell))), rows.map((row) => row.current)]);
  if (node.dataset.key === key) return;
  node.dataset.key = key;
  const head = element("thead"), body = element("tbody"), line = element("tr");
  heads.forEach((each) => line.append(element("th", each.replace(/^</, ""), { scope: "col", class: each.startsWith("<") ? "l" : "" })));
  head.append(line);
  rows.forEach((row) => {
    const tr = element("tr", null, row.current ? { "aria-current": "true" } : {});
    row.forEach((cell, i) => {
      const side = heads[i].startsWith("<") ? "l " : "";
      tr.append(Array.isArray(cell) ? element("td", cell[0], { class: side + cell[1] }) : element("td", cell, { class: side }));
    });
    body.append(tr);
  });
  if (!rows.length) body.append(element("tr")), body.lastChild.append(element("td", empty, { colspan: heads.length, class: "dim" }));
  node.replaceChildren(head, body);
}
/** On a phone a table of few rows stands on its side: its columns would not fit. */
export const narrow = matchMedia("(max-width: 760px)");
export function upright(node, heads, rows, empty) {
  if (!narrow.matches || rows.length > 2 || !rows.length) return table(node, heads, rows, empty);
  const turned = heads.slice(1).map((head, i) => [head.replace(/^</, ""), ...rows.map((row) => row[i + 1])]);
  table(node, [heads[0], ...rows.map((row) => (row[0] instanceof Node ? row[0].textContent : row[0]))], turned);
}
export function facts(node, rows) {
  const key = JSON.stringify(rows);
  if (node.dataset.key === key) return;
  node.dataset.key = key;
  node.replaceChildren(...rows.flatMap(([name, value, kind]) => [element("dt", name), element("dd", value, { class: kind || "" })]));
}
/** The names and values above a chart. */
export const key = (node, rows) => {
  const made = JSON.stringify(rows);
  if (node.dataset.key === made) return;
  node.dataset.key = made;
  node.replaceChildren(...rows.map(([name, kind, value]) => {
    const span = element("span", element("i", null, { class: kind }));
    span.append(name + (value === "" ? "" : " "), element("b", value));
    return span;
  }));
};
