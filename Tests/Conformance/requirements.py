"""Asks pip what it makes of the requirements files in requirements-inputs.json, and writes requirements-verdicts.jsonl.

    python3 -m venv /tmp/venv && /tmp/venv/bin/pip install 'pip==26.3'
    /tmp/venv/bin/python Tests/Conformance/requirements.py

Nothing is installed and nothing is fetched. An input is a text, or {"text" or "base64": …, "files": {path: text}} with
the files it includes. The folder that pip sees holds the things that inputs point at (PLACES), so that it answers for
paths too.
"""

import base64
import json
import os
import pathlib
import shutil
import tempfile
from optparse import Values

from pip._internal.network.session import PipSession
from pip._internal.req.constructors import install_req_from_parsed_requirement
from pip._internal.req.req_file import parse_requirements

HERE = pathlib.Path(__file__).parent
PLACES = ["pkg/pyproject.toml", "sub/dir/pyproject.toml", "with space/pyproject.toml", "pyproject.toml"]
ARCHIVES = ["x-1.0.tar.gz", "pkg-2.0-py3-none-any.whl", "wheels/pkg-2.0-py3-none-any.whl", "a.zip"]


def requirement(parsed, folder):
    made = install_req_from_parsed_requirement(parsed)
    link = made.link.url if made.link else None
    if link and link.startswith("file:") and str(folder) in link:
        link = "local"
    return {
        "file": parsed.comes_from.split(" ")[1].replace(str(folder) + "/", ""),
        "line": int(parsed.comes_from.rsplit("line ", 1)[1].rstrip(")")),
        "name": made.req.name if made.req else None,
        "specifier": str(made.req.specifier) if made.req and not link else "",
        "extras": sorted(made.extras),
        "marker": str(made.markers) if made.markers else None,
        "link": link,
        "editable": made.editable,
        "hashes": sorted(f"{a}:{v}" for a, values in made.hash_options.items() for v in values),
        "constraint": parsed.constraint,
    }


def verdict(entry):
    entry = {"text": entry} if isinstance(entry, str) else entry
    folder = pathlib.Path(tempfile.mkdtemp())
    try:
        for place in PLACES + ARCHIVES:
            (folder / place).parent.mkdir(parents=True, exist_ok=True)
            (folder / place).write_text("")
        for path, text in entry.get("files", {}).items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(text.encode())
        data = base64.b64decode(entry["base64"]) if "base64" in entry else entry["text"].encode()
        (folder / "requirements.txt").write_bytes(data)
        os.chdir(folder)
        options = Values({"require_hashes": False, "no_require_hashes": False, "features_enabled": []})
        found, error = [], None
        try:
            for parsed in parse_requirements("requirements.txt", session=PipSession(), options=options):
                found.append(requirement(parsed, folder))
        except Exception as problem:
            error = f"{type(problem).__name__}: {problem}".replace(str(folder), "").splitlines()[0][:120]
        hashes = options.require_hashes or any(item["hashes"] for item in found)
        return {**entry, "error": error, "requirements": found, "require_hashes": hashes}
    finally:
        os.chdir(HERE)
        shutil.rmtree(folder)


def main():
    for name in [name for name in os.environ if name.isupper() and name != "PATH"]:
        del os.environ[name]
    inputs = json.loads((HERE / "requirements-inputs.json").read_text())
    with open(HERE / "requirements-verdicts.jsonl", "w") as out:
        for entry in inputs:
            out.write(json.dumps(verdict(entry), ensure_ascii=True) + "\n")


main()
