"""What a kept database costs and saves: rows of the table of results."""

import os

from pairs import Run, compare

# A line of the ledger and a row of the scan are added each time, and SQLite grows by pages of 16 KiB.
UNSEEN = 64 << 10


def emptied(database):
    for name in (database, database + "-wal", database + "-shm"):
        if os.path.exists(name):
            os.remove(name)
    return database


def unchanged(binary, place, folder, pairs):
    """A scan that trusts the file system, against a program that only asks it the same."""
    database = emptied(f"{folder}/nightly.db")
    scan = f"{binary} scan {place} --db {database} --rehash changed --quiet"
    Run(scan)
    return compare(
        "unchanged 100,000 files, --rehash changed", scan, f"find {place} -printf '%s %T@ %C@ %i\\n' >/dev/null", 3.0, pairs,
        ok=(0, 1, 2))


def remembered(binary, place, folder, pairs):
    """Reading every file again, with the memory of earlier scans and without."""
    database = emptied(f"{folder}/nightly.db")
    return compare(
        "100,000 × 4 KiB, --db against none", f"{binary} scan {place} --db {database} --quiet",
        f"{binary} scan {place} --quiet", 1.1, pairs, ok=(0, 1, 2))


def growth(binary, place, folder):
    """Bytes that one more scan of a million unchanged files adds to the database."""
    database = emptied(f"{folder}/million.db")
    sizes = []
    for day in range(1, 5):
        scan = Run(
            f"{binary} scan {place} --db {database} --quiet --now 2026-03-0{day}T00:00:00Z"
            + ("" if day % 2 else " --rehash changed"))
        if scan.status not in (0, 1, 2):
            raise SystemExit(f"growth: the scan of {place} ended with {scan.status}:\n{scan.output}")
        sizes.append(os.path.getsize(database))
    met = max(later - earlier for earlier, later in zip(sizes[1:], sizes[2:])) <= UNSEEN
    print(
        f"\nA million files: the database has {', '.join(f'{size:,}' for size in sizes)} bytes after one to four scans: "
        f"{'met' if met else 'NOT met'}.")
    return met
