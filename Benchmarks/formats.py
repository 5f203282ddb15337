"""Times the reports of an audit with 100,000 findings: all formats against JSON alone, and the memory of those that stream."""

import os
import re
import statistics
import sys

from pairs import Run, compare

RUNS = (2_000, 20_000)
FINDINGS_OF_RUN = 5
TIME_BOUND, MEMORY_BOUND = 3.0, 1.2
FORMATS = ("html", "markdown", "junit", "sarif", "json", "csv", "codequality")
STREAMED = ("junit", "json", "csv")


def kept(binary, place, database):
    """A database that holds the scan of `place`."""
    for old in (database, database + "-wal", database + "-shm"):
        if os.path.exists(old):
            os.remove(old)
    scan = Run(f"{binary} scan {place} --db {database} --quiet --now 2026-03-01T00:00:00Z")
    if scan.status != 1:
        sys.exit(f"formats: the scan of {place} ended with {scan.status}:\n{scan.output}")
    return database


def peak(command):
    """The largest resident size in KiB; the median, since the allocator gives each thread what it likes."""
    runs = [Run(f"/usr/bin/time -f 'peak %M' {command}").output for _ in range(5)]
    return statistics.median(int(re.search(r"peak (\d+)", output)[1]) for output in runs)


def measure(binary, folder, places, pairs):
    """Prints what was measured; returns whether every bound is met. `places` are corpora with the runs of `RUNS`."""
    databases = [kept(binary, place, f"{folder}/flawed-{runs}.db") for place, runs in zip(places, RUNS)]
    report = lambda database, *formats: " ".join(
        [f"{binary} report --db {database} --quiet"] + [f"--{name} {folder}/report.{name}" for name in formats])
    findings = [runs * FINDINGS_OF_RUN for runs in RUNS]
    met = compare(
        f"{findings[1]:,} findings, all formats against JSON alone", report(databases[1], *FORMATS) + " --annotations",
        report(databases[1], "json"), TIME_BOUND, pairs, ok=(1,))
    print(f"\n| report | peak at {findings[0]:,} findings | at {findings[1]:,} | ratio | bound | |\n|---|---|---|---|---|---|")
    for name in STREAMED:
        less, more = [peak(report(database, name)) for database in databases]
        flat = more <= MEMORY_BOUND * less
        met &= flat
        print(f"| {name} | {less / 1024:.1f} MiB | {more / 1024:.1f} MiB | **{more / less:.2f}** | {MEMORY_BOUND:g} | "
              f"{'met' if flat else 'NOT met'} |", flush=True)
    return met
