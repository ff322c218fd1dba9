// One document: its text, a filter beside it, its facts as cards; what is pointed at or focused says what it is.

const KINDS = ["quantity", "time", "entity", "fact", "refused", "conflict"];
const HIDDEN_AT_FIRST = ["refused", "conflict"];

class DocumentView {
  constructor(doc) {
    this.doc = doc;
    this.spans = spansOf(doc);
    this.byId = new Map(this.spans.map((s) => [s.id, s]));
    this.off = new Set();
    this.kinds = new Set(KINDS.filter((k) => !HIDDEN_AT_FIRST.includes(k)));
    this.verdicts = new Set(Object.keys(GOLD));
    this.words = "";
    this.current = null;
  }

  render(main) {
    const { document: head, gold } = this.doc;
    const said = [head.doc, head.published, head.source, plural(head.chars, "character"), plural(head.sentences, "sentence")];
    this.prose = el("article", { class: "prose", lang: "de", "aria-label": "Text" });
    this.nodes = marked(this.doc, this.spans, this.prose);
    this.cards = el("ol", { class: "cards" }, this.doc.facts.map((f) => this.card(f)), this.missedFacts());
    main.replaceChildren(
      el(
        "div",
        { class: gold ? "document compared" : "document" },
        el("header", {}, el("h1", { lang: "de" }, head.title || head.doc), el("p", {}, said.filter(Boolean).join(" · ")), gold ? this.legend() : null),
        this.filter(),
        this.prose,
        el("section", { class: "facts", "aria-labelledby": "facts-title" }, el("h2", { id: "facts-title" }, "Facts "), this.cards),
      ),
    );
    this.listen();
    this.apply();
  }

  legend() {
    const sums = { found: 0, different: 0, missed: 0, spurious: 0 };
    for (const counts of Object.values(this.doc.gold.counts)) for (const is in sums) sums[is] += counts[is];
    return el("ul", { class: "legend", "aria-label": "Against gold" }, Object.entries(sums).map(([is, n]) => el("li", { class: is }, el("strong", {}, GOLD[is]), ` ${n}`)));
  }

  // The filter.

  filter() {
    const tick = (name, count, hue, set, value) =>
      el("label", { class: `tick${hue ? ` q-${hue}` : ""}` },
        this.box(set, value), hue ? el("span", { class: "swatch" }) : null, name, el("span", { class: "count" }, count));
    const all = [...this.doc.mentions, ...this.doc.facts];
    const kinds = KINDS.map((kind) => [kind, all.filter((r) => r.kind === kind).length]).filter(([, n]) => n);
    const rules = kinds.map(([kind]) => {
      const counts = new Map();
      for (const r of all) if (r.kind === kind && r.rule) counts.set(r.rule, (counts.get(r.rule) || 0) + 1);
      const list = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
      return list.length ? el("details", {}, el("summary", {}, `Rules of ${kind}`), list.map(([rule, n]) => tick(rule, n, null, "off", `${kind} ${rule}`))) : null;
    });
    const search = el("input", { type: "search", id: "search", autocomplete: "off", oninput: (e) => { this.words = e.target.value.trim().toLowerCase(); this.apply(); } });
    return el("details", { class: "filter", open: matchMedia("(min-width: 72rem)").matches },
      el("summary", {}, "Filter"),
      el("fieldset", {}, el("legend", {}, "Kinds"), kinds.map(([kind, n]) => tick(kind, n, kind, "kinds", kind))),
      this.doc.gold ? el("fieldset", {}, el("legend", {}, "Against gold"), Object.entries(GOLD).map(([is, name]) => tick(name, "", null, "verdicts", is))) : null,
      el("p", {}, el("label", { for: "search", class: "label" }, "Value, name, text or rule"), search),
      el("div", { role: "group", "aria-label": "Rules" }, rules),
      el("p", { class: "soft", id: "shown" }),
    );
  }

  /** A checkbox for a value of a set; of `off` it is checked where the value is not in it. */
  box(set, value) {
    const has = () => this[set].has(value) !== (set === "off");
    return el("input", { type: "checkbox", checked: has(), "data-value": value, onchange: (e) => {
      this[set][e.target.checked === (set !== "off") ? "add" : "delete"](value);
      this.apply();
    } });
  }

  shows(record, missed) {
    const is = missed ? "missed" : this.doc.gold?.of[record.id]?.is;
    if (!this.kinds.has(record.kind) || this.off.has(`${record.kind} ${record.rule}`) || (is && !this.verdicts.has(is))) return false;
    return !this.words || JSON.stringify(missed ? record.fields : record).toLowerCase().includes(this.words);
  }

  apply() {
    let shown = 0;
    let all = 0;
    for (const span of this.spans) {
      if (span.kind === "metric") continue;
      const on = this.shows(span.missed || span.record, Boolean(span.missed));
      span.on = on;
      all += 1;
      shown += on;
      for (const node of this.nodes.get(span.id)) node.classList.toggle("off", !on);
    }
    let cards = 0;
    for (const card of this.cards.children) {
      const fact = this.doc.facts.find((f) => f.id === card.dataset.fact);
      card.hidden = fact ? !this.shows(fact) : !this.shows(this.doc.gold.missed[card.dataset.missed], true);
      cards += !card.hidden;
    }
    const text = `${shown} of ${all} mentions, ${cards} of ${plural(this.cards.children.length, "fact")}`;
    $("shown").textContent = text;
    $("status").textContent = text;
    $("facts-title").textContent = `Facts (${cards})`;
    this.dim();
    this.rove();
  }

  // Cards.

  card(f) {
    const change = f.change || {};
    const arrow = { up: "▲", down: "▼", flat: "▶" }[change.direction] || "";
    const number = worth(f.value);
    const by = [arrow, change.direction, worth(change.by), change.from && `from ${worth(change.from)}`, change.versus && `vs ${change.versus}`];
    const more = [
      f.period && `${f.period.value} (${f.period.basis})`,
      f.status !== "reported" ? f.status : null,
      f.source && `by ${f.source.name}`,
      f.repeat_of && `repeats ${f.repeat_of}`,
      f.rule,
    ];
    const is = this.doc.gold?.of[f.id]?.is || "";
    return el("li", { class: `card ${is}`, tabindex: -1, "data-fact": f.id },
      el("p", { class: "what", lang: "de" }, el("strong", {}, f.subject?.name || "–"), el("span", {}, f.metric.lemma), f.metric.concept ? el("span", { class: "chip q-metric", lang: "en" }, f.metric.concept) : null),
      number ? el("p", { class: "number" }, f.value.approx ? `${f.value.approx.replace("_", " ")} ` : "", number) : null,
      by.some(Boolean) ? el("p", { class: change.direction || "" }, by.filter(Boolean).join(" ")) : null,
      el("p", { class: "more" }, [is === "found" ? "✓ gold" : null, f.subject && `subject by ${f.subject.basis}`, ...more].filter(Boolean).join(" · ")),
      is === "found" ? null : verdictOf(this.doc, f.id));
  }

  missedFacts() {
    return (this.doc.gold?.missed || []).map((missed, n) => {
      if (missed.kind !== "fact") return null;
      const { metric, subject, ...rest } = missed.fields;
      return el("li", { class: "card missed", tabindex: -1, "data-missed": n },
        el("p", { class: "what", lang: "de" }, el("strong", {}, subject || "–"), el("span", {}, metric || ""), el("em", {}, `„${this.doc.text.slice(missed.start, missed.end)}“`)),
        el("div", { class: "against missed" }, el("strong", {}, GOLD.missed), fields(Object.entries(rest))));
    });
  }

  // Pointing and focus.

  listen() {
    const markAt = (e) => e.target.closest?.(".m:not(.off):not(.q-metric)");
    this.prose.addEventListener("mouseover", (e) => { const m = markAt(e); if (m) this.tell(m); });
    this.prose.addEventListener("mouseout", (e) => { if (markAt(e) && !$("tip").contains(e.relatedTarget)) this.restore(); });
    this.prose.addEventListener("focusin", (e) => { const m = markAt(e); if (m) { this.current = m; this.rove(); this.tell(m); } });
    this.prose.addEventListener("focusout", () => this.restore(true));
    this.prose.addEventListener("click", (e) => { const m = markAt(e); if (m) this.first(m).focus(); });
    this.prose.addEventListener("keydown", (e) => this.keyInText(e));
    this.cards.addEventListener("mouseover", (e) => this.light(e.target.closest(".card")));
    this.cards.addEventListener("mouseleave", () => this.light(this.cards.querySelector(".card:focus")));
    this.cards.addEventListener("focusin", (e) => {
      const card = e.target.closest(".card");
      this.light(card);
      const [, id] = this.parts(card).find(([part]) => ["value", "by", "from"].includes(part)) || [];
      if (id) this.into(this.nodes.get(id)?.[0]);
    });
    this.cards.addEventListener("focusout", () => this.light(null));
    this.cards.addEventListener("keydown", (e) => this.keyInCards(e));
    $("tip").onmouseleave = () => this.restore();
  }

  /** Scrolls only where it is out of sight, and only where text and cards stand side by side. */
  into(node) {
    if (!node || !matchMedia("(min-width: 72rem)").matches) return;
    const box = node.getBoundingClientRect();
    if (box.top < 70 || box.bottom > innerHeight - 40) node.scrollIntoView({ block: "center" });
  }

  first(mark) {
    return this.nodes.get(mark.dataset.id)[0];
  }

  /** Says what a mention is, and those that it lies in. */
  tell(mark) {
    const around = [];
    for (let m = mark; m && m !== this.prose; m = m.parentElement) if (!m.matches(".off, .q-metric")) around.push(this.byId.get(m.dataset.id));
    const tip = $("tip");
    tip.replaceChildren(...around.flatMap((span, n) => [n ? el("hr") : null, ...details(this.doc, span)]).filter(Boolean));
    tip.hidden = false;
    tip.scrollTop = 0;
    tip.tabIndex = tip.scrollHeight > tip.clientHeight ? 0 : -1;
    const at = mark.getClientRects()[0];
    const below = at.bottom + 10 + tip.offsetHeight < innerHeight;
    tip.style.left = `${Math.max(8, Math.min(at.left, innerWidth - tip.offsetWidth - 8))}px`;
    tip.style.top = `${below ? at.bottom + 10 : Math.max(8, at.top - tip.offsetHeight - 10)}px`;
    this.dim();
    const ids = around.map((s) => s.id);
    for (const id of ids) for (const node of this.nodes.get(id)) node.classList.add("lit");
    for (const card of this.cards.children) {
      const lit = this.parts(card).some(([, id]) => ids.includes(id));
      card.classList.toggle("lit", lit);
    }
    if (document.activeElement === mark) {
      const card = this.cards.querySelector(".lit:not([hidden])");
      const list = this.cards.parentElement;
      if (card && list.scrollHeight > list.clientHeight) list.scrollTop = card.offsetTop - list.offsetTop - 40;
    }
  }

  /** Back to what has the focus, else to nothing. */
  restore(gone = false) {
    $("tip").hidden = true;
    this.dim();
    const focused = gone ? null : this.prose.querySelector(".m:focus");
    if (focused) this.tell(focused);
  }

  dim() {
    for (const node of this.prose.querySelectorAll(".lit")) node.classList.remove("lit");
    for (const node of this.prose.querySelectorAll("[data-part]")) delete node.dataset.part;
    for (const card of this.cards.querySelectorAll(".lit")) card.classList.remove("lit");
  }

  parts(card) {
    const fact = this.doc.facts.find((f) => f.id === card?.dataset.fact);
    return fact ? partsOf(fact) : [];
  }

  /** Lights a card and its evidence in the text. */
  light(card) {
    $("tip").hidden = true;
    this.dim();
    if (!card) return;
    card.classList.add("lit");
    for (const [part, id] of this.parts(card)) {
      (this.nodes.get(id) || []).forEach((node, n) => {
        node.classList.add("lit");
        if (n === 0) node.dataset.part = node.dataset.part ? `${node.dataset.part}, ${part}` : part;
      });
    }
  }

  // The keyboard: one stop for the text and one for the cards; arrows go on from there.

  stops() {
    return this.spans.filter((s) => s.on).map((s) => this.nodes.get(s.id)[0]);
  }

  rove() {
    const stops = this.stops();
    if (!stops.includes(this.current)) this.current = stops[0] || null;
    for (const node of this.prose.querySelectorAll(".m[tabindex='0']")) node.tabIndex = -1;
    if (this.current) this.current.tabIndex = 0;
    const cards = [...this.cards.children].filter((c) => !c.hidden);
    const focused = cards.find((c) => c.tabIndex === 0) || cards[0];
    for (const card of this.cards.children) card.tabIndex = card === focused ? 0 : -1;
  }

  keyInText(e) {
    const stops = this.stops();
    const at = stops.indexOf(e.target);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: stops.length - 1 }[e.key];
    if (at < 0) return;
    if (to !== undefined) {
      e.preventDefault();
      stops[Math.max(0, Math.min(to, stops.length - 1))].focus();
    } else if (e.key === "Enter") {
      const card = [...this.cards.children].find((c) => !c.hidden && this.parts(c).some(([, id]) => id === e.target.dataset.id));
      card?.focus();
    } else if (e.key === "Escape") {
      $("tip").hidden = true;
    }
  }

  keyInCards(e) {
    const cards = [...this.cards.children].filter((c) => !c.hidden);
    const at = cards.indexOf(e.target);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: cards.length - 1 }[e.key];
    if (at < 0) return;
    if (to !== undefined) {
      e.preventDefault();
      const card = cards[Math.max(0, Math.min(to, cards.length - 1))];
      for (const c of cards) c.tabIndex = c === card ? 0 : -1;
      card.focus();
    } else if (e.key === "Enter") {
      const [, id] = this.parts(e.target).find(([part]) => ["value", "by", "from"].includes(part)) || [];
      if (id && this.byId.get(id)?.on) this.nodes.get(id)[0].focus();
    }
  }

  /** Goes to a mention or a fact. */
  go(id) {
    const card = this.cards.querySelector(`[data-fact="${CSS.escape(id)}"]`);
    const node = card || this.nodes.get(id)?.[0];
    node?.scrollIntoView({ block: "center" });
    node?.focus({ preventScroll: true });
  }
}
