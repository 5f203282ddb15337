"""JUnit reports as programs read them that none of us wrote: junitparser, and xmlschema with the schemas in use."""

import collections
import json
import os
import pathlib
import subprocess
import tempfile
import unittest
import xml.etree.ElementTree

import packages

ROOT = pathlib.Path(__file__).parent.parent.parent
NOW = "2026-11-28T00:00:00Z"
# Where CI keeps schemas that are not ours to publish.
CONFORMANCE = os.environ.get("CONFORMANCE_DIR")
FIXTURES = ["fraud-registry", "flawed-registry"]
HOSTILE = "]]><system-out>&#x1;\u202e\x07<script>alert(1)</script> é 𝔘"


def setUpModule():
    global folder, program
    if not packages.provide():
        raise unittest.SkipTest("the packages of Tests/Consumers/requirements.txt cannot be fetched")
    folder = tempfile.TemporaryDirectory(prefix="consumers-")
    program = os.environ.get("REPRO_AUDIT", ROOT / ".build/debug/repro-audit")


def tearDownModule():
    folder.cleanup()


def scan(store, *options):
    """The report's path and what the JSON report says of the same scan."""
    place = pathlib.Path(tempfile.mkdtemp(dir=folder.name))
    report, data = place / "junit.xml", place / "report.json"
    done = subprocess.run([program, "scan", store, "-q", "--now", NOW, "--junit", report, "--json", data, *options],
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if not report.exists():
        raise AssertionError(done.stdout)
    return report, json.loads(data.read_text())


def hostile_store():
    """A run whose every text is meant to break out of a report."""
    store = pathlib.Path(tempfile.mkdtemp(dir=folder.name))
    run = store / "runs" / HOSTILE.replace("/", "_")
    run.mkdir(parents=True)
    (run / "run.json").write_text(json.dumps({
        "run_id": HOSTILE, "command": HOSTILE * 100, "git_commit": HOSTILE, "status": HOSTILE, "seeds": {HOSTILE: HOSTILE},
        "params": {HOSTILE: HOSTILE}, "artifacts": [{"path": HOSTILE, "sha256": HOSTILE}], "docker_image": HOSTILE}))
    return store


def stores():
    return [ROOT / "Fixtures" / name for name in FIXTURES] + [hostile_store()]


class Parser(unittest.TestCase):
    """What junitparser counts is what the report says of itself, and what the JSON report counts."""

    def test_counts_add_up(self):
        from junitparser import Error, Failure, JUnitXml, Skipped

        for store in stores():
            for profile in ["strict", "rich"]:
                with self.subTest(store=store.name, profile=profile):
                    report, data = scan(store, "--junit-profile", profile)
                    parsed = JUnitXml.fromfile(str(report))
                    found = collections.Counter()
                    for suite in parsed:
                        cases = list(suite)
                        kinds = collections.Counter(type(result) for case in cases for result in case.result)
                        self.assertEqual(suite.tests, len(cases))
                        self.assertEqual((suite.failures, suite.errors, suite.skipped or kinds[Skipped]),
                                         (kinds[Failure], kinds[Error], kinds[Skipped]))
                        self.assertTrue(suite.name and suite.timestamp)
                        found += kinds
                        for case in cases:
                            self.assertTrue(case.name and case.classname)
                            for result in case.result:
                                self.assertTrue(result.message, case.name)
                                if not isinstance(result, Skipped):
                                    self.assertTrue((result.text or "").strip(), case.name)
                    self.assertEqual(sum(suite.tests for suite in parsed), sum(1 for suite in parsed for _ in suite))
                    outcomes = collections.Counter(one["outcome"] for one in data["results"])
                    self.assertEqual(found[Failure], outcomes["fail"])
                    self.assertEqual(found[Error], outcomes["unverified"])

    def test_identity_is_stable_and_unique(self):
        from junitparser import JUnitXml

        for store in stores():
            first, second = [
                [(case.classname, case.name) for suite in JUnitXml.fromfile(str(scan(store)[0])) for case in suite]
                for _ in range(2)]
            self.assertEqual(first, second)
            self.assertEqual(len(first), len(set(first)))


class Schemas(unittest.TestCase):
    def schemas(self):
        ours = ROOT / "Tests/ReportsTests/Resources/junit-strict.xsd"
        others = sorted(pathlib.Path(CONFORMANCE, "junit").glob("*.xsd")) if CONFORMANCE else []
        return [ours, *others]

    def test_the_strict_profile_is_valid_under_each(self):
        import xmlschema

        self.assertEqual(len(self.schemas()), 3 if CONFORMANCE else 1)
        reports = [scan(store, "--junit-profile", "strict")[0] for store in stores()]
        for place in self.schemas():
            schema = xmlschema.XMLSchema(str(place))
            for report in reports:
                with self.subTest(schema=place.name):
                    self.assertEqual([str(error.reason) for error in schema.iter_errors(str(report))], [])

    def test_a_report_that_breaks_the_schema_is_noticed(self):
        import xmlschema

        report, _ = scan(stores()[0], "--junit-profile", "strict")
        tree = xml.etree.ElementTree.parse(report)
        next(tree.iter("testcase")).tag = "test"
        tree.write(report)
        for place in self.schemas():
            self.assertFalse(xmlschema.XMLSchema(str(place)).is_valid(str(report)), place.name)


if __name__ == "__main__":
    unittest.main()
