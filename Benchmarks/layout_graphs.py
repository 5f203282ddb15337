"""Makes the graphs whose drawings are compared: 200 random layered ones, and 20 lineages as they really look.

A graph is {"name", "nodes": how many, "edges": [[child, parent]]}; the same call gives the same graphs.
"""

import random


def layered(seed):
    """Up to 300 nodes in 3 to 20 layers, and edges to a later layer, most of them to the next."""
    source = random.Random(seed)
    count = source.randint(20, 300)
    depth = source.randint(3, min(20, count // 4))
    layer = list(range(depth)) + [source.randrange(depth) for _ in range(count - depth)]
    source.shuffle(layer)
    members = [[node for node in range(count) if layer[node] == number] for number in range(depth)]
    # Each node has an edge from the layer before, so that its layer is what it is.
    edges = {(source.choice(members[layer[node] - 1]), node) for node in range(count) if layer[node] > 0}
    wanted = len(edges) + int(count * source.choice((0.0, 0.1, 0.25, 0.5, 1.0, 1.5)))
    longest = source.choice((1, 2, 4, depth))
    for _ in range(20 * count):
        if len(edges) >= wanted:
            break
        node = source.randrange(count)
        span = 1
        while span < longest and source.random() < 0.3:
            span += 1
        if layer[node] + span < depth:
            edges.add((node, source.choice(members[layer[node] + span])))
    return {"name": f"random {seed}: {count} nodes, {depth} layers", "nodes": count, "edges": sorted(map(list, edges))}


class Lineage:
    """Nodes by name, numbered in the order of their names as the product orders them by id."""

    def __init__(self, name):
        self.name, self.pairs = name, set()

    def link(self, child, *parents):
        self.pairs |= {(child, parent) for parent in parents}

    def version(self, version, *shared, aliases=(), upstream=()):
        """A version with its run, which has a configuration of its own and shares the rest."""
        run = f"run {version}"
        self.link(version, run)
        self.link(run, f"config {version}", *shared, *upstream)
        for alias in aliases:
            self.link(f"alias {version} {alias}", version)

    def graph(self):
        names = sorted({name for pair in self.pairs for name in pair})
        number = {name: index for index, name in enumerate(names)}
        edges = sorted([number[child], number[parent]] for child, parent in self.pairs)
        return {"name": self.name, "nodes": len(names), "edges": edges}


def shared(count):
    """Versions that share one dataset, commit and environment."""
    lineage = Lineage(f"{count} versions, one dataset, commit and environment")
    for number in range(count):
        lineage.version(f"v{number:02}", "data", "commit", "environment", aliases=["prod"] if number == count - 1 else [])
    return lineage


def own_commits(count, datasets):
    """Versions with a commit each, a dataset that changes now and then, two environments, an image."""
    lineage = Lineage(f"{count} versions, {datasets} datasets, a commit each, 2 environments")
    for number in range(count):
        lineage.version(
            f"v{number:02}", f"commit {number:02}", f"data {number * datasets // count}",
            f"environment {2 * number // count}", "image", aliases=["prod", "staging"] if number == count - 1 else [])
    return lineage


def chain(count, data):
    """Each version starts from the one before; `data` says what datasets a number reads."""
    lineage = Lineage(f"a chain of {count} versions, {data.__doc__}")
    for number in range(count):
        upstream = [f"v{number - 1:02}"] if number else []
        lineage.version(f"v{number:02}", f"commit {number:02}", *data(number), upstream=upstream)
    return lineage


def one_dataset(number):
    """one dataset"""
    return ["data", "environment"]


def new_datasets(number):
    """a dataset each"""
    return [f"data {number:02}", f"environment {number // 5}"]


def growing(number):
    """train and test data"""
    return [f"train {number // 3}", "test", "environment"]


def feeding(models, versions):
    """Embeddings that several models are made from, each with versions of their own."""
    lineage = Lineage(f"{models} models with {versions} versions each from one upstream model")
    for number in range(versions):
        lineage.version(f"base@{number}", "corpus", "base commit", "base environment")
    for model in range(models):
        for number in range(versions):
            lineage.version(
                f"m{model}@{number}", f"data {model}", f"commit {model} {number}", "environment",
                upstream=[f"base@{number * (model + 1) // (model + 1)}"], aliases=["prod"] if number == versions - 1 else [])
    return lineage


def ensemble(parts):
    """A version made from several upstream versions, all of one dataset."""
    lineage = Lineage(f"an ensemble of {parts} models")
    for number in range(parts):
        lineage.version(f"part{number}@1", "data", f"commit {number % 3}", "environment")
    lineage.version("ensemble@1", "commit 0", "environment", upstream=[f"part{number}@1" for number in range(parts)], aliases=["prod"])
    return lineage


def hub(runs, seed):
    """A dataset from which runs of several commits and environments come, some of them registered."""
    lineage = Lineage(f"a dataset with {runs} runs")
    source = random.Random(seed)
    for number in range(runs):
        run = f"run {number:03}"
        lineage.link(run, "data", f"commit {source.randrange(1 + runs // 8)}", f"environment {source.randrange(3)}")
        if source.random() < 0.6:
            lineage.link(f"v{number:03}", run)
    return lineage


def gaps(versions, seed):
    """Versions some of whose parents are not on record: a gap is a node of its own."""
    lineage = Lineage(f"{versions} versions with gaps")
    source = random.Random(seed)
    for number in range(versions):
        parents = [
            kind if source.random() < 0.7 else f"gap {kind} {number:02}" for kind in ("data", "commit", "environment", "image")]
        lineage.version(f"v{number:02}", *parents, upstream=[f"v{number - 3:02}"] if number >= 3 and source.random() < 0.4 else [])
    return lineage


def real():
    lineages = [
        shared(5), shared(20), shared(50), own_commits(10, 2), own_commits(30, 5), own_commits(50, 1),
        chain(8, one_dataset), chain(25, one_dataset), chain(20, new_datasets), chain(12, growing), chain(40, growing),
        feeding(3, 4), feeding(6, 5), ensemble(4), ensemble(12), hub(30, 1), hub(90, 2), gaps(6, 3), gaps(20, 4), gaps(45, 5),
    ]
    return [lineage.graph() for lineage in lineages]


def random_layered():
    return [layered(seed) for seed in range(200)]
