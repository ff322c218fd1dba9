// Many documents: figures, a series to choose, subjects, the slowest, and the list of all.

const docName = (entry) => entry.title || entry.doc;

function docLink(summary, n, id) {
  const entry = summary.index[n];
  if (n >= summary.shown) return el("span", { lang: "de" }, docName(entry));
  return el("a", { href: `#/doc/${n}${id ? `/${id}` : ""}`, lang: "de" }, docName(entry));
}

/** Counts as bars, the highest first, or in the order of their names. */
function bars(counts, { byName = false, most = 12, hue = "", label = (name) => name } = {}) {
  const all = Object.entries(counts).sort((a, b) => (byName ? 0 : b[1] - a[1]) || (a[0] < b[0] ? -1 : 1));
  const high = Math.max(1, ...all.map(([, n]) => n));
  const row = ([name, n]) => {
    const bar = el("span", { class: "bar" });
    bar.style.width = `${(100 * n) / high}%`;
    return el("li", { class: hue && `q-${hue}` }, el("span", {}, label(name)), bar, el("span", { class: "n" }, digits(n)));
  };
  const rest = all.slice(most);
  return [
    el("ul", { class: "bars" }, all.slice(0, most).map(row)),
    rest.length ? el("details", {}, el("summary", {}, `${rest.length} more`), el("ul", { class: "bars" }, rest.map(row))) : null,
  ];
}

function panel(title, { wide = false, id = null } = {}, ...children) {
  return el("section", { class: wide ? "panel wide" : "panel", id }, el("h2", {}, title), children);
}

function table(head, rows) {
  const cell = (tag) => (value, n) => el(tag, { class: typeof value === "number" || head[n].startsWith("#") ? "n" : null, scope: tag === "th" ? "col" : null }, typeof value === "number" ? digits(value) : value ?? "");
  return el("table", {}, el("thead", {}, el("tr", {}, head.map((h, n) => el("th", { scope: "col", class: h.startsWith("#") ? "n" : null }, h.replace("#", ""))))), el("tbody", {}, rows.map((row) => el("tr", {}, row.map(cell("td"))))));
}

function overview(summary, main) {
  const f = summary.figures;
  const sum = (counts) => Object.values(counts || {}).reduce((a, b) => a + b, 0);
  const tiles = [["documents", f.documents, ""], ["characters", f.chars, ""], ["sentences", f.sentences, ""], ...KINDS.filter((k) => f.types[k]).map((k) => [k, sum(f.types[k]), k])];
  const months = Object.keys(f.months).length > 36 ? grouped(f.months, (m) => m.slice(0, 4)) : f.months;
  main.replaceChildren(
    el("div", { class: "corpus" },
      el("header", {}, el("h1", {}, plural(f.documents, "document")), el("ul", { class: "tiles" }, tiles.map(([name, n, hue]) => el("li", { class: hue && `q-${hue}` }, el("strong", {}, digits(n)), el("span", {}, name))))),
      Object.keys(f.gold).length ? panel("Against gold", { wide: true }, table(["kind", "#found", "#different", "#missed", "#spurious"], KINDS.filter((k) => f.gold[k]).map((k) => [k, f.gold[k].found, f.gold[k].different, f.gold[k].missed, f.gold[k].spurious]))) : null,
      panel("Values over time", { wide: true, id: "series" }, series(summary)),
      panel("Kinds and types", { wide: true }, el("div", { class: "groups" }, KINDS.filter((k) => f.types[k]).map((k) => el("div", {}, el("h3", {}, k), bars(f.types[k], { hue: k }))))),
      panel("Subjects", {}, table(["subject", "most often", "#facts", "#documents"], summary.subjects.slice(0, 25).map((s) => [s.first === undefined ? s.name : docTop(summary, s), s.metric, s.facts, s.documents]))),
      panel("Metrics", {}, bars(f.concepts, { most: 25, hue: "metric" })),
      panel("Documents by publication", {}, Object.keys(months).length ? bars(months, { byName: true, most: 36 }) : "No document says when it was published."),
      summary.slowest.length ? panel("Slowest documents", {}, table(["document", "#milliseconds"], summary.slowest.slice(0, 20).map(({ doc, microseconds }) => [docLink(summary, doc), (microseconds / 1000).toFixed(1)]))) : null,
      panel("Hedges", {}, bars(f.hedges, { hue: "quantity" })),
      panel("Units", {}, bars(f.units, { hue: "quantity" })),
      panel("Where the subjects of facts were found", {}, bars(f.basis, { hue: "fact" })),
      panel("Digits before the point", {}, Object.entries(f.digits).map(([type, counts]) => el("details", { open: type === "money" }, el("summary", {}, type), bars(counts, { byName: true, hue: "quantity", label: (n) => String(Number(n)) })))),
      panel("Rules", { wide: true }, el("div", { class: "groups" }, KINDS.filter((k) => f.rules[k]).map((k) => el("div", {}, el("h3", {}, k), bars(f.rules[k], { hue: k, most: 8 }))))),
      el("p", { class: "soft wide" }, `Made by ${summary.program}.`),
    ),
  );
}

function docTop(summary, s) {
  return s.first < summary.shown ? el("a", { href: `#/doc/${s.first}`, lang: "de" }, s.name) : s.name;
}

function grouped(counts, by) {
  const all = {};
  for (const [name, n] of Object.entries(counts)) all[by(name)] = (all[by(name)] || 0) + n;
  return all;
}

/** Lists to choose a subject, a metric and a unit from, the plot, and its points as a table. */
function series(summary) {
  if (!summary.series.length) return "No metric of one subject has values of two days.";
  const subjects = new Map();
  for (const s of summary.series) subjects.set(s.key, [...(subjects.get(s.key) || []), s]);
  const place = el("div");
  const pick = (id, label) => [el("label", { for: id }, label), el("select", { id })];
  const [subject, metric, unit] = [pick("subject", "Subject"), pick("metric", "Metric"), pick("unit", "Unit")];
  const fill = (select, options) => select.replaceChildren(...options.map(([value, text]) => el("option", { value }, text)));
  const ofUnit = (s) => {
    const units = new Map();
    for (const p of s.points) units.set(p.unit, [...(units.get(p.unit) || []), p]);
    return [...units].sort((a, b) => b[1].length - a[1].length);
  };
  const now = () => subjects.get(subject[1].value).find((s) => s.metric === metric[1].value);
  const draw = () => {
    const s = now();
    const points = s.points.filter((p) => String(p.unit) === unit[1].value).sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : a.doc - b.doc));
    const link = (p) => (p.doc < summary.shown ? `#/doc/${p.doc}/${p.id}` : null);
    place.replaceChildren(
      plot(points, unit[1].value, `${s.subject}: ${s.metric}`, link),
      el("details", { class: "points" }, el("summary", {}, plural(points.length, "value")),
        table(["period", "#value", "status", "document"], points.map((p) => [p.period || p.day, `${p.approx ? "~" : ""}${digits(p.value)}`, p.status, docLink(summary, p.doc, p.id)]))),
    );
  };
  const chooseMetric = () => { fill(unit[1], ofUnit(now()).map(([u, p]) => [u, `${u} (${p.length})`])); draw(); };
  const chooseSubject = () => { fill(metric[1], subjects.get(subject[1].value).map((s) => [s.metric, `${s.metric} (${s.points.length})`])); chooseMetric(); };
  subject[1].addEventListener("change", chooseSubject);
  metric[1].addEventListener("change", chooseMetric);
  unit[1].addEventListener("change", draw);
  fill(subject[1], [...subjects].map(([key, all]) => [key, `${all[0].subject} (${all.reduce((n, s) => n + s.points.length, 0)})`]));
  chooseSubject();
  return [
    el("div", { class: "choice" }, [subject, metric, unit].map((p) => el("div", {}, p))),
    place,
    el("p", { class: "soft" }, "Filled: reported; open: forecast, target or denied. A point leads to its document.", summary.series_left_out ? ` ${plural(summary.series_left_out, "series", "series")} with fewer values left out.` : ""),
  ];
}

/** The list of documents, to search in. */
function documents(summary, main) {
  const list = el("ul");
  const count = el("p", { class: "soft", role: "status" });
  const fill = (words) => {
    const has = (d) => !words || `${d.doc} ${d.title || ""} ${d.published || ""}`.toLowerCase().includes(words);
    const all = summary.index.map((d, n) => [d, n]).filter(([d]) => has(d));
    count.textContent = `${digits(all.length)} of ${plural(summary.index.length, "document")}${summary.shown < summary.index.length ? `; the first ${digits(summary.shown)} with their text` : ""}`;
    list.replaceChildren(...all.map(([d, n]) => el("li", {}, docLink(summary, n), el("p", {},
      [d.title ? d.doc : null, d.published].filter(Boolean).join(" · "), " ",
      KINDS.filter((k) => d.counts[k]).map((k) => el("span", { class: `chip q-${k}` }, `${k} ${d.counts[k]}`))))));
  };
  const search = el("input", { type: "search", id: "find", autocomplete: "off", oninput: (e) => fill(e.target.value.trim().toLowerCase()) });
  main.replaceChildren(el("div", { class: "list" }, el("h1", {}, "Documents"), el("label", { for: "find", class: "soft" }, "Title, name or day"), search, count, list));
  fill("");
}
