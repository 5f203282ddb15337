"""Where the printed HTML report breaks: no heading is left behind at the foot of a page, whatever the paper's size."""

import base64
import os
import pathlib
import re
import subprocess
import tempfile
import unittest
import xml.etree.ElementTree

from chromium import Chromium

ROOT = pathlib.Path(__file__).parent.parent.parent
MARK = "¤"
# What announces what follows gets a mark behind its last word.
ANNOUNCE = f"""document.querySelectorAll(
    "h1, h2, h3, h4, caption, .lede, thead tr, .rule > header, .version-lineage > header").forEach(one => {{
  while (one.lastElementChild && !["A", "CODE", "SPAN"].includes(one.lastElementChild.tagName)) one = one.lastElementChild;
  one.append("{MARK}");
}})"""
XHTML = "{http://www.w3.org/1999/xhtml}"
FOOTER = 45
# Letter and A4, both ways up, and heights that once broke behind a table's head; inches.
PAPER = [(8.5, 11), (8.27, 11.69), (11.69, 8.27), (8.27, 8.9), (8.27, 10.3)]


def last_lines(pdf):
    """The lowest line of each page above the footer, from left to right; several where columns end level."""
    text = subprocess.run(["pdftotext", "-bbox-layout", pdf, "-"], stdout=subprocess.PIPE, check=True, text=True).stdout
    for page in xml.etree.ElementTree.fromstring(text).iter(XHTML + "page"):
        foot = float(page.get("height")) - FOOTER
        lines = [(float(line.get("yMax")), " ".join(word.text or "" for word in line.iter(XHTML + "word")))
                 for line in page.iter(XHTML + "line")]
        body = [line for line in lines if line[0] < foot]
        yield " | ".join(text for bottom, text in body if bottom > max(body)[0] - 3)


class Breaks(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix="paper-")
        report = pathlib.Path(cls.folder.name, "report.html")
        program = os.environ.get("REPRO_AUDIT", ROOT / ".build/debug/repro-audit")
        subprocess.run([program, "scan", ROOT / "Fixtures/flawed-registry", "-q", "--now", "2026-11-28T00:00:00Z",
                        "--html", report])
        cls.browser = Chromium()
        cls.page = cls.browser.page()
        cls.page.load(report.as_uri())
        cls.page.run(ANNOUNCE)

    @classmethod
    def tearDownClass(cls):
        cls.browser.close()
        cls.folder.cleanup()

    def test_no_page_ends_with_a_heading(self):
        for width, height in PAPER:
            with self.subTest(width=width, height=height):
                data = self.page.call("Page.printToPDF", preferCSSPageSize=True, printBackground=True, paperWidth=width,
                                      paperHeight=height, timeout=120)["data"]
                path = pathlib.Path(self.folder.name, "report.pdf")
                path.write_bytes(base64.b64decode(data))
                text = subprocess.run(["pdftotext", path, "-"], stdout=subprocess.PIPE, check=True, text=True).stdout
                self.assertGreater(len(re.findall(MARK, text)), 400)
                last = list(last_lines(path))
                self.assertGreater(len(last), 50)
                self.assertEqual([(page, line) for page, line in enumerate(last, 1) if MARK in line], [])


if __name__ == "__main__":
    unittest.main()
