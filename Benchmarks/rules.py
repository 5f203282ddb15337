"""Times every rule's SELECT, as it stands in its file, against one plain join over the same rows.

usage: rules.py CATALOG SMALL.db LARGE.db        LARGE holds ten times the subjects of SMALL
"""

import glob
import os
import sqlite3
import statistics
import sys
import time

PEER = """SELECT count(*) FROM runs r JOIN artifacts a ON a.subject_id = r.subject_id
  JOIN checks k ON k.file_id = a.file_id"""
# Of a rule, what the program takes of it: the message and the details of a pass are not put together.
QUESTION = """SELECT count(*), count(outcome), sum(length(CASE WHEN outcome <> 'pass' THEN message END)),
  sum(length(CASE WHEN outcome <> 'pass' THEN details END)) FROM ({}\n)"""
RULE_BOUND, TOTAL_BOUND, GROWTH_BOUND = 5, 40, 11
# Below this, the growth of a rule is noise.
LEAST = 0.1


def connect(path):
    database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    database.executescript("PRAGMA cache_size = -65536; PRAGMA temp_store = FILE;")
    return database


def seconds(database, sql, times):
    """The median of the processor's time; the first is left out, so that every one finds the file in memory."""
    taken = []
    for _ in range(times + 1):
        start = time.process_time()
        database.execute(sql).fetchall()
        taken.append(time.process_time() - start)
    return statistics.median(taken[1:])


def measure(catalogue, small, large):
    """Prints a row for each rule; returns whether every bound is met."""
    rules = {}
    for path in sorted(glob.glob(f"{catalogue}/**/*.sql", recursive=True)):
        with open(path) as file:
            rules[os.path.basename(path)[:-4]] = QUESTION.format(file.read().split("*/", 1)[1])
    databases = [connect(small), connect(large)]
    counts = [database.execute("SELECT (SELECT count(*) FROM runs), (SELECT count(*) FROM artifacts)").fetchone() for database in databases]
    peers = [seconds(database, PEER, 5) for database in databases]
    print(f"\nRules over {counts[1][0]:,} runs and {counts[1][1]:,} artifacts (SQLite {sqlite3.sqlite_version}); the join takes "
          f"{peers[1]:.3f} s. Bounds: {RULE_BOUND} × the join a rule, {TOTAL_BOUND} × all, "
          f"{GROWTH_BOUND} × the time for {counts[1][0] / counts[0][0]:.0f} × the runs.\n")
    print("| rule | time | × the join | × a tenth of the runs | |\n|---|---|---|---|---|")
    times = {name: [seconds(database, sql, 3) for database in databases] for name, sql in rules.items()}
    met = True
    for name, (less, more) in sorted(times.items(), key=lambda item: -item[1][1]):
        good = more <= RULE_BOUND * peers[1] and (more < LEAST or more <= GROWTH_BOUND * max(less, LEAST / GROWTH_BOUND))
        met &= good
        print(f"| `{name}` | {more:.3f} s | {more / peers[1]:.2f} | {more / less:.1f} | {'met' if good else 'NOT met'} |")
    total = [sum(time[index] for time in times.values()) for index in (0, 1)]
    good = total[1] <= TOTAL_BOUND * peers[1] and total[1] <= GROWTH_BOUND * total[0]
    print(f"| **all {len(times)}** | {total[1]:.3f} s | **{total[1] / peers[1]:.2f}** | **{total[1] / total[0]:.1f}** | "
          f"{'met' if good else 'NOT met'} |", flush=True)
    return met and good


if __name__ == "__main__":
    sys.exit(0 if measure(*sys.argv[1:]) else 1)
