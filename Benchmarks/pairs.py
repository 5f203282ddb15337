"""Compares two commands by interleaved pairs and says what the ratio is.

Each pair runs ours and the peer in turn, the order changing from pair to pair, so that a machine that slows down slows
both. The median of the pairs' ratios is given with its 95 % interval (order statistics of the median: no assumption
about the distribution), and the peer against itself as the noise floor.
"""

import math
import os
import resource
import statistics
import subprocess
import sys
import time


class Run:
    """Seconds on the wall and on all cores, and the largest resident size in MiB, of one command."""

    def __init__(self, command):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        start = time.monotonic()
        process = subprocess.Popen(command, shell=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self.output = process.communicate()[0]
        self.wall = time.monotonic() - start
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        self.cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        self.status = process.returncode


def median_interval(values):
    """The median and the order statistics that hold it with 95 % confidence."""
    values = sorted(values)
    count = len(values)
    rank = 0
    total = 0.0
    while rank < count // 2:
        total += math.comb(count, rank) / 2**count
        if total > 0.025:
            break
        rank += 1
    return statistics.median(values), values[max(0, rank - 1)], values[min(count - 1, count - rank)]


def compare(name, ours, peer, bound, pairs, ok=(0,), measure=lambda run: run.wall):
    """Prints one row of the table of results; returns whether the interval reaches the bound."""
    ratios, floor, walls, peers, cpus, peer_cpus = [], [], [], [], [], []
    Run(ours), Run(peer)
    for number in range(pairs):
        first, second = (ours, peer) if number % 2 == 0 else (peer, ours)
        runs = {first: Run(first), second: Run(second)}
        if runs[ours].status not in ok:
            sys.exit(f"{name}: {ours} ended with {runs[ours].status}:\n{runs[ours].output}")
        again = Run(peer)
        ratios.append(measure(runs[ours]) / runs[peer].wall)
        floor.append(again.wall / runs[peer].wall)
        walls.append(measure(runs[ours]))
        peers.append(runs[peer].wall)
        cpus.append(runs[ours].cpu)
        peer_cpus.append(runs[peer].cpu)
    middle, low, high = median_interval(ratios)
    noise, noise_low, noise_high = median_interval(floor)
    met = low <= bound
    print(
        f"| {name} | {statistics.median(walls):.2f} s ({statistics.median(cpus):.2f} s) | "
        f"{statistics.median(peers):.2f} s ({statistics.median(peer_cpus):.2f} s) | "
        f"**{middle:.2f}** ({low:.2f}–{high:.2f}) | {bound:g} | {noise:.2f} ({noise_low:.2f}–{noise_high:.2f}) | "
        f"{'met' if met else 'NOT met'} |",
        flush=True,
    )
    return met


HEADER = (
    "| benchmark | ours: wall (CPU) | peer: wall (CPU) | ratio (95 %) | bound | peer/peer | |\n|---|---|---|---|---|---|---|"
)


def machine():
    with open("/proc/cpuinfo") as file:
        model = next((line.split(":", 1)[1].strip() for line in file if line.startswith("model name")), "unknown processor")
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") >> 30
    return f"{os.cpu_count()} cores ({model}), {memory} GiB of memory"
