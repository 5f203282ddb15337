"""Runs the benchmarks of docs/benchmarks.md: usage run.py BINARY FOLDER [--pairs N] [--only NAME]."""

import argparse
import os
import re
import shutil
import subprocess
import sys

from pairs import HEADER, Run, compare, machine
import formats
import keystroke
import layout
import nightly
import rules

HERE = os.path.dirname(os.path.abspath(__file__))


def corpus(folder, name, *arguments, script="corpora.py"):
    """Makes a corpus once; returns where it is."""
    place = f"{folder}/{name}"
    if not os.path.exists(place + ".made"):
        subprocess.run(["rm", "-rf", place], check=True)
        kind, *rest = arguments
        subprocess.run([sys.executable, f"{HERE}/{script}", kind, place, *map(str, rest)], check=True)
        open(place + ".made", "w").close()
    # The peers read warm files; so do we.
    subprocess.run(f"find {place} -type f -print0 | xargs -0 -P2 cat >/dev/null", shell=True, check=True)
    return place


def hashing_seconds(run):
    """The hashing phase, as the binary says on stderr."""
    return float(re.search(r"hash files: ([0-9.]+) s", run.output)[1])


def reading_seconds(run):
    """The phase that parses records to facts, as the binary says on stderr."""
    return float(re.search(r"read records: ([0-9.]+) s", run.output)[1])


def can_import(module):
    return subprocess.run([sys.executable, "-c", f"import {module}"], capture_output=True).returncode == 0


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("binary")
    parser.add_argument("folder")
    parser.add_argument("--pairs", type=int, default=15)
    parser.add_argument("--only", default="")
    parser.add_argument("--runs", type=int, default=100_000, help="of the registry whose rules are timed")
    options = parser.parse_args()
    binary = os.path.abspath(options.binary)
    folder = os.path.abspath(options.folder)
    os.makedirs(folder, exist_ok=True)
    wanted = lambda name: options.only in name
    print(f"Machine: {machine()}; {options.pairs} interleaved pairs.\n\n{HEADER}")
    met = True

    if wanted("version"):
        met &= compare("--version (10 ms)", f"{binary} --version", "sleep 0.01", 1.0, options.pairs)
    if wanted("fixture"):
        reports = " ".join(f"--{kind} {folder}/fixture.{kind}" for kind in ("html", "junit", "markdown", "json"))
        fixture = f"{HERE}/../Fixtures/fraud-registry"
        met &= compare("fraud-registry, all reports (150 ms)", f"{binary} scan {fixture} {reports}", "sleep 0.15", 1.0, options.pairs)
    if wanted("large"):
        place = corpus(folder, "large", "large", 8, 256)
        met &= compare(
            "8 × 256 MiB", f"{binary} scan {place} --quiet", f"ls {place}/files/* | xargs -P$(nproc) -n1 openssl dgst -sha256",
            1.0, options.pairs, ok=(0, 1, 2))
    if wanted("small"):
        place = corpus(folder, "small", "small", 100_000)
        met &= compare(
            "100,000 × 4 KiB, hashing phase", f"{binary} scan {place} --verbose",
            f"find {place}/files -type f | xargs -P$(nproc) -n500 openssl dgst -sha256", 1.0, options.pairs, ok=(0, 1, 2),
            measure=hashing_seconds)
    if wanted("nightly"):
        place = corpus(folder, "small", "small", 100_000)
        met &= nightly.unchanged(binary, place, folder, options.pairs)
        met &= nightly.remembered(binary, place, folder, options.pairs)
    if wanted("growth"):
        met &= nightly.growth(binary, corpus(folder, "million", "small", 1_000_000, 16), folder)
    # At least 0.9 of the peer's rate.
    if wanted("dvc-large"):
        place = corpus(folder, "dvc-large", "dvc", 8, 256 << 20)
        met &= compare(
            "DVC cache, 8 × 256 MiB", f"{binary} scan {place} --quiet",
            f"find {place}/.dvc/cache -type f | xargs -P$(nproc) -n1 openssl dgst -md5", 1 / 0.9, options.pairs,
            ok=(0, 1, 2))
    if wanted("dvc-small"):
        place = corpus(folder, "dvc-small", "dvc", 20_000, 64 << 10)
        met &= compare(
            "DVC cache, 20,000 × 64 KiB, hashing phase", f"{binary} scan {place} --verbose",
            f"find {place}/.dvc/cache -type f | xargs -P$(nproc) -n500 openssl dgst -md5", 1 / 0.9, options.pairs,
            ok=(0, 1, 2), measure=hashing_seconds)
    for form, bound in (("json", 5.0), ("yaml", 1.0)):
        if wanted(f"runs-{form}"):
            place = corpus(folder, f"runs-{form}", "runs", 100_000, form)
            outputs = f"--json {folder}/runs.json --junit {folder}/runs.xml"
            met &= compare(
                f"100,000 {form.upper()} records, all rules, two reports", f"{binary} scan {place} {outputs}",
                f"{sys.executable} {HERE}/peer_{form}.py {place} 100000", bound, options.pairs, ok=(1,))
    for name, size, peer, bound in (("requirements", 5000, "requirements", 0.1), ("uv", 20_000, "toml", 1.0)):
        if wanted(f"pins-{name}"):
            place = corpus(folder, f"pins-{name}", name, size)
            [file] = [f"{place}/{entry}" for entry in os.listdir(place)]
            met &= compare(
                "hashed requirements, 5,000 lines" if name == "requirements" else "uv.lock, 20,000 packages",
                f"{binary} pins {file}", f"{sys.executable} {HERE}/peer_{peer}.py {file}", bound, options.pairs)
    # Parsed to facts, and judged by one rule that costs nothing.
    facts = "--rehash none --rule missing-run-id --verbose"
    if wanted("mlflow-file"):
        place = corpus(folder, "mlflow-file", "file", 10_000, script="corpora_mlflow.py")
        met &= compare(
            "mlruns, 10,000 runs × 40 files, to facts", f"{binary} scan {place} {facts}",
            f"find {place} -type f | xargs -P2 cat >/dev/null", 2.0, options.pairs, ok=(0, 1, 2), measure=reading_seconds)
    if wanted("mlflow-sqlite"):
        if not can_import("mlflow"):
            # Its own library writes the corpus and is the peer: not measured is not met.
            print("| mlflow-sqlite | not measured: install mlflow-skinny, sqlalchemy<2.1 and alembic for this Python |", flush=True)
            met = False
        else:
            place = corpus(folder, "mlflow-sqlite", "sqlite", 100_000, script="corpora_mlflow.py")
            met &= compare(
                "mlflow.db, 100,000 runs, to facts", f"{binary} scan {place} {facts}",
                f"{sys.executable} {HERE}/peer_mlflow.py {place}/mlflow.db 100000", 1.0, min(options.pairs, 5), ok=(0, 1, 2),
                measure=reading_seconds)
    if wanted("linear"):
        small = corpus(folder, "runs-json-10k", "runs", 10_000, "json")
        large = corpus(folder, "runs-json", "runs", 100_000, "json")
        outputs = f"--json {folder}/runs.json --junit {folder}/runs.xml"
        met &= compare(
            "100,000 against 10,000 records", f"{binary} scan {large} {outputs}", f"{binary} scan {small} {outputs}", 11.0,
            options.pairs, ok=(1,))
        # Last, so that the reports are those of the large corpus.
        memory = Run(f"/usr/bin/time -f 'peak %M KiB' {binary} scan {large} {outputs}").output
        size = {kind: os.path.getsize(f"{folder}/runs.{kind}") for kind in ("json", "xml")}
        cases = subprocess.run(f"grep -c '<testcase' {folder}/runs.xml", shell=True, capture_output=True, text=True).stdout.strip()
        peak = re.search(r"peak (\d+) KiB", memory)
        print(f"\n100,000 records: JSON {size['json']:,} bytes, JUnit {size['xml']:,} bytes with {cases} lines of cases, "
              f"peak resident {int(peak[1]) // 1024 if peak else '?'} MiB.")
    # dot takes a minute for the first, and the second is as easy for it as 2,000 nodes can be.
    for name, subject, arguments, pairs in (
            ("layout-ensemble", "ensemble@1.0.0", ("lineage", 80), min(options.pairs, 3)),
            ("layout-runs", "dataset:transactions", ("registry", 1800), options.pairs)):
        if wanted(name):
            place = corpus(folder, name, *arguments)
            asked = f"{binary} lineage {subject} {place} --hops all --nodes all --format"
            Run(f"{asked} dot > {folder}/{name}.dot")
            with open(f"{folder}/{name}.dot") as file:
                nodes = sum(" -> " not in line and "shape=" in line for line in file)
            met &= compare(
                f"SVG of the lineage of {subject}, {nodes:,} nodes", f"{asked} svg", f"dot -Tsvg {folder}/{name}.dot", 1.0, pairs)
    if wanted("layout-crossings"):
        met &= layout.measure(f"{folder}/layout")
    if wanted("formats"):
        places = [corpus(folder, f"flawed-{count}", "flawed", count) for count in formats.RUNS]
        met &= formats.measure(binary, folder, places, options.pairs)
    if wanted("keystroke"):
        if not shutil.which("chromium"):
            print("\nkeystroke: not measured: run scripts/deps browser", flush=True)
            met = False
        else:
            report = f"{folder}/crowded.html"
            place = corpus(folder, "crowded", "crowded", 960)
            Run(f"{binary} scan {place} --html {report} --quiet --now 2026-03-01T00:00:00Z")
            met &= keystroke.measure(report)
    if wanted("rules"):
        kept = []
        for count in (options.runs // 10, options.runs):
            place = corpus(folder, f"registry-{count}", "registry", count)
            database = f"{folder}/registry-{count}.db"
            for old in (database, database + "-wal", database + "-shm"):
                if os.path.exists(old):
                    os.remove(old)
            scan = Run(f"{binary} scan {place} --db {database} --quiet --now 2026-03-01T00:00:00Z")
            if scan.status not in (0, 1, 2, 3):
                sys.exit(f"rules: the scan of {place} ended with {scan.status}:\n{scan.output}")
            kept.append(database)
        met &= rules.measure(f"{HERE}/../Sources/Rules/Catalog", *kept)
    sys.exit(0 if met else 1)


if __name__ == "__main__":
    main()
