// Which part of the page is shown: `#/` figures, `#/documents` the list, `#/doc/N/ID` a document and a record in it.

const summary = read("summary");
const single = summary.index.length === 1;
let open = null;

function tabs(now) {
  if (single) return;
  const all = [["#/", "Overview"], ["#/documents", "Documents"]];
  if (now.startsWith("#/doc/")) {
    const n = Number(now.split("/")[2]);
    if (n > 0) all.push([`#/doc/${n - 1}`, "‹ Previous"]);
    if (n + 1 < summary.shown) all.push([`#/doc/${n + 1}`, "Next ›"]);
  }
  $("tabs").hidden = false;
  $("tabs").replaceChildren(...all.map(([href, name]) => el("a", { href, "aria-current": href === now ? "page" : null }, name)));
}

function route(first) {
  const hash = location.hash.startsWith("#/") ? location.hash : single ? "#/doc/0" : "#/";
  const [, part, number, id] = hash.split("/");
  $("tip").hidden = true;
  const main = $("main");
  if (part === "doc" && $(`d${Number(number)}`)) {
    if (open?.n !== Number(number)) {
      open = { n: Number(number), view: new DocumentView(read(`d${Number(number)}`)) };
      open.view.render(main);
      scrollTo(0, 0);
      if (!first) main.focus({ preventScroll: true });
    }
    if (id) open.view.go(decodeURIComponent(id));
  } else {
    open = null;
    (part === "documents" ? documents : overview)(summary, main);
    scrollTo(0, 0);
    if (!first) main.focus({ preventScroll: true });
  }
  tabs(hash);
}

addEventListener("hashchange", () => { if (!location.hash || location.hash.startsWith("#/")) route(false); });
document.querySelector(".skip").addEventListener("click", (e) => { e.preventDefault(); $("main").focus(); });
route(true);
