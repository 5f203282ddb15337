"""Bills of materials under the schema that CycloneDX publishes, and lineage events under the classes of OpenLineage's client."""

import importlib
import json
import os
import pathlib
import re
import subprocess
import sys
import types
import unittest

import packages

ROOT = pathlib.Path(__file__).parent.parent.parent
NOW = "2026-11-28T00:00:00Z"
STORES = {"fraud-registry": ["fraud-detector@prod"], "flawed-registry": ["fraud-detector@1.6.0", "account-detector@1.0.0"]}


def setUpModule():
    global program
    if not packages.provide():
        raise unittest.SkipTest("the packages of Tests/Consumers/requirements.txt cannot be fetched")
    program = os.environ.get("REPRO_AUDIT", ROOT / ".build/debug/repro-audit")


def written(command, *options):
    """What the command says of each version."""
    for store, names in STORES.items():
        for name in names:
            yield name, subprocess.run(
                [program, command, name, ROOT / "Fixtures" / store, "--now", NOW, *options], check=True, text=True,
                stdout=subprocess.PIPE).stdout


class CycloneDX(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        import fastjsonschema

        # The library that the project publishes carries the schemas; nothing else of it is used.
        folder = packages.PLACE / "cyclonedx" / "schema" / "_res"
        read = lambda name: json.loads((folder / name).read_text())
        fetch = lambda address: read(address.rsplit("/", 1)[-1])
        cls.check = staticmethod(fastjsonschema.compile(
            read("bom-1.6.SNAPSHOT.schema.json"), handlers={"http": fetch, "https": fetch}, use_default=False))
        cls.error = fastjsonschema.JsonSchemaException

    def test_a_bill_of_materials_is_valid(self):
        for name, text in written("bom"):
            with self.subTest(name=name):
                self.check(json.loads(text))

    def test_one_that_breaks_the_schema_is_noticed(self):
        _, text = next(written("bom"))
        for change in [lambda bill: bill["components"][0].update(type="nonsense"), lambda bill: bill.update(unknown=1),
                       lambda bill: bill.update(serialNumber="urn:uuid:1")]:
            bill = json.loads(text)
            change(bill)
            with self.assertRaises(self.error):
                self.check(bill)


class OpenLineage(unittest.TestCase):
    """The classes are made from the published schemas: unknown keys, missing ones and odd values are refused."""

    @classmethod
    def setUpClass(cls):
        # The client itself wants a transport; its classes do not.
        for name in ["openlineage", "openlineage.client"]:
            module = types.ModuleType(name)
            module.__path__ = [str(packages.PLACE / name.replace(".", "/"))]
            sys.modules[name] = module
        cls.base = importlib.import_module("openlineage.client.generated.base")

    def facets(self, facets):
        """Each facet of its class, which its schema's address names; of our own, no more is known than that they are ours."""
        for name, facet in facets.items():
            fields = dict(facet)
            self.assertTrue(fields.pop("_producer"))
            address = fields.pop("_schemaURL")
            if name.startswith("reproAudit_"):
                continue
            kind = address.rsplit("/", 1)[-1]
            words = re.sub(r"(?<!^)(?=[A-Z])", "_", kind.removesuffix("Facet")).lower()
            made = getattr(importlib.import_module(f"openlineage.client.generated.{words}"), kind)
            # A later version of a facet takes what an earlier one does.
            unversioned = lambda text: re.sub(r"/\d+-\d+-\d+/", "/", text)
            self.assertEqual(unversioned(address), unversioned(made._get_schema()))
            made(**fields)

    def check(self, event):
        event = dict(event)
        self.facets(event["run"]["facets"])
        self.facets(event["job"]["facets"])
        for key, kind in [("inputs", "Input"), ("outputs", "Output")]:
            made = getattr(self.base, f"{kind}Dataset")
            for dataset in event[key]:
                self.facets(dataset.get("facets", {}))
                self.facets(dataset.get(f"{kind.lower()}Facets", {}))
            event[key] = [made(**dataset) for dataset in event[key]]
        event["run"] = self.base.Run(**event["run"])
        event["job"] = self.base.Job(**event["job"])
        event["eventType"] = self.base.EventType(event["eventType"])
        self.assertEqual(event.pop("schemaURL"), self.base.RunEvent._get_schema())
        self.base.RunEvent(**event)

    def test_events_are_what_the_client_sends(self):
        for name, text in written("lineage", "--format", "openlineage", "--hops", "all"):
            for line in text.splitlines():
                with self.subTest(name=name):
                    self.check(json.loads(line))

    def test_one_that_breaks_the_schema_is_noticed(self):
        _, text = next(written("lineage", "--format", "openlineage"))
        for change in [lambda event: event.update(unknown=1), lambda event: event["run"].update(runId="1"),
                       lambda event: event.update(eventTime="today"), lambda event: event.update(eventType="DONE"),
                       lambda event: event["job"].pop("name"),
                       lambda event: event["job"]["facets"]["jobType"].pop("integration")]:
            event = json.loads(text.splitlines()[0])
            change(event)
            with self.assertRaises((TypeError, ValueError)):
                self.check(event)


if __name__ == "__main__":
    unittest.main()
