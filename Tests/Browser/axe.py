"""axe-core, the checker of accessibility, as a Python package carries it: fetched once, never kept in the repository."""

import hashlib
import os
import pathlib
import subprocess
import sys
import zipfile

PACKAGE = "axe-playwright-python==0.1.8"
DIGEST = "84494fec757e4710dc751c8d7a636e457f4532f08f85c86dc9070133fbff53bc"
PLACE = pathlib.Path(__file__).parent.parent.parent / ".build" / "browser"


def axe_source():
    """The script; None where it cannot be had and `CI` is not set."""
    path = PLACE / "axe.min.js"
    if not path.exists():
        PLACE.mkdir(parents=True, exist_ok=True)
        fetched = subprocess.run(
            [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", PLACE, PACKAGE],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if fetched.returncode != 0:
            if os.environ.get("CI"):
                raise RuntimeError(f"{PACKAGE}: {fetched.stdout}")
            return None
        wheel = next(PLACE.glob("axe_playwright_python-*.whl"))
        with zipfile.ZipFile(wheel) as archive:
            path.write_bytes(archive.read("axe_playwright_python/axe.min.js"))
        wheel.unlink()
    source = path.read_bytes()
    if hashlib.sha256(source).hexdigest() != DIGEST:
        path.unlink()
        raise RuntimeError(f"{PACKAGE}: axe.min.js is not what it was; look at it, then change DIGEST")
    return source.decode()
