#!/usr/bin/env python3
"""Asks BuildKit's parser for the instructions of Dockerfiles, and writes dockerfiles.jsonl beside this file.

The files are those of Fixtures/containers, the seeds of Fuzz/Corpus/dockerfile, and mutations of them. The package
`dockerfile` holds BuildKit's Go parser; it knows no flag or argument checks, which come later in a build.

    python3 -m venv venv && venv/bin/pip install dockerfile==3.4.0
    venv/bin/python Tests/Conformance/dockerfiles.py
"""
import json
import pathlib
import random

import dockerfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
LINES = [
    "FROM a AS b", "from c", "RUN x \\", "  # comment", "", "RUN <<EOF", "EOF", "COPY <<-'E' /x", "\tE", "ARG A=1",
    "ENV A=b \\", "RUN [\"a\", \"b\"]", "\\", "  \\  ", "COPY --from=b --chown=1 x y", "# escape=`", "RUN y `", "ONBUILD RUN z",
    "RUN --mount=type=bind,from=c a", "LABEL x=\"y \\", "z\"", "RUN a\\\\", "RUN echo '<<EOF' \"<<E\"", "ADD --link x y",
]


def sources():
    random.seed(5)
    files = sorted((ROOT / "Fixtures/containers").glob("*.Dockerfile"))
    seeds = [path.read_bytes().decode("utf-8") for path in files]
    found = list(seeds)
    for _ in range(250):
        lines = random.choice(seeds + [""]).split("\n") if random.random() < 0.3 else ["FROM a"]
        for _ in range(random.randint(1, 6)):
            lines.insert(random.randrange(len(lines) + 1), random.choice(LINES))
        found.append(random.choice(["\n", "\n", "\n", "\r\n"]).join(lines) + random.choice(["", "\n"]))
    return found


with open(pathlib.Path(__file__).with_suffix(".jsonl"), "w", encoding="utf-8") as output:
    size = 0
    for text in sources():
        row = {"dockerfile": text}
        try:
            commands = dockerfile.parse_string(text)
            row["instructions"] = [
                {"keyword": (c.cmd or "").upper(), "line": c.start_line, "flags": list(c.flags)} for c in commands
            ]
        except Exception as error:
            row["error"] = str(error)
        line = json.dumps(row, ensure_ascii=False, sort_keys=True) + "\n"
        size += len(line.encode())
        if size > 140_000:
            break
        output.write(line)
