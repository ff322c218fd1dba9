// Records to judge: right, wrong or unsure. What was said is kept by the browser and saved as a file of JSON lines.

const audit = read("audit");
const ASK = {
  quantity: "Is the marked number read as the fields say: its words, type, value, unit, hedge, what is counted?",
  time: "Is the marked time read as the fields say: its words, type, value and interval?",
  entity: "Is the marked name what the fields say: its words, its type, the thing that is meant?",
  fact: "Does the text say this: subject, metric, number, period, change, status?",
};
const SAID = [["right", "r"], ["wrong", "w"], ["unsure", "u"]];
// Of the same sample, whoever made the page again.
const key = `kennzahl-audit-${audit.seed}-${audit.records.map((r) => `${audit.passages[r.passage].doc} ${r.record.id}`).reduce((h, text) => [...text].reduce((n, c) => (Math.imul(n, 31) + c.codePointAt(0)) | 0, h), 7)}`;
let said;
try { said = JSON.parse(kept.get(key)) || {}; } catch { said = {}; }
let saved = true;
let at = Math.max(0, audit.records.findIndex((_, n) => !said[n]?.verdict));

const shown = (value) => (typeof value === "string" && /^-?\d+(\.\d+)?$/.test(value) ? digits(value) : String(value));

/** The fields of a record that are to be judged. */
function rows(r) {
  if (r.kind !== "fact") {
    const hide = ["kind", "id", "sentence", "start", "end", "text", "rule", "coref"];
    return [["words", r.text], ...Object.entries(r).filter(([name]) => !hide.includes(name)).map(([name, value]) => [name, shown(value)])];
  }
  const q = (v) => v && [v.approx?.replace("_", " "), v.value ? digits(v.value) : v.ratio || [v.low, v.high].filter(Boolean).map(digits).join(" … "), v.unit, v.per && `per ${v.per}`].filter(Boolean).join(" ");
  const change = r.change || {};
  return [
    ["subject", r.subject && `${r.subject.name} (${r.subject.basis})`],
    ["metric", r.metric.lemma + (r.metric.concept ? ` (${r.metric.concept})` : "")],
    ["value", q(r.value)],
    ["period", r.period && `${r.period.value} (${r.period.basis})`],
    ["direction", change.direction], ["by", q(change.by)], ["from", q(change.from)], ["versus", change.versus],
    ["status", r.status],
    ["source", r.source?.name],
  ];
}

function judge(verdict) {
  const had = said[at]?.verdict === verdict;
  said[at] = { ...said[at], verdict: had ? undefined : verdict };
  keep();
  if (had || at + 1 >= audit.records.length) draw();
  else go(at + 1);
}

function keep() {
  saved = kept.set(key, JSON.stringify(said));
}

function go(n) {
  at = Math.max(0, Math.min(n, audit.records.length - 1));
  draw();
}

/** The file: what the sample is of, the texts, and a line for each verdict. */
function lines() {
  const judged = audit.records.map((r, n) => [r, said[n]]).filter(([, s]) => s?.verdict);
  const passages = [...new Set(judged.map(([r]) => r.passage))].map((n) => audit.passages[n]);
  const { program, seed, documents, population } = audit;
  return [
    { kind: "audit", program, seed, sample: audit.records.length, documents, population },
    ...passages.map((p) => ({ kind: "document", ...p })),
    ...judged.map(([r, s]) => {
      const { doc, base } = audit.passages[r.passage];
      return { kind: "verdict", of: r.of, doc, base, id: r.record.id, rule: r.record.rule, basis: r.basis, verdict: s.verdict, note: s.note || undefined, record: r.record, numbers: r.numbers };
    }),
  ].map((line) => `${JSON.stringify(line)}\n`).join("");
}

function save() {
  const url = URL.createObjectURL(new Blob([lines()], { type: "application/x-ndjson" }));
  el("a", { href: url, download: "verdicts.jsonl" }).click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}

function draw() {
  const r = audit.records[at];
  const passage = audit.passages[r.passage];
  const now = said[at] || {};
  const judged = audit.records.filter((_, n) => said[n]?.verdict).length;
  const quote = el("blockquote", { lang: "de", "aria-label": "Text", tabindex: 0 }, r.context.map(([words, part]) => (part ? el("mark", { class: `q-${part === "record" ? r.of : part}` }, words, part === "record" ? null : el("small", { lang: "en" }, part)) : words)));
  const buttons = SAID.map(([verdict, letter]) => el("button", { type: "button", class: verdict, "aria-pressed": String(now.verdict === verdict), "aria-keyshortcuts": letter, onclick: () => judge(verdict) }, `${verdict[0].toUpperCase()}${verdict.slice(1)} `, el("kbd", {}, letter)));
  const kinds = Object.keys(ASK).filter((k) => audit.records.some((x) => x.of === k));
  const tally = (kind, verdict) => audit.records.filter((x, n) => x.of === kind && said[n]?.verdict === verdict).length;
  const focused = document.activeElement?.dataset?.focus;
  $("main").replaceChildren(el("div", { class: "audit" },
    el("section", { class: "record", "aria-labelledby": "which" },
      el("h1", { id: "which" }, `${at + 1} of ${audit.records.length} `, el("span", { class: `chip q-${r.of}` }, r.of)),
      el("p", { class: "ask" }, ASK[r.of]),
      quote,
      fields(rows(r.record)),
      el("p", { class: "place" }, [passage.doc, passage.published && `published ${passage.published}`, r.record.rule && `rule ${r.record.rule}`].filter(Boolean).join(" · ")),
      el("div", { class: "verdicts", role: "group", "aria-label": "Verdict" }, buttons),
      el("label", { for: "note" }, "Note, kept with the verdict"),
      el("textarea", { id: "note", rows: 1, oninput: (e) => { said[at] = { ...said[at], note: e.target.value }; keep(); } }, now.note || ""),
      el("div", { class: "go" },
        el("button", { type: "button", "data-focus": "back", onclick: () => go(at - 1) }, "← Back"),
        el("button", { type: "button", "data-focus": "next", onclick: () => go(at + 1) }, "Next →"))),
    el("aside", { class: "side", "aria-label": "Progress" },
      el("h2", {}, `${judged} of ${audit.records.length} judged`),
      el("progress", { max: audit.records.length, value: judged, "aria-label": "Judged" }),
      el("table", {}, el("thead", {}, el("tr", {}, ["kind", "right", "wrong", "?"].map((h, n) => el("th", { scope: "col", class: n ? "n" : null }, h)))),
        el("tbody", {}, kinds.map((k) => el("tr", {}, el("td", {}, k), SAID.map(([v]) => el("td", { class: "n" }, tally(k, v))))))),
      el("button", { type: "button", class: "save", "data-focus": "save", onclick: save }, "Save verdicts.jsonl"),
      saved ? null : el("p", { class: "keys" }, "The browser keeps nothing of this page: save before you close it."),
      el("p", { class: "keys" }, "Then: kennzahl audit --verdicts verdicts.jsonl"),
      el("h2", {}, "Records"),
      el("ol", { class: "map" }, audit.records.map((x, n) => el("li", {}, el("button", { type: "button", class: said[n]?.verdict || null, "aria-label": `${x.of} ${n + 1}${said[n]?.verdict ? `, ${said[n].verdict}` : ""}`, "aria-current": n === at ? "true" : null, onclick: () => go(n) }, n + 1)))),
      el("p", { class: "keys" }, el("kbd", {}, "r"), " ", el("kbd", {}, "w"), " ", el("kbd", {}, "u"), " judge, ", el("kbd", {}, "←"), " ", el("kbd", {}, "→"), " go, ", el("kbd", {}, "n"), " note"))));
  quote.querySelector("mark")?.scrollIntoView({ block: "nearest" });
  document.querySelector(`[data-focus="${focused}"]`)?.focus();
  $("status").textContent = `Record ${at + 1}, ${r.of}${now.verdict ? `, ${now.verdict}` : ""}`;
}

addEventListener("keydown", (e) => {
  if (e.ctrlKey || e.metaKey || e.altKey) return;
  if (e.target.closest("textarea, input, select")) {
    if (e.key === "Escape") e.target.blur();
    return;
  }
  const verdict = SAID.find(([, letter]) => letter === e.key.toLowerCase());
  if (verdict) judge(verdict[0]);
  else if (e.key === "ArrowRight") go(at + 1);
  else if (e.key === "ArrowLeft") go(at - 1);
  else if (e.key === "n") { $("note").focus(); e.preventDefault(); }
});
document.querySelector(".skip").addEventListener("click", (e) => { e.preventDefault(); $("main").focus(); });
draw();
