"""Makes the files that the benchmarks read; the same arguments give the same bytes.

usage: corpora.py runs FOLDER COUNT json|yaml | flawed FOLDER COUNT | registry FOLDER RUNS | small FOLDER COUNT [BYTES]
       corpora.py large FOLDER COUNT MIB | crowded FOLDER VERSIONS | lineage FOLDER MODELS
       corpora.py requirements FOLDER LINES | uv FOLDER PACKAGES
"""

import hashlib
import json
import os
import random
import sys

# As pip-compile writes them.
REQUIREMENTS = "".join(
    f"{pin} --hash=sha256:{hashlib.sha256(pin.encode()).hexdigest()}\n"
    for pin in ("joblib==1.4.2", "numpy==1.26.4", "scikit-learn==1.5.2", "scipy==1.14.1", "threadpoolctl==3.5.0"))
DATA = "amount,hour,is_fraud\n" + "".join(f"{i % 97}.5,{i % 24},{i % 7 == 0:d}\n" for i in range(1000))


def sha256(text):
    return hashlib.sha256(text.encode()).hexdigest()


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w") as file:
        file.write(text)


def record(number, metrics):
    """One run as teams record it; every twentieth has a fault, so that reports have something to say."""
    run = {
        "run_id": f"run-{number:06d}",
        "timestamp": "2026-01-15T09:05:00Z",
        "status": "finished",
        "command": f"python train.py --data data/train.csv --out out --seed {number} --C 0.5",
        "git_commit": f"{number:040x}".replace("0", "a"),
        "git_dirty": False,
        "data_manifest": "../../data_manifest.json",
        "config": {"C": 0.5, "max_iter": 500, "solver": "lbfgs"},
        "environment": {
            "python": "3.10.13",
            "os": "Debian 12",
            "hardware": "2 x86-64 cores",
            "requirements": "../../requirements.txt",
            "requirements_sha256": sha256(REQUIREMENTS),
            "docker_image": "python:3.10.13-slim@sha256:" + sha256("image"),
        },
        "seeds": {"python": number, "numpy": number, "sklearn": number, "PYTHONHASHSEED": 0},
        "metrics": {"auc": 0.9 + number % 100 / 1000, "f1": 0.5, "n_train": 300},
        "artifacts": [{"path": "metrics.json", "sha256": sha256(metrics), "size": len(metrics)}],
        "log": "s3://logs/run.log",
    }
    if number % 20 == 0:
        del run["seeds"]
    if number % 20 == 1:
        run["environment"]["docker_image"] = "python:latest"
    return run


def to_yaml(value, indent=0):
    """Block style, as people and PyYAML's dumper write it."""
    pad = "  " * indent
    lines = []
    for key, item in value.items():
        if isinstance(item, dict):
            lines.append(f"{pad}{key}:\n{to_yaml(item, indent + 1)}")
        elif isinstance(item, list):
            lines.append(f"{pad}{key}:")
            for entry in item:
                body = to_yaml(entry, indent + 2)
                lines.append(f"{pad}  - {body.lstrip()}")
        else:
            lines.append(f"{pad}{key}: {json.dumps(item)}")
    return "\n".join(lines)


def flawed(number, metrics):
    """One run as teams record it that never were audited: five findings."""
    run = record(number, metrics)
    for key in ("seeds", "log", "git_commit"):
        run.pop(key, None)
    del run["environment"]["python"]
    run["environment"]["docker_image"] = "python:latest"
    return run


def runs(folder, count, form, record=record):
    write(f"{folder}/requirements.txt", REQUIREMENTS)
    write(f"{folder}/data/train.csv", DATA)
    manifest = {
        "dataset_name": "transactions",
        "storage_uri": "file:data/train.csv",
        "record_count": 1000,
        "content_hash": "sha256:" + sha256(DATA),
        "created_at": "2026-01-10T08:00:00Z",
    }
    write(f"{folder}/data_manifest.json", json.dumps(manifest, indent=2) + "\n")
    write(
        f"{folder}/repro-audit.yaml",
        "# No repository and no object storage are at hand here.\nrules:\n  unresolvable-commit: off\n  large-file-in-git: off\n"
        "scope:\n  exclude:\n    - {location: 's3://**', reason: not reached by a benchmark}\n",
    )
    for number in range(count):
        metrics = json.dumps({"auc": 0.9 + number % 100 / 1000, "f1": 0.5}) + "\n"
        run = record(number, metrics)
        text = json.dumps(run, indent=2) + "\n" if form == "json" else to_yaml(run) + "\n"
        place = f"{folder}/runs/run-{number:06d}"
        os.makedirs(place)
        with open(f"{place}/run.{form}", "w") as file:
            file.write(text)
        with open(f"{place}/metrics.json", "w") as file:
            file.write(metrics)


def crowded(folder, count):
    """`count` versions that fill each list of the HTML report: findings, undecided results and waived ones, and lineages."""
    waived = ("missing-commit", "missing-seed")
    write(f"{folder}/repro-audit.yaml", "waivers:\n" + "".join(
        f"  - {{rule: {rule}, subject: '**', reason: the records of an earlier system do not hold it, "
        "owner: ada@example.org, approved_by: grace@example.org, created: 2026-01-01, expires: 2026-12-31}\n"
        for rule in waived))
    for number in range(count):
        place = f"{folder}/models/model-{number // 4:04d}-of-the-crowded-registry/1.{number % 4}.0"
        write(f"{place}/model.bin", f"{number}\n")
        write(f"{place}/requirements.txt", "".join(
            f"a-package-with-a-name-of-some-length-{number}-{part}>={part}.{number}\n" for part in range(8)))
        write(f"{place}/run.json", json.dumps({
            "run_id": f"run-{number:06d}", "timestamp": "2026-01-15T09:05:00Z", "status": "finished",
            "environment": {"requirements": "requirements.txt", "docker_image": f"registry.example.org/team/image-{number}:latest"},
            "artifacts": [{"path": "model.bin", "role": "model"}] + [
                {"path": f"s3://bucket-of-the-team/models/{number}/part-{part}.bin", "sha256": sha256(f"{number} {part}")}
                for part in range(8)],
        }, indent=2) + "\n")
        if number % 4 == 3:
            os.symlink(f"1.{number % 4}.0", f"{folder}/models/model-{number // 4:04d}-of-the-crowded-registry/prod")


def random_file(path, size, source, digest):
    """Writes `size` bytes; returns their digest in hexadecimal."""
    with open(path, "wb") as file:
        for start in range(0, size, 1 << 20):
            block = source.randbytes(min(size - start, 1 << 20))
            file.write(block)
            digest.update(block)
    return digest.hexdigest()


def files(folder, count, size, per_record):
    """`count` files of `size` bytes, each claimed by a run record."""
    source = random.Random(7)
    os.makedirs(f"{folder}/files", exist_ok=True)
    artifacts = []
    for number in range(count):
        name = f"f{number:06d}.bin"
        digest = random_file(f"{folder}/files/{name}", size, source, hashlib.sha256())
        artifacts.append({"path": f"../../files/{name}", "sha256": digest, "size": size})
    for start in range(0, count, per_record):
        run = {"run_id": f"r{start}", "artifacts": artifacts[start : start + per_record]}
        write(f"{folder}/runs/r{start}/run.json", json.dumps(run) + "\n")


def dvc(folder, count, size):
    """A DVC repository whose cache holds `count` objects of `size` bytes."""
    source = random.Random(11)
    cache = f"{folder}/.dvc/cache/files/md5"
    for _ in range(count):
        os.makedirs(cache, exist_ok=True)
        name = random_file(f"{cache}/new", size, source, hashlib.md5())
        os.makedirs(f"{cache}/{name[:2]}", exist_ok=True)
        os.rename(f"{cache}/new", f"{cache}/{name[:2]}/{name[2:]}")
    write(f"{folder}/.dvc/config", "")


def registry(folder, count):
    """`count` runs with ten artifacts each, a tenth of them registered versions; every fiftieth run has a fault.

    The artifacts are hard links to a few files: what is measured is the facts about them.
    """
    write(f"{folder}/requirements.txt", REQUIREMENTS)
    write(f"{folder}/data/train.csv", DATA)
    manifest = {"dataset_name": "transactions", "storage_uri": "file:data/train.csv", "record_count": 1000,
                "content_hash": "sha256:" + sha256(DATA), "created_at": "2026-01-10T08:00:00Z"}
    write(f"{folder}/data_manifest.json", json.dumps(manifest) + "\n")
    pool = []
    for number in range(100):
        text = f"weights {number}\n" * (1 + number % 7)
        write(f"{folder}/pool/{number}.bin", text)
        pool.append((f"{folder}/pool/{number}.bin", sha256(text), len(text)))
    with open(f"{folder}/repro-audit.yaml", "w") as file:
        # No repository is at hand, and the pool is no part of the registry.
        file.write("rules: {unresolvable-commit: off, large-file-in-git: off}\nexclude: ['pool/**']\nstages: {prod: {metrics: {auc: {min: 0.9}}}}\n")
    for number in range(count):
        model, version = f"model-{number // 100:04d}", f"1.{number // 10 % 10}.0"
        is_version = number % 10 == 0
        place = f"{folder}/models/{model}/{version}" if is_version else f"{folder}/runs/run-{number:06d}"
        up = "../../.." if is_version else "../.."
        os.makedirs(place)
        metrics = json.dumps({"auc": 0.9 + number % 100 / 1000, "f1": 0.5}) + "\n"
        run = record(number, metrics)
        run["data_manifest"] = f"{up}/data_manifest.json"
        run["environment"]["requirements"] = f"{up}/requirements.txt"
        if number % 20 < 2 and number % 50 > 1:
            run["seeds"] = {"numpy": 1, "sklearn": 1}
            run["environment"]["docker_image"] = "python:3.10.13-slim@sha256:" + sha256("image")
        run["artifacts"] = []
        for part in range(10):
            source, digest, size = pool[(number * 10 + part) % 100]
            name = "model.bin" if part == 0 else f"part-{part}.bin"
            os.link(source, f"{place}/{name}")
            if number % 50 == 7 and part == 3:
                digest = sha256("another")
            run["artifacts"].append({"path": name, "sha256": digest, "size": size, "role": "model" if part == 0 else "other"})
        with open(f"{place}/run.json", "w") as file:
            file.write(json.dumps(run) + "\n")
        if number % 100 == 90:
            os.symlink(version, f"{folder}/models/{model}/prod")


def lineage(folder, models):
    """A version made from the newest of `models` models, each of which has six versions that start from one another.

    Five models share a dataset, ten a commit, all an image: what the newest version comes from is 30 nodes a model and more.
    """
    text = "a,b\n1,2\n"
    for number in range(0, models, 5):
        write(f"{folder}/data/d{number}/rows.csv", text)
        manifest = {"dataset_name": f"d{number}", "storage_uri": "file:rows.csv", "content_hash": "sha256:" + sha256(text)}
        write(f"{folder}/data/d{number}/data_manifest.json", json.dumps(manifest) + "\n")

    def version(model, name, number, upstream):
        run = record(number, "")
        del run["artifacts"]
        run |= {"run_id": f"{model}-{name}", "git_commit": sha256(f"commit {number // 10}")[:40], "upstream_models": upstream,
                "data_manifest": f"../../../data/d{number // 5 * 5}/data_manifest.json"}
        del run["environment"]["requirements"], run["environment"]["requirements_sha256"]
        write(f"{folder}/models/{model}/{name}/model.bin", f"{model} {name}")
        write(f"{folder}/models/{model}/{name}/run.json", json.dumps(run) + "\n")

    for number in range(models):
        for minor in range(6):
            version(f"part-{number:03}", f"1.{minor}.0", number, [f"part-{number:03}@1.{minor - 1}.0"] if minor else [])
    version("ensemble", "1.0.0", 0, [f"part-{number:03}@1.5.0" for number in range(models)])


def requirements(folder, lines):
    """As `pip-compile --generate-hashes` writes them: a requirement of eight lines, the last of them a comment."""
    text = ["#", "# This file is autogenerated by pip-compile with Python 3.11", "#"]
    number = 0
    while len(text) < lines:
        text.append(f"package-{number:05d}=={number % 9}.{number % 30}.{number % 7} \\")
        for part in range(6):
            end = " \\" if part < 5 else ""
            text.append(f"    --hash=sha256:{sha256(f'{number} {part}')}{end}")
        text.append(f"    # via package-{number // 2:05d}")
        number += 1
    write(f"{folder}/requirements.txt", "\n".join(text[:lines]) + "\n")


def uv(folder, packages):
    """As uv writes it, with four wheels and a source archive a package."""
    files = "https://files.example.org/packages"
    lines = ["version = 1", "revision = 2", 'requires-python = ">=3.10"', ""]
    for number in range(packages):
        name, version = f"package-{number:05d}", f"{number % 9}.{number % 30}.{number % 7}"

        def file(kind):
            digest = sha256(f"{name} {kind}")
            return (
                f'{{ url = "{files}/{digest[:2]}/{digest[2:4]}/{digest[4:]}/{name}-{version}{kind}", '
                f'hash = "sha256:{digest}", size = {number * 37 + 1000}, upload-time = "2025-01-15T09:05:00Z" }}'
            )

        lines += ["[[package]]", f'name = "{name}"', f'version = "{version}"',
                  'source = { registry = "https://index.example.org/simple" }', "dependencies = ["]
        lines += [f'    {{ name = "package-{other:05d}" }},' for other in {number // 2, number // 3}]
        lines += ["]", f"sdist = {file('.tar.gz')}", "wheels = ["]
        lines += [f"    {file(f'-cp3{minor}-none-any.whl')}," for minor in range(10, 14)]
        lines += ["]", ""]
    write(f"{folder}/uv.lock", "\n".join(lines))


def main():
    kind, folder, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
    if kind == "runs":
        runs(folder, count, sys.argv[4])
    elif kind == "flawed":
        runs(folder, count, "json", flawed)
    elif kind == "crowded":
        crowded(folder, count)
    elif kind == "registry":
        registry(folder, count)
    elif kind == "lineage":
        lineage(folder, count)
    elif kind == "requirements":
        requirements(folder, count)
    elif kind == "uv":
        uv(folder, count)
    elif kind == "dvc":
        dvc(folder, count, int(sys.argv[4]))
    elif kind == "small":
        files(folder, count, int(sys.argv[4]) if len(sys.argv) > 4 else 4096, 100)
    else:
        files(folder, count, int(sys.argv[4]) << 20, count)


if __name__ == "__main__":
    main()
