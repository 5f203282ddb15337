"""contrib/verify_evidence.py, as people without repro-audit run it: on a pack, and on forged ones."""

import hashlib
import io
import pathlib
import sqlite3
import subprocess
import sys
import tarfile
import tempfile
import unittest

ROOT = pathlib.Path(__file__).parent.parent.parent


def forged(pack, path, change):
    """Writes `pack` to `path` with the members as `change` leaves them, and a manifest that fits."""
    with tarfile.open(pack) as archive:
        members = {member.name: archive.extractfile(member).read() for member in archive}
    change(members)
    del members["MANIFEST"]
    lines = [f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in sorted(members.items())]
    manifest = ("# repro-audit/evidence/1\n" + "".join(lines)).encode()
    with tarfile.open(path, "w", format=tarfile.USTAR_FORMAT) as archive:
        for name, data in [("MANIFEST", manifest)] + sorted(members.items()):
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return path


def sql(statement):
    def change(members):
        with tempfile.NamedTemporaryFile(suffix=".db") as file:
            file.write(members["audit.db"])
            file.flush()
            connection = sqlite3.connect(file.name)
            connection.execute(statement)
            connection.commit()
            connection.close()
            members["audit.db"] = pathlib.Path(file.name).read_bytes()
    return change


class EvidenceTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.pack = pathlib.Path(cls.folder.name) / "pack.tar"
        bin_path = subprocess.run(
            ["swift", "build", "--show-bin-path"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()
        subprocess.run(
            [f"{bin_path}/repro-audit", "scan", "Fixtures/flawed-registry", "-q", "--evidence", cls.pack], cwd=ROOT)

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def verify(self, pack, *arguments):
        return subprocess.run(
            [sys.executable, "-B", ROOT / "contrib/verify_evidence.py", pack, *arguments], capture_output=True, text=True)

    def test_a_pack_agrees_with_itself(self):
        digest = "sha256:" + hashlib.sha256(self.pack.read_bytes()).hexdigest()
        run = self.verify(self.pack, digest)
        self.assertEqual((run.returncode, run.stderr), (0, ""), run.stdout)
        count = len(list((ROOT / "Sources/Rules/Catalog").rglob("*.sql")))
        self.assertIn(f"{count} rules were run, 0 differences", run.stdout)
        self.assertEqual(self.verify(self.pack, "sha256:" + "0" * 64).returncode, 3)

    def test_forged_packs_do_not(self):
        def pass_in_report(members):
            report = members["reports/report.json"]
            members["reports/report.json"] = report.replace(b'"outcome": "fail"', b'"outcome": "pass"', 1)

        for change, said in [
            (sql("DELETE FROM result WHERE rule = 'missing-seed' AND outcome = 'fail'"), "missing-seed of run:no-seeds"),
            (sql("UPDATE result SET outcome = 'waived' WHERE rule = 'missing-commit'"), "the pack says waived"),
            (sql("UPDATE requirement SET pinned = 1, pin = 'exact'"), "unpinned-requirement"),
            (pass_in_report, "reports/report.json: "),
            (lambda members: members.pop("reports/report.json"), "reports/report.json"),
            (lambda members: members.update({"audit.db": b"no database"}), "audit.db"),
        ]:
            with self.subTest(said=said):
                run = self.verify(forged(self.pack, self.pack.with_name("forged.tar"), change))
                self.assertEqual(run.returncode, 3, run.stdout + run.stderr)
                self.assertIn(said, run.stdout)

    def test_another_file_is_no_pack(self):
        self.assertEqual(self.verify(ROOT / "README.md").returncode, 2)
        self.assertEqual(self.verify(ROOT / "none.tar").returncode, 1)


if __name__ == "__main__":
    unittest.main()
