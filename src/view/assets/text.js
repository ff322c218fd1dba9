// The text of a document with its mentions as elements. Mentions that overlap lie in each other; where two cross, the
// inner one is cut in two.

/** The parts of a fact: the mention of each, by what it is to the fact. */
function partsOf(fact) {
  const change = fact.change || {};
  return [
    ["subject", fact.subject?.entity],
    ["metric", `m${fact.id}`],
    ["value", fact.value?.quantity],
    ["by", change.by?.quantity],
    ["from", change.from?.quantity],
    ["period", fact.period?.time],
    ["source", fact.source?.entity],
  ].filter(([, id]) => id);
}

/** All that is marked: mentions, the words of metrics, and what gold has and was not found. */
function spansOf(doc) {
  const spans = doc.mentions.map((r) => ({ id: r.id, kind: r.kind, start: r.start, end: r.end, record: r }));
  for (const fact of doc.facts) {
    const place = doc.more[fact.id];
    if (place) spans.push({ id: `m${fact.id}`, kind: "metric", start: place[0], end: place[1] });
  }
  (doc.gold?.missed || []).forEach((missed, n) => {
    if (missed.kind !== "fact") spans.push({ id: `g${n}`, kind: missed.kind, start: missed.start, end: missed.end, missed });
  });
  const outer = ["metric", "conflict", "refused", "entity", "time", "quantity"];
  return spans
    .filter((s) => s.end > s.start)
    .sort((a, b) => a.start - b.start || b.end - a.end || outer.indexOf(a.kind) - outer.indexOf(b.kind));
}

/** Fills `into` with the text; gives the elements of each mention by its id. */
function marked(doc, spans, into) {
  const nodes = new Map();
  const stack = [];
  const top = () => (stack.length ? stack[stack.length - 1].node : into);
  const open = (span, again) => {
    const node = el("mark", { class: `m q-${span.kind}`, "data-id": span.id });
    if (span.missed) node.classList.add("missed");
    const is = doc.gold?.of[span.id]?.is;
    if (is) node.classList.add(is);
    if (again) node.classList.add("again");
    else if (span.kind !== "metric") {
      node.tabIndex = -1;
      node.setAttribute("aria-describedby", "tip");
    }
    top().append(node);
    stack.push({ node, span });
    nodes.set(span.id, [...(nodes.get(span.id) || []), node]);
  };
  const edges = [...new Set(spans.flatMap((s) => [s.start, s.end]))].sort((a, b) => a - b);
  let at = 0;
  let next = 0;
  for (const edge of edges) {
    if (edge > at) top().append(doc.text.slice(at, edge));
    at = edge;
    const ended = stack.findIndex(({ span }) => span.end <= edge);
    if (ended >= 0) {
      const cut = stack.splice(ended).map(({ span }) => span);
      cut.filter((span) => span.end > edge).forEach((span) => open(span, true));
    }
    for (; next < spans.length && spans[next].start === edge; next++) open(spans[next], false);
  }
  into.append(doc.text.slice(at));
  return nodes;
}

/** What a quantity is worth: its value, range or ratio, with its unit. */
function worth(q) {
  if (!q) return null;
  const value = q.value ?? q.ratio;
  const low = q.low !== undefined ? `${digits(q.low)} … ${q.high !== undefined ? digits(q.high) : ""}` : "";
  return [value !== undefined ? digits(value) : low, q.unit, q.per && `per ${q.per}`].filter(Boolean).join(" ");
}

const bounds = (r) =>
  r.lower === undefined && r.upper === undefined
    ? null
    : `${r.lower === undefined ? "…" : digits(r.lower)} to ${r.upper === undefined ? "…" : digits(r.upper)}`;

/** What gold says of a record. */
function verdictOf(doc, id) {
  const said = doc.gold?.of[id];
  if (!said) return null;
  const place = (v) => (Array.isArray(v) ? v.join("–") : v ?? "–");
  const rows = said.fields.map(([field, found, gold]) => [field, `${place(found)}, gold: ${place(gold)}`]);
  return el("div", { class: `against ${said.is}` }, el("strong", {}, GOLD[said.is]), rows.length ? fields(rows) : null);
}

const GOLD = {
  found: "✓ as in gold",
  different: "≠ different from gold",
  spurious: "+ not in gold",
  missed: "− in gold, not found",
};

/** All there is to know of a mention. */
function details(doc, span) {
  const head = (kind, type, words) =>
    el("p", { class: "head" }, el("span", { class: `chip q-${kind}` }, [kind, type].filter(Boolean).join(" · ")), " ", el("strong", { lang: "de" }, words));
  if (span.missed) {
    const { type, ...rest } = span.missed.fields;
    return [
      head(span.kind, type, doc.text.slice(span.start, span.end)),
      el("div", { class: "against missed" }, el("strong", {}, GOLD.missed)),
      fields(Object.entries(rest)),
    ];
  }
  const r = span.record;
  const steps = doc.more[r.id] || [];
  const facts = doc.facts.filter((f) => partsOf(f).some(([, id]) => id === r.id)).length;
  const value = r.kind === "quantity" ? worth(r) : r.value;
  return [
    head(r.kind, r.type || r.reason, r.text),
    verdictOf(doc, r.id),
    fields([
      ["value", value],
      ["holds from", r.kind === "quantity" ? bounds(r) : null],
      ["hedge", r.hedge && `${r.hedge} (${r.approx})`],
      ["counts", r.noun],
      ["assumed", r.assumed],
      ["mod", r.mod],
      ["interval", r.from && `${r.from} until ${r.until}`],
      ["name", r.name],
      ["is a", r.subtype],
      ["link", r.link],
      ["role", r.role],
      ["thing", r.coref],
      ["expected", r.expected && `${r.expected}, by ${r.with}`],
      ["rule", r.rule],
      ["place", `${r.id}, sentence ${r.sentence + 1}`],
      ["facts", facts ? `part of ${plural(facts, "fact")}` : null],
    ]),
    steps.length ? el("ol", { class: "steps" }, steps.map((s) => el("li", {}, s))) : null,
  ];
}
