// The values of one metric of one subject over time, as SVG. Numbers become floats here to be drawn, and nowhere else.

function svg(tag, attributes = {}, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== null) node.setAttribute(name, value);
  node.append(...children.flat(Infinity));
  return node;
}

const dayOf = (text) => Date.parse(`${text}T00:00:00Z`) / 86400000;
const short = new Intl.NumberFormat("en", { notation: "compact", maximumSignificantDigits: 4 });

/** Round steps that part what lies between two numbers into about so many. */
function ticks(low, high, about) {
  const rough = (high - low) / about || 1;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((n) => n * power).find((n) => n >= rough);
  const all = [];
  for (let n = Math.ceil(low / step) * step; n <= high + step / 1e6; n += step) all.push(Math.abs(n) < step / 1e6 ? 0 : n);
  return all;
}

/** Years, or days where there is less than two years between them. */
function timeTicks(low, high) {
  const year = (day) => new Date(day * 86400000).getUTCFullYear();
  const [first, last] = [year(low), year(high)];
  if (last - first < 2) return [low, (low + high) / 2, high].map((d) => [d, new Date(d * 86400000).toISOString().slice(0, 10)]);
  const step = Math.ceil((last - first) / 7);
  const all = [];
  for (let y = first + 1; y <= last; y += step) all.push([dayOf(`${y}-01-01`), String(y)]);
  return all;
}

/** The plot of points of one unit; `link` gives where a point leads, if anywhere. */
function plot(points, unit, name, link) {
  const [width, height, left, right, top, bottom] = [720, 300, 62, 16, 16, 34];
  const xs = points.map((p) => dayOf(p.day));
  const ys = points.map((p) => Number(p.value));
  let [x0, x1, y0, y1] = [Math.min(...xs), Math.max(...xs), Math.min(0, ...ys), Math.max(...ys)];
  // A scale that begins at nought, unless all values lie close together far from it.
  if (y0 === 0 && Math.min(...ys) > 0.7 * y1) y0 = Math.min(...ys) - (y1 - Math.min(...ys)) * 0.3;
  if (y0 === y1) y1 = y0 + 1;
  if (x0 === x1) x1 = x0 + 1;
  const x = (day) => left + ((day - x0) / (x1 - x0)) * (width - left - right);
  const y = (value) => height - bottom - ((value - y0) / (y1 - y0)) * (height - top - bottom);
  const grid = ticks(y0, y1, 5).map((n) => [
    svg("line", { class: "grid", x1: left, x2: width - right, y1: y(n), y2: y(n) }),
    svg("text", { class: "axis", x: left - 8, y: y(n) + 4, "text-anchor": "end" }, short.format(n)),
  ]);
  const days = timeTicks(x0, x1).map(([d, label], n, all) =>
    svg("text", { class: "axis", x: x(d), y: height - 10, "text-anchor": n === 0 && x(d) < left + 30 ? "start" : n === all.length - 1 && x(d) > width - 40 ? "end" : "middle" }, label));
  // The last word of each day, as points are in the order of days and documents.
  const firm = points.filter((p) => p.status === "reported").filter((p, n, all) => all[n + 1]?.day !== p.day);
  const line = firm.map((p, n) => `${n ? "L" : "M"}${x(dayOf(p.day)).toFixed(1)} ${y(Number(p.value)).toFixed(1)}`).join("");
  const dots = points.map((p) => {
    const label = `${p.period || p.day}: ${digits(p.value)} ${unit}, ${p.status}`;
    const dot = svg("circle", { cx: x(dayOf(p.day)), cy: y(Number(p.value)), r: 5, class: p.status === "reported" ? "dot" : "dot open" }, svg("title", {}, label));
    const to = link(p);
    return to ? svg("a", { href: to, "aria-label": label }, dot) : dot;
  });
  return svg("svg", { viewBox: `0 0 ${width} ${height}`, class: "plot", role: "group", "aria-label": `${name}, in ${unit}` }, grid.flat(), days, svg("path", { class: "line", d: line }), dots);
}
