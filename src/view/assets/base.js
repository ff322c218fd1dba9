// What both pages use: elements, data, the theme, numbers.

const $ = (id) => document.getElementById(id);

/** An element with attributes, listeners (`onclick`) and children; what is null is left out. */
function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
  return node;
}

/** A piece of the data of the page. */
const read = (id) => JSON.parse($(id).textContent);

/** What the browser keeps; where it keeps nothing, as for some files, nothing is lost but that. */
const kept = {
  get(key) {
    try { return localStorage.getItem(key); } catch { return null; }
  },
  set(key, value) {
    try { localStorage.setItem(key, value); return true; } catch { return false; }
  },
};

/** A number with all its digits, three by three: numbers of records are texts and stay exact. */
function digits(text) {
  const [, sign, whole, rest] = /^(-?)(\d*)(.*)$/s.exec(String(text));
  return (sign ? "−" : "") + whole.replace(/\B(?=(\d{3})+$)/g, "\u202f") + rest;
}

const plural = (n, one, many = `${one}s`) => `${digits(n)} ${n === 1 ? one : many}`;

/** Rows of a `<dl>`, without those that say nothing. */
function fields(rows) {
  const said = rows.filter(([, value]) => value !== null && value !== undefined && value !== "");
  return el("dl", { class: "fields" }, said.map(([name, value]) => [el("dt", {}, name), el("dd", {}, value)]));
}

function theme(next) {
  const all = ["auto", "light", "dark"];
  const root = document.documentElement;
  let now = kept.get("kennzahl-theme");
  if (!all.includes(now)) now = "auto";
  if (next) {
    now = all[(all.indexOf(root.dataset.theme || now) + 1) % 3];
    kept.set("kennzahl-theme", now);
  }
  root.dataset.theme = now;
  $("theme").textContent = `Theme: ${now}`;
}
$("theme").addEventListener("click", () => theme(true));
theme(false);
