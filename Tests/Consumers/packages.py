"""Parsers that others wrote, as Python packages: fetched once, never kept in the repository."""

import os
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).parent
PLACE = HERE.parent.parent / ".build" / "consumers"


def provide():
    """Makes the packages of requirements.txt importable; False where they cannot be had and `CI` is not set."""
    wanted = (HERE / "requirements.txt").read_text()
    stamp = PLACE / "installed.txt"
    if not stamp.exists() or stamp.read_text() != wanted:
        done = subprocess.run(
            [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--require-hashes", "--upgrade", "--target", PLACE,
             "-r", HERE / "requirements.txt"],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if done.returncode != 0:
            if os.environ.get("CI"):
                raise RuntimeError(done.stdout)
            return False
        stamp.write_text(wanted)
    sys.path.insert(0, str(PLACE))
    return True
