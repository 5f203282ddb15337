"""The HTML report in a real browser: what a reader can do with it, and what it must never do."""

import base64
import collections
import json
import os
import pathlib
import re
import subprocess
import tempfile
import unittest

from axe import axe_source
from chromium import Chromium

HERE = pathlib.Path(__file__).parent
ROOT = HERE.parent.parent
LOOK = (HERE / "look.js").read_text()
NOW = "2026-11-28T00:00:00Z"

WAIVERS = """
waivers:
  - rule: missing-run-log
    subject: '**'
    reason: the logs went with the old cluster
    owner: ada@example.org
    approved_by: grace@example.org
    created: 2026-11-01
    expires: 2027-01-31
"""

META = """
organisation: Example Bank AG
engagement: Annual model audit
auditor: Ada Lovelace
period: 2026-01-01 to 2026-06-30
classification: confidential
sign_off: [Prepared by, Reviewed by]
"""


def setUpModule():
    global browser, folder, address, report
    folder = tempfile.TemporaryDirectory(prefix="report-")
    store = pathlib.Path(folder.name, "flawed-registry")
    subprocess.run(["cp", "-r", ROOT / "Fixtures/flawed-registry", store], check=True)
    page, data, meta, kept = [pathlib.Path(folder.name, name)
                              for name in ["report.html", "report.json", "meta.yaml", "audit.db"]]
    program = os.environ.get("REPRO_AUDIT", ROOT / ".build/debug/repro-audit")
    scan = [program, "scan", store, "-q", "--db", kept, "--now"]
    subprocess.run([*scan, "2026-11-01T00:00:00Z"])
    # From here on there is something to wave through, to sign, and to compare with.
    (store / "waivers.yaml").write_text(WAIVERS)
    meta.write_text(META)
    done = subprocess.run([*scan, NOW, "--html", page, "--json", data, "--report-meta", meta],
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if not page.exists():
        raise SystemExit(f"error: no report: {done.stdout}")
    report = json.loads(data.read_text())
    address = page.as_uri()
    browser = Chromium()


def tearDownModule():
    browser.close()
    folder.cleanup()


def results(*outcomes):
    return [one for one in report["results"] if one["outcome"] in outcomes]


LISTED = ("fail", "unverified", "waived", "baselined")


class PageTest(unittest.TestCase):
    def open(self, suffix="", **options):
        page = browser.page(**options)
        self.addCleanup(page.close)
        page.load(address + suffix)
        return page

    def look(self, page, name):
        return page.run(f"{LOOK}.{name}()")

    def serious(self, page, source):
        """What axe-core finds of weight."""
        page.run(source + "\n;1")
        found = page.run("axe.run(document, { resultTypes: ['violations'] }).then(all => all.violations"
                         ".map(one => ({ id: one.id, impact: one.impact, at: one.nodes.slice(0, 3).map(n => n.html) })))")
        return [one for one in found if one["impact"] in ("serious", "critical")]

    def pairs(self, shown):
        return collections.Counter((one["rule"], one["subject"]) for one in shown)

    def expected(self, wanted, outcomes=LISTED):
        return collections.Counter((one["rule"], one["subject"]["name"]) for one in results(*outcomes) if wanted(one))


class Filters(PageTest):
    def test_all_results_are_shown_at_first(self):
        page = self.open()
        self.assertEqual(self.pairs(self.look(page, "shown")), self.expected(lambda one: True))
        self.assertEqual(page.run("document.querySelector('#filter-shown').textContent"),
                         f"{len(results(*LISTED))} results")
        self.assertEqual(page.complaints(), [])

    def test_slash_goes_to_the_search_and_words_narrow_it(self):
        page = self.open()
        page.press("/", text="/")
        page.type("Missing-Commit")
        shown = self.look(page, "shown")
        self.assertTrue(shown)
        self.assertTrue(all("missing-commit" in one["rule"] + one["text"] for one in shown), shown)
        self.assertGreaterEqual(self.pairs(shown), self.expected(lambda one: one["rule"] == "missing-commit"))
        self.assertIn(f"{len(shown)} of {len(results(*LISTED))} results shown",
                      page.run("document.querySelector('#filters').innerText"))
        page.type(" no-such-word-anywhere")
        self.assertEqual(self.look(page, "shown"), [])
        self.assertIn("No result on this page matches.", page.run("document.querySelector('main').innerText"))
        page.press("Escape")
        self.assertEqual(len(self.look(page, "shown")), len(results(*LISTED)))
        self.assertEqual(page.complaints(), [])

    def test_a_severity_is_filtered_and_stands_in_the_address(self):
        page = self.open()
        page.click("button[data-value=warning]")
        expected = self.expected(lambda one: one["severity"] == "warning")
        self.assertEqual(self.pairs(self.look(page, "shown")), expected)
        page.wait("location.hash === '#severity=warning'")
        page.click("button[data-value=note]")
        expected = self.expected(lambda one: one["severity"] != "error")
        self.assertEqual(self.pairs(self.look(page, "shown")), expected)
        page.click("#filter-reset")
        page.wait("location.hash === ''")
        self.assertEqual(len(self.look(page, "shown")), len(results(*LISTED)))

    def test_an_address_restores_the_filter(self):
        rule = collections.Counter(one["rule"] for one in results("fail")).most_common(1)[0][0]
        page = self.open(f"#severity=error&rule={rule}&outcome=fail")
        expected = self.expected(lambda one: one["severity"] == "error" and one["rule"] == rule, ["fail"])
        self.assertEqual(self.pairs(self.look(page, "shown")), expected)
        page.run("location.hash = '#outcome=waived'")
        page.settle()
        self.assertEqual(self.pairs(self.look(page, "shown")), self.expected(lambda one: True, ["waived"]))
        page.run("location.hash = '#rule=no-such-rule&severity=%3Cscript%3E&q=%'")
        page.settle()
        self.assertEqual(page.complaints(), [])

    def test_models_and_stages(self):
        page = self.open("#model=fraud-detector&stage=prod")
        shown = self.look(page, "shown")
        self.assertTrue(shown)
        reached = self.expected(lambda one: any(name == "fraud-detector@prod" for name in one["reaches"]))
        self.assertEqual(self.pairs(shown), reached)

    def test_grouping_by_subject_keeps_every_result(self):
        page = self.open("#group=subject&severity=error")
        expected = self.expected(lambda one: one["severity"] == "error")
        self.assertEqual(self.pairs(self.look(page, "shown")), expected)
        heads = page.run("""[...document.querySelectorAll("#findings > .by-subject")].filter(one => one.checkVisibility())
          .map(one => one.querySelector("h3").textContent)""")
        self.assertEqual(len(heads), len({(one["subject"]["kind"], one["subject"]["name"])
                                          for one in results("fail") if one["severity"] == "error"}))
        page.run("location.hash = '#severity=error'")
        page.settle()
        self.assertEqual(self.pairs(self.look(page, "shown")), expected)
        self.assertEqual(page.run("document.querySelectorAll('.by-subject, .cause').length"), 0)

    def test_a_link_to_a_hidden_finding_shows_it(self):
        page = self.open("#outcome=waived")
        target = page.run("document.querySelector('#findings .result').id")
        page.run(f"location.hash = '#{target}'")
        page.settle()
        self.assertTrue(page.run(f"document.getElementById('{target}').checkVisibility()"))

    def test_a_command_is_copied(self):
        page = self.open()
        browser.call("Browser.grantPermissions", permissions=["clipboardReadWrite", "clipboardSanitizedWrite"])
        page.run("document.querySelector('button.copy').focus()")
        page.press("Enter", text="\r")
        page.wait("document.querySelector('#said').textContent !== ''")
        self.assertEqual(page.run("document.querySelector('#said').textContent"), "The command is on the clipboard")
        command = page.run("document.querySelector('.command code').textContent.trim()")
        self.assertEqual(page.run("navigator.clipboard.readText()"), command)
        self.assertIn("sha256sum", command)


class Graph(PageTest):
    def largest(self, page):
        return page.run("""(() => {
          const all = [...document.querySelectorAll(".graph")];
          const size = (one) => one.querySelectorAll("[data-node]").length;
          const one = all.reduce((best, next) => size(next) > size(best) ? next : best);
          one.id = "graph-under-test";
          one.scrollIntoView();
          return { nodes: size(one), edges: [...one.querySelectorAll("[data-child]")].map((edge) =>
            [Number(edge.dataset.child), Number(edge.dataset.parent)]) };
        })()""")

    def near(self, page):
        return set(page.run("""[...document.querySelectorAll("#graph-under-test [data-node]")]
          .filter(one => !one.classList.contains("away")).map(one => Number(one.dataset.node))"""))

    def reach(self, graph, start, hops, pairs):
        seen, front = {start}, {start}
        for _ in range(hops):
            front = {to for at, to in pairs(graph["edges"]) if at in front} - seen
            seen |= front
        return seen

    def test_a_click_focuses_and_hops_and_direction_narrow(self):
        page = self.open()
        graph = self.largest(page)
        up = lambda edges: edges
        down = lambda edges: [(parent, child) for child, parent in edges]
        degree = collections.Counter(one for edge in graph["edges"] for one in edge)
        start = degree.most_common(1)[0][0]
        self.assertEqual(self.near(page), set(range(graph["nodes"])))
        page.click(f"#graph-under-test [data-node='{start}'] text:not(.mark)")
        everything = self.reach(graph, start, 99, up) | self.reach(graph, start, 99, down)
        self.assertEqual(self.near(page), everything)
        page.run("""(() => { const hops = document.querySelector("#graph-under-test .hops"); hops.value = "1";
          hops.dispatchEvent(new Event("change", { bubbles: true })); })()""")
        self.assertEqual(self.near(page), self.reach(graph, start, 1, up) | self.reach(graph, start, 1, down))
        page.run("""(() => { const way = document.querySelector("#graph-under-test .direction"); way.value = "down";
          way.dispatchEvent(new Event("change", { bubbles: true })); })()""")
        self.assertEqual(self.near(page), self.reach(graph, start, 1, down))
        self.assertIn(f"{len(self.near(page))} of {graph['nodes']} nodes",
                      page.run("document.querySelector('#graph-under-test .graph-status').textContent"))
        page.click("#graph-under-test [data-do=reset]")
        self.assertEqual(self.near(page), set(range(graph["nodes"])))
        self.assertEqual(page.complaints(), [])

    def test_the_keyboard_moves_focuses_and_zooms(self):
        page = self.open()
        graph = self.largest(page)
        page.run("document.querySelector('#graph-under-test [data-node][tabindex=\"0\"]').focus()")
        first = page.run("document.activeElement.dataset.node")
        for key in ["ArrowRight", "ArrowLeft", "ArrowDown"]:
            page.press(key)
            if page.run("document.activeElement.dataset.node") != first:
                break
        self.assertNotEqual(page.run("document.activeElement.dataset.node"), first)
        page.press("Enter", text="\r")
        self.assertEqual(page.run("document.activeElement.getAttribute('aria-pressed')"), "true")
        width = page.run("document.querySelector('#graph-under-test svg').getBoundingClientRect().width")
        page.press("+", text="+")
        wider = page.run("document.querySelector('#graph-under-test svg').getBoundingClientRect().width")
        self.assertGreater(wider, width)
        page.press("0", text="0")
        self.assertAlmostEqual(
            page.run("document.querySelector('#graph-under-test svg').getBoundingClientRect().width"), width, 1)
        self.assertEqual(self.near(page), set(range(graph["nodes"])))

    def test_boxes_stand_apart(self):
        self.assertEqual(self.look(self.open(), "overlaps"), [])


class Reading(PageTest):
    def test_text_stands_out_in_both_themes(self):
        for dark in [False, True]:
            with self.subTest(dark=dark):
                self.assertEqual(self.look(self.open("#outcome=fail", dark=dark), "faint"), [])

    def test_without_scripts_every_result_is_there_and_no_control(self):
        page = self.open(scripts=False)
        self.assertEqual(self.pairs(self.look(page, "shown")), self.expected(lambda one: True))
        controls = page.run("[...document.querySelectorAll('button, input, select')].filter(one => one.checkVisibility()).length")
        self.assertEqual(controls, 0)

    def test_a_narrow_screen_needs_no_scrolling_aside(self):
        page = self.open(width=400)
        self.assertEqual(self.look(page, "wide"), [])
        self.assertLessEqual(page.run("document.documentElement.scrollWidth"), 400)

    def test_axe_finds_nothing_serious(self):
        source = axe_source()
        if source is None:
            self.skipTest("axe-core cannot be had here")
        for dark in [False, True]:
            with self.subTest(dark=dark):
                self.assertEqual(self.serious(self.open(dark=dark), source), [])

    def test_hostile_names_stay_names(self):
        name = "<img src=x onerror=alert(1)>"
        with tempfile.TemporaryDirectory() as place:
            version = pathlib.Path(place, "store", "models", name, "1.0.0")
            version.mkdir(parents=True)
            (version / "model.pkl").write_bytes(b"model")
            record = {"run_id": "</script><script>alert(1)</script>", "framework": "'; alert(1); '",
                      "params": {"</code><h1>x": "javascript:alert(1)"}}
            (version / "run.json").write_text(json.dumps(record))
            page_path = pathlib.Path(place, "report.html")
            program = os.environ.get("REPRO_AUDIT", ROOT / ".build/debug/repro-audit")
            subprocess.run([program, "scan", pathlib.Path(place, "store"), "-q", "--now", NOW, "--html", page_path])
            page = browser.page()
            self.addCleanup(page.close)
            page.load(page_path.as_uri() + "#group=subject&q=alert")
            self.assertTrue(self.look(page, "shown"))
            self.assertEqual(page.run("document.querySelectorAll('main img, main script, main h1 ~ h1').length"), 0)
            self.assertEqual(page.complaints(), [])


class OtherPages(PageTest):
    """The page of one version, and that of a comparison."""

    @classmethod
    def setUpClass(cls):
        program = os.environ.get("REPRO_AUDIT", ROOT / ".build/debug/repro-audit")
        kept = pathlib.Path(folder.name, "audit.db")
        cls.pages = {name: pathlib.Path(folder.name, f"{name}.html") for name in ["version", "comparison"]}
        subprocess.run([program, "report", "--db", kept, "-q", "--subject", "fraud-detector@1.6.0",
                        "--html", cls.pages["version"]])
        subprocess.run([program, "diff", "--db", kept, "fraud-detector@1.2.0", "fraud-detector@1.15.0",
                        "run:account-detector-1.0.0", "--html", cls.pages["comparison"]], stdout=subprocess.DEVNULL)

    def view(self, name, **options):
        page = browser.page(**options)
        self.addCleanup(page.close)
        page.load(self.pages[name].as_uri())
        return page

    def test_they_read_well_in_both_themes_and_ask_for_nothing(self):
        for name in self.pages:
            for dark in [False, True]:
                with self.subTest(name=name, dark=dark):
                    page = self.view(name, dark=dark)
                    self.assertEqual(self.look(page, "faint"), [])
                    self.assertEqual(page.complaints(), [])

    def test_a_narrow_screen_needs_no_scrolling_aside(self):
        for name in self.pages:
            page = self.view(name, width=400)
            self.assertLessEqual(page.run("document.documentElement.scrollWidth"), 400)

    def test_axe_finds_nothing_serious(self):
        source = axe_source()
        if source is None:
            self.skipTest("axe-core cannot be had here")
        for name in self.pages:
            with self.subTest(name=name):
                self.assertEqual(self.serious(self.view(name), source), [])

    def test_an_ordinary_version_fits_one_sheet(self):
        page = self.view("version")
        data = page.call("Page.printToPDF", preferCSSPageSize=True, printBackground=True, timeout=120)["data"]
        path = pathlib.Path(folder.name, "version.pdf")
        path.write_bytes(base64.b64decode(data))
        text = subprocess.run(["pdftotext", "-layout", path, "-"], stdout=subprocess.PIPE, check=True, text=True).stdout
        self.assertEqual(len(text.rstrip("\f").split("\f")), 1)
        for words in ["Checklist", "missing-checksum", "Artifacts", "Lineage", "dataset:transactions_v3"]:
            self.assertIn(words, text)


class ManyFiles(PageTest):
    """A report in many files: the index searches the results of every page."""

    @classmethod
    def setUpClass(cls):
        program = os.environ.get("REPRO_AUDIT", ROOT / ".build/debug/repro-audit")
        cls.folder = pathlib.Path(folder.name, "pages")
        subprocess.run([program, "report", "--db", pathlib.Path(folder.name, "audit.db"), "-q", "--html", f"{cls.folder}/"])

    def view(self, name="index.html", **options):
        page = browser.page(**options)
        self.addCleanup(page.close)
        page.load((self.folder / name.split("#")[0]).as_uri() + name[len(name.split("#")[0]):])
        return page

    def test_a_search_finds_results_and_leads_to_them(self):
        page = self.view("index.html#q=fraud-detector%401.6.0%20checksum")
        wanted = [one for one in results(*LISTED) if one["subject"]["name"] == "fraud-detector@1.6.0"]
        links = page.run("[...document.querySelectorAll('#search-found a')].map(one => one.getAttribute('href'))")
        self.assertTrue(0 < len(links) <= len(wanted))
        found = self.view(links[0])
        self.assertTrue(found.run("document.querySelector('.result:target').checkVisibility()"))
        self.assertEqual(found.complaints() + page.complaints(), [])

    def test_every_result_is_known_to_the_index(self):
        text = self.view().run("document.getElementById('search-shown').textContent")
        self.assertTrue(text.startswith(f"{len(results(*LISTED)):,} results on "), text)

    def test_a_slash_goes_to_the_search(self):
        page = self.view()
        page.run("document.dispatchEvent(new KeyboardEvent('keydown', { key: '/' }))")
        self.assertEqual(page.run("document.activeElement.id"), "search-q")

    def test_axe_finds_nothing_serious_and_text_stands_out(self):
        source = axe_source()
        for dark in [False, True]:
            page = self.view("index.html#q=checksum", dark=dark)
            self.assertEqual(self.look(page, "faint"), [])
            if source is not None:
                self.assertEqual(self.serious(page, source), [])

    def test_a_narrow_screen_needs_no_scrolling_aside(self):
        page = self.view("index.html#q=checksum", width=400)
        self.assertLessEqual(page.run("document.documentElement.scrollWidth"), 400)


class Paper(PageTest):
    def test_the_pdf_holds_every_failing_subject_and_exception(self):
        page = self.open()
        data = page.call("Page.printToPDF", preferCSSPageSize=True, printBackground=True, timeout=120)["data"]
        path = pathlib.Path(os.environ.get("REPRO_AUDIT_PDF", pathlib.Path(folder.name, "report.pdf")))
        path.write_bytes(base64.b64decode(data))
        text = subprocess.run(["pdftotext", "-layout", path, "-"], stdout=subprocess.PIPE, check=True, text=True).stdout
        # Long names are broken over lines, in table cells between those of others.
        raw = subprocess.run(["pdftotext", "-raw", path, "-"], stdout=subprocess.PIPE, check=True, text=True).stdout
        solid = re.sub(r"\s", "", raw)
        names = {one["subject"]["name"] for one in results(*LISTED)}
        self.assertEqual([name for name in sorted(names) if re.sub(r"\s", "", name) not in solid], [])
        self.assertTrue(results("waived"))
        for words in ["the logs went with the old cluster", "ada@example.org", "grace@example.org", "2027-01-31"]:
            self.assertIn(re.sub(r"\s", "", words), solid)
        for words in ["Example Bank AG", "Ada Lovelace", "Reviewed by", "2026-11-01 00:00:00 UTC", "Annex IV 2(c)"]:
            self.assertIn(words, text)
        for control in ["Copy", "Press / to search", "Group by", "Focus shows", "Reset"]:
            self.assertNotRegex(text, rf"(?m)^\s*{control}\s*$")
        pages = text.rstrip("\f").split("\f")
        for number, one in enumerate(pages, 1):
            self.assertRegex(one, rf"\b{number} / {len(pages)}\b")
            self.assertIn("confidential", one)
        # What a result says of itself does not stand alone at the foot of a page.
        last = [[line.strip() for line in one.splitlines() if line.strip()][-2] for one in pages]
        self.assertEqual([line for line in last if line.startswith("recorded in ")], [])
        # A table that goes on says again what its columns are.
        self.assertTrue(any("Item" in one[:1500] and "Where" in one[:1500] for one in pages[3:]))


if __name__ == "__main__":
    unittest.main()
