#!/usr/bin/env python3
"""Opens the pages of `view`, `audit` and `eval` in a headless Chromium.

    python3 tests/pages.py KENNZAHL [--install] [--screenshots FOLDER]

With --install Playwright and axe-core are installed below target/, and Chromium by apt where there is none. With
--screenshots pictures of the pages are made there too. Exit code 77: something is missing.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
TARGET = os.environ.get("CARGO_TARGET_DIR", ROOT + "/target")
KENNZAHL = os.path.abspath(sys.argv[1])
WIDE, NARROW = {"width": 1440, "height": 900}, {"width": 360, "height": 740}


def browser_path():
    return next((p for p in map(shutil.which, ("chromium", "chromium-browser", "google-chrome")) if p), None)


def packages(install):
    """Runs this program again with Playwright; none where something is missing."""
    axe = TARGET + "/pages-axe/package/axe.min.js"
    again = os.environ.get("PAGES_AGAIN")
    if not browser_path() and install:
        root = [] if os.geteuid() == 0 else ["sudo", "-n"]
        subprocess.run([*root, "apt-get", "update", "-qq"], check=True)
        subprocess.run([*root, "apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"], check=True,
                       stdout=subprocess.DEVNULL)
    if not os.path.exists(axe) and install and shutil.which("npm"):
        os.makedirs(TARGET + "/pages-axe", exist_ok=True)
        tar = subprocess.run(["npm", "pack", "--silent", "axe-core@4"], cwd=TARGET + "/pages-axe", capture_output=True,
                             text=True, check=True).stdout.split()[-1]
        subprocess.run(["tar", "xzf", tar, "package/axe.min.js"], cwd=TARGET + "/pages-axe", check=True)
    if not browser_path() or not os.path.exists(axe):
        sys.exit(77)
    try:
        import playwright  # noqa: F401
        return axe
    except ImportError:
        if again:
            sys.exit("Playwright cannot be loaded though it is installed")
    folder = TARGET + "/pages-venv"
    python = folder + "/bin/python3"
    if not os.path.exists(python) or install:
        if not install:
            sys.exit(77)
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        subprocess.run([python, "-m", "pip", "install", "-q", "--disable-pip-version-check", "playwright"], check=True)
    os.execve(python, [python, *[a for a in sys.argv if a != "--install"]], {**os.environ, "PAGES_AGAIN": "1"})


def kennzahl(*args, code=0):
    done = subprocess.run([KENNZAHL, *args], capture_output=True, text=True)
    assert done.returncode == code, (args, done.returncode, done.stdout, done.stderr)
    return done.stdout


class Pages:
    """Opens pages, and sees to it that they say nothing to the console and ask nothing of the network."""

    def __init__(self, browser, axe, shots):
        self.context = browser.new_context(viewport=WIDE, color_scheme="light", accept_downloads=True)
        self.axe = open(axe).read()
        self.shots = shots
        self.wrong = []

    def open(self, path, hash=""):
        page = self.context.new_page()
        url = "file://" + path
        page.on("console", lambda m: self.wrong.append(f"console: {m.text}") if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda e: self.wrong.append(f"error: {e}"))
        page.on("dialog", lambda d: (self.wrong.append(f"dialog: {d.message}"), d.dismiss()))
        page.on("request", lambda r: None if r.url.split("#")[0] == url or r.url.startswith("blob:") else
                self.wrong.append(f"request: {r.url}"))
        page.goto(url + hash)
        return page

    def check(self, page, what):
        """No errors so far, nothing serious for axe, and no scrolling sideways at 360 px, in light and dark."""
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            for size in (WIDE, NARROW):
                page.set_viewport_size(size)
                page.wait_for_timeout(50)
                wide = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
                assert wide[0] <= wide[1], f"{what}: {wide} at {size}"
                page.evaluate(self.axe + "; null")
                found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
                grave = [(v["id"], v["impact"], [n["html"][:160] + n["failureSummary"][:200] for n in v["nodes"][:3]])
                         for v in found if v["impact"] in ("serious", "critical")]
                assert not grave, f"{what} {scheme} {size}: {grave}"
                self.picture(page, f"{what}-{scheme}-{size['width']}")
        page.set_viewport_size(WIDE)
        page.emulate_media(color_scheme="light")
        assert not self.wrong, f"{what}: {self.wrong}"

    def picture(self, page, name):
        if self.shots:
            page.screenshot(path=f"{self.shots}/{name}.png")


def same_text(page):
    """The text of the page is that of its document, and what is marked is the text of its record."""
    wrong = page.evaluate("""() => {
      const n = location.hash.split('/')[2] || 0;
      const doc = JSON.parse(document.getElementById('d' + n).textContent);
      const prose = document.querySelector('.prose');
      const wrong = prose.textContent === doc.text ? [] : ['the text'];
      for (const r of doc.mentions) {
        const pieces = [...prose.querySelectorAll(`[data-id="${r.id}"]`)].map((m) => m.textContent).join('');
        if (pieces !== r.text) wrong.push([r.id, pieces, r.text]);
      }
      return wrong;
    }""")
    assert wrong == [], wrong


def focused(page):
    return page.evaluate("document.activeElement.dataset.id || document.activeElement.dataset.fact || document.activeElement.tagName")


def a_document(pages, folder):
    """Load, hover, keyboard, filter, gold, theme, print."""
    path = folder + "/document.html"
    kennzahl("view", ROOT + "/corpus/articles/wirtschaft-bank-jahreszahlen.txt", "-o", path)
    page = pages.open(path)
    same_text(page)
    tip = page.locator("#tip")
    assert tip.is_hidden()
    mark = page.locator("mark.q-quantity:not(.missed)").nth(2)
    mark.hover()
    assert tip.is_visible() and mark.inner_text() in tip.inner_text()
    for word in ("value", "holds from", "rule"):
        assert word in tip.inner_text(), tip.inner_text()
    pages.picture(page, "document-hover")
    page.mouse.move(5, 5)
    assert tip.is_hidden()
    time = page.locator("mark.q-time").first
    time.hover()
    assert "written:" in tip.inner_text()
    page.mouse.move(5, 5)

    # One stop of the tabulator for the text; arrows go on.
    page.locator("mark[tabindex='0']").focus()
    first = focused(page)
    assert tip.is_visible()
    page.keyboard.press("ArrowRight")
    second = focused(page)
    assert second != first and f"{second}, sentence" in tip.inner_text()
    page.keyboard.press("Escape")
    assert tip.is_hidden()
    page.keyboard.press("ArrowLeft")
    assert focused(page) == first and page.locator("mark[tabindex='0']").count() == 1
    page.keyboard.press("End")
    page.keyboard.press("ArrowRight")
    assert focused(page) not in (first, second, "BODY")
    page.keyboard.press("Tab")
    card = focused(page)
    assert card.startswith("f"), card
    lit = page.locator(".prose mark.lit").count()
    parts = page.locator(".prose mark[data-part]").evaluate_all("all => all.map((m) => m.dataset.part)")
    assert lit >= len(parts) >= 2 and "metric" in parts, (lit, parts)
    pages.picture(page, "document-fact")
    page.keyboard.press("ArrowDown")
    assert focused(page).startswith("f") and focused(page) != card
    page.keyboard.press("Enter")
    number = focused(page)
    assert number.startswith("q") and page.locator(f".card.lit").count() >= 1
    page.keyboard.press("Enter")
    assert focused(page).startswith("f")

    # The filter: kinds, words, rules.
    marks = lambda: page.locator("mark:not(.off):not(.q-metric):not(.again)").count()
    shown = lambda: page.locator("#shown").inner_text()
    all = marks()
    page.get_by_role("checkbox", name="time").uncheck()
    assert page.locator("mark.q-time:not(.off)").count() == 0 and marks() < all
    page.get_by_role("checkbox", name="time").check()
    assert marks() == all
    page.get_by_role("checkbox", name="refused").check()
    assert marks() >= all
    page.get_by_role("checkbox", name="refused").uncheck()
    page.locator("#search").fill("eur")
    assert 0 < marks() < all and str(marks()) == shown().split()[0]
    page.locator("#search").fill("no such thing")
    assert marks() == 0 and page.locator(".card:visible").count() == 0
    page.locator("#search").fill("")
    page.get_by_text("Rules of quantity").click()
    rule = page.locator("details[open] input[data-value^='quantity ']").first
    rule.uncheck()
    assert marks() < all
    rule.check()
    assert marks() == all

    # Gold beside the text.
    counts = page.evaluate("JSON.parse(document.getElementById('d0').textContent).gold")
    for kind, name in (("quantity", "q-quantity"), ("time", "q-time"), ("entity", "q-entity")):
        for what in ("found", "different", "spurious", "missed"):
            there = page.locator(f"mark.{name}.{what}:not(.again)").count()
            assert there == counts["counts"][kind][what], (kind, what, there)
    assert page.locator(".card.missed").count() == counts["counts"]["fact"]["missed"]
    page.locator("input[data-value='found']").uncheck()
    assert page.locator("mark.found:not(.off)").count() == 0
    page.locator("input[data-value='found']").check()
    different = page.locator("mark.different:not(.again), .card.different")
    if different.count():
        different.first.hover()
        assert "gold:" in page.locator("#tip:visible, .card.different").first.inner_text()
        page.mouse.move(5, 5)

    # Light, dark, the page's own choice.
    ground = lambda: page.evaluate("getComputedStyle(document.body).backgroundColor")
    light = ground()
    page.emulate_media(color_scheme="dark")
    dark = ground()
    assert light != dark
    page.emulate_media(color_scheme="light")
    page.locator("#theme").click()
    page.locator("#theme").click()
    assert ground() == dark and "dark" in page.locator("#theme").inner_text()
    page.reload()
    assert ground() == dark, "the choice is kept"
    page.locator("#theme").click()
    assert ground() == light

    pdf = page.pdf()
    assert pdf.startswith(b"%PDF") and len(pdf) > 20_000, len(pdf)
    page.emulate_media(media="print", color_scheme="dark")
    assert page.locator(".filter").is_hidden() and page.locator(".top").is_hidden()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    pages.picture(page, "document-print")
    page.emulate_media(media="screen", color_scheme="light")
    pages.check(page, "document")
    # On a narrow page what is said of a mention lies on the page.
    page.set_viewport_size(NARROW)
    page.locator("mark[tabindex='0']").focus()
    box = tip.bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= 360 and box["y"] + box["height"] <= 740, box
    pages.picture(page, "document-narrow-focus")
    pages.check(page, "document-focus")
    page.close()


def overlaps(pages, folder):
    """Mentions in each other and across each other; a text that would break out."""
    text = "</script><!-- <b>Die</b> 😀 Aktie der Nordkap AG fiel am 28.01.2026 um 3,5 Prozent auf 41,20 Euro. {{body}}"
    at = lambda words: (text.index(words), text.index(words) + len(words))
    wanted = [("AG fiel", "money"), ("Prozent auf 41", "money"), ("41,20 Euro", "money")]
    quantities = [{"start": at(w)[0], "end": at(w)[1], "text": w, "type": t, "value": "1"} for w, t in wanted[:1]]
    # Overlaps its quantity, whose span another one has: it stays missed and crosses two.
    for w in ("3,5 Prozent", "Prozent auf 41", "41,20 Euro"):
        quantities.append({"start": at(w)[0], "end": at(w)[1], "text": w, "type": "percent", "value": "3.5", "unit": "%"})
    with open(folder + "/cross.txt", "w") as f:
        f.write(text)
    with open(folder + "/cross.gold.json", "w") as f:
        json.dump({"id": "cross", "published": "2026-01-28", "annotated": ["quantities"], "quantities": quantities}, f)
    kennzahl("view", folder + "/cross.txt", "-o", folder + "/cross.html", "--published", "2026-01-28")
    page = pages.open(folder + "/cross.html")
    same_text(page)
    pieces = page.locator("mark.missed").evaluate_all("all => all.map((m) => [m.dataset.id, m.textContent])")
    joined = {}
    for id, words in pieces:
        joined[id] = joined.get(id, "") + words
    assert sorted(joined.values()) == ["AG fiel", "Prozent auf 41"], pieces
    assert len(pieces) > len(joined), "what crosses is cut"
    page.locator("mark.missed").first.hover()
    assert "not found" in page.locator("#tip").inner_text()
    pages.check(page, "overlaps")
    page.close()


def many(pages, folder):
    """Seven hundred documents: figures, series, list, one after the other."""
    with open(folder + "/many.jsonl", "w") as f:
        for n in range(700):
            year, month = 2000 + n % 25, n % 12 + 1
            firm = ["Nordkap AG", "Südwerk GmbH", "Elbwerk AG"][n % 3]
            text = (f"Der Umsatz der {firm} stieg {year} um {n % 9 + 1} Prozent auf {40 + n % 25 * 3 + n % 3 * 8},5 Millionen Euro.\n"
                    f"Für das Folgejahr erwartet die {firm} rund {50 + n % 25 * 3} Millionen Euro Umsatz. " * (1 + n % 4))
            f.write(json.dumps({"id": f"doc-{n}", "title": f"{firm}: Zahlen für {year}", "published": f"{year + 1}-{month:02}-12",
                                "text": text}) + "\n")
    kennzahl("view", folder + "/many.jsonl", "-o", folder + "/many.html")
    page = pages.open(folder + "/many.html")
    took = page.evaluate("performance.getEntriesByType('navigation')[0].domComplete")
    assert took < 5000, f"{took} ms"
    assert page.locator("h1").inner_text().startswith("700")
    assert page.evaluate("document.querySelectorAll('mark').length") == 0, "texts are drawn when they are asked for"
    options = page.locator("#subject option").all_inner_texts()
    assert len(options) >= 3 and any("Nordkap" in o for o in options), options
    before = page.locator(".plot").get_attribute("aria-label")
    page.locator("#subject").select_option(index=1)
    assert page.locator(".plot").get_attribute("aria-label") != before
    dots = page.locator(".plot a")
    assert dots.count() > 50
    pages.check(page, "overview")
    if pages.shots:
        page.screenshot(path=f"{pages.shots}/overview-all.png", full_page=True)
    dots.first.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".prose")
    assert page.evaluate("location.hash").startswith("#/doc/")
    assert focused(page).startswith("f")
    same_text(page)
    page.go_back()
    page.wait_for_selector(".plot")
    page.get_by_role("link", name="Documents").click()
    page.wait_for_selector("#find")
    assert page.locator(".list li").count() == 700
    page.locator("#find").fill("südwerk")
    assert page.locator(".list li").count() == 233
    pages.check(page, "list")
    page.locator(".list li a").first.click()
    page.wait_for_selector(".prose")
    same_text(page)
    title = page.locator("h1").inner_text()
    page.get_by_role("link", name="Next").click()
    page.wait_for_function("title => document.querySelector('h1').innerText !== title", arg=title)
    same_text(page)
    assert not pages.wrong, pages.wrong
    page.close()
    kennzahl("view", ROOT + "/corpus/articles", "-o", folder + "/corpus.html")
    page = pages.open(folder + "/corpus.html")
    assert "Against gold" in page.locator("main").inner_text()
    for n in range(66):
        page.evaluate(f"location.hash = '#/doc/{n}'")
        page.wait_for_function(f"document.querySelector('.prose') && location.hash === '#/doc/{n}'")
        page.wait_for_timeout(20)
        same_text(page)
    page.evaluate("location.hash = '#/'")
    page.wait_for_selector(".corpus")
    pages.check(page, "corpus")
    page.close()


def an_audit(pages, folder):
    """Judge by keyboard, close, go on, save, and what the program makes of it."""
    kennzahl("audit", ROOT + "/corpus/articles", "-o", folder + "/audit.html", "--sample", "40", "--seed", "5")
    page = pages.open(folder + "/audit.html")
    which = lambda: page.locator("h1").inner_text().split()[0]
    said = []
    for key in "rrwurr":
        said.append((which(), key))
        page.keyboard.press(key)
    assert [n for n, _ in said] == ["1", "2", "3", "4", "5", "6"] and which() == "7"
    page.keyboard.press("ArrowLeft")
    assert which() == "6" and page.locator(".verdicts .right").get_attribute("aria-pressed") == "true"
    page.keyboard.press("n")
    page.keyboard.type("wrong unit")
    page.keyboard.press("Escape")
    page.keyboard.press("w")
    assert which() == "7"
    page.locator(".map button").nth(35).click()
    page.locator(".verdicts .right").click()
    pages.check(page, "audit")
    page.locator(".map button").nth(36).click()
    pages.check(page, "audit-fact")
    page.reload()
    assert "7 of 40 judged" in page.locator(".side").inner_text(), "kept over a reload"
    assert which() == "7", "goes on where it was left"
    with page.expect_download() as download:
        page.locator(".save").click()
    path = folder + "/verdicts.jsonl"
    download.value.save_as(path)
    lines = [json.loads(line) for line in open(path)]
    verdicts = [line for line in lines if line["kind"] == "verdict"]
    assert [v["verdict"] for v in verdicts] == ["right", "right", "wrong", "unsure", "right", "wrong", "right"]
    assert verdicts[5]["note"] == "wrong unit"
    rows = json.loads(kennzahl("audit", "--verdicts", path, "--json", "--gold-out", folder + "/gold"))
    kinds = {r["name"]: r for r in rows if r["by"] == "kind"}
    assert kinds["quantity"]["right"] == 3 and kinds["quantity"]["wrong"] == 2 and kinds["quantity"]["precision"] == 60.0
    assert kinds["fact"]["right"] == 1
    kennzahl("eval", folder + "/gold")
    assert not pages.wrong, pages.wrong
    page.close()


def a_report(pages, folder):
    """The report of an evaluation."""
    kennzahl("eval", ROOT + "/corpus/articles", "--by", "type,document,rule", "--report", f"html={folder}/eval.html",
             "--errors")
    page = pages.open(folder + "/eval.html")
    assert page.locator("table").count() > 3
    pages.check(page, "eval")
    page.close()


def main():
    shots = None
    if "--screenshots" in sys.argv:
        shots = os.path.abspath(sys.argv[sys.argv.index("--screenshots") + 1])
        os.makedirs(shots, exist_ok=True)
    axe = packages("--install" in sys.argv)
    from playwright.sync_api import sync_playwright
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as p:
        # Root may not use Chromium's sandbox; the pages are our own.
        browser = p.chromium.launch(executable_path=browser_path(), args=["--no-sandbox"])
        pages = Pages(browser, axe, shots)
        pages.context.set_default_timeout(10_000)
        for part in (a_document, overlaps, many, an_audit, a_report):
            part(pages, folder)
        browser.close()
    print("the pages of view, audit and eval work in Chromium; axe finds nothing serious")


if __name__ == "__main__":
    main()
