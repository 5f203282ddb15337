"""Holds the drawings of lineages to those of Graphviz's dot: how often edges cross when both have the same layers.

Ours come from the test that reads drawings back (Tests/LineageTests/DrawnOrderTests.swift). dot gets our layers: long
edges are chains of a node in every layer between, and each layer is one rank. Both orders are counted by the same lines
here: pieces of edges between two layers that lie the other way round at their other ends.
"""

import json
import os
import statistics
import subprocess
from concurrent.futures import ThreadPoolExecutor

import layout_graphs

HERE = os.path.dirname(os.path.abspath(__file__))
BOUND = 1.15


class Layered:
    """A drawing of ours as layers: every node and bend with its layer and height, and the pieces of edges between them."""

    def __init__(self, graph, drawn):
        self.name, self.said = graph["name"], drawn["crossings"]
        self.layer, self.height, self.pieces = list(drawn["columns"]), list(drawn["heights"]), []
        for (child, parent), bends in zip(graph["edges"], drawn["bends"], strict=True):
            assert len(bends) == self.layer[parent] - self.layer[child] - 1, f"{self.name}: {child} -> {parent}"
            last = child
            for step, height in enumerate(bends):
                self.layer.append(self.layer[child] + 1 + step)
                self.height.append(height)
                self.pieces.append((last, len(self.layer) - 1))
                last = len(self.layer) - 1
            self.pieces.append((last, parent))

    def crossings(self, place):
        """Crossings when every vertex stands at its `place` within its layer."""
        layers = {}
        for left, right in self.pieces:
            layers.setdefault(self.layer[left], []).append((place[left], place[right]))
        return sum(
            (one[0] - other[0]) * (one[1] - other[1]) < 0
            for pieces in layers.values() for index, one in enumerate(pieces) for other in pieces[:index])

    def dot(self):
        """Where dot puts the vertices across its ranks, which are our layers."""
        layers = {}
        for vertex, layer in enumerate(self.layer):
            layers.setdefault(layer, []).append(vertex)
        lines = ['digraph layers { splines=false; node [shape=box, label="", fixedsize=true, width=0.1, height=0.1]']
        lines += ["{ rank=same; " + "; ".join(f"n{vertex}" for vertex in layer) + " }" for layer in layers.values()]
        lines += [f"n{left} -> n{right}" for left, right in self.pieces]
        text = subprocess.run(["dot", "-Tplain"], input="\n".join(lines) + "\n}\n", capture_output=True, text=True, check=True).stdout
        found = {int(words[1][1:]): (float(words[2]), words[3]) for words in map(str.split, text.splitlines()) if words[0] == "node"}
        for layer in layers.values():
            assert len({found[vertex][1] for vertex in layer}) == 1, f"{self.name}: dot moved a layer apart"
        return [found[vertex][0] for vertex in range(len(self.layer))]


def drawings(folder, graphs):
    """Our drawings, in the order of `graphs`."""
    subprocess.run(["rm", "-rf", folder], check=True)
    os.makedirs(folder)
    for number, graph in enumerate(graphs):
        with open(f"{folder}/{number:03}.graph.json", "w") as file:
            json.dump(graph, file)
    test = subprocess.run(
        ["swift", "test", "--filter", "DrawnOrderTests"], cwd=f"{HERE}/..", env=os.environ | {"LAYOUT_DIR": folder},
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if test.returncode != 0:
        raise SystemExit(f"layout: the drawings could not be made:\n{test.stdout}")
    return [Layered(graph, json.load(open(f"{folder}/{number:03}.drawn.json"))) for number, graph in enumerate(graphs)]


def ratio(ours, peer):
    return ours / peer if peer else 1.0 if ours == 0 else float("inf")


def row(name, graphs, counts):
    """Prints the result for one set; returns whether its total is within the bound."""
    ours, peer = (sum(count[side] for count in counts) for side in (0, 1))
    ratios = [ratio(*count) for count in counts]
    worst = max(range(len(graphs)), key=lambda index: ratios[index])
    met = ratio(ours, peer) <= BOUND
    print(
        f"| {name} | {ours:,} | {peer:,} | **{ratio(ours, peer):.3f}** | {statistics.median(ratios):.3f} | "
        f"{ratios[worst]:.3f}: {counts[worst][0]} against {counts[worst][1]} ({graphs[worst]['name']}) | "
        f"{sum(value > 1 for value in ratios)} | {sum(value > BOUND for value in ratios)} | {BOUND:g} | {'met' if met else 'NOT met'} |",
        flush=True)
    return met


def measure(folder):
    """Prints a table of crossings; returns whether both sets are within the bound."""
    sets = [("200 random layered graphs", layout_graphs.random_layered()), ("20 lineages", layout_graphs.real())]
    drawn = drawings(folder, [graph for _, graphs in sets for graph in graphs])
    with ThreadPoolExecutor(os.cpu_count()) as workers:
        peers = list(workers.map(Layered.dot, drawn))
    counts = [(one.crossings(one.height), one.crossings(peer)) for one, peer in zip(drawn, peers)]
    assert all(count[0] == one.said for one, count in zip(drawn, counts)), "layout: the product counts otherwise"
    print("\n| crossings | ours | dot | ratio | median | worst | above dot | above the bound | bound | |\n"
          "|---|---|---|---|---|---|---|---|---|---|")
    met = True
    for name, graphs in sets:
        met &= row(name, graphs, counts[:len(graphs)])
        counts = counts[len(graphs):]
    return met
