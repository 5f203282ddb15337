"""Writes what a registry keeps beside a trained model: data manifest, run record, checksum.

usage: python record.py manifest REGISTRY FOLDER
       python record.py version REGISTRY FOLDER RUN_ID TIMESTAMP COMMIT [--bare-checksum]
       python record.py run REGISTRY FOLDER RUN_ID TIMESTAMP COMMIT OPTION …

OPTION … are what the training command had besides its usual arguments.
"""
import argparse
import csv
import hashlib
import json
import math
import os
import platform
import re
from pathlib import Path

import yaml

DATASET = "transactions_v3"
SNAPSHOT_TAKEN = "2025-06-02T06:00:00Z"
SCHEMA_DEFINITION = "repro-audit/schema/1"
COMMAND = "python train.py --config config.yaml --data data/transactions_v3.csv --out out"
# What must be the same for the same bytes; the Dockerfile sets these too.
VARIABLES = ["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "OPENBLAS_CORETYPE", "NPY_DISABLE_CPU_FEATURES"]


def sha256(path):
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()


def from_folder(path, folder):
    """`path` as a record in `folder` writes it."""
    return Path(os.path.relpath(path, folder)).as_posix()


def column_type(values):
    values = [value for value in values if value != ""]
    if not values:
        return "string"
    if all(re.fullmatch(r"[+-]?[0-9]+", value) for value in values):
        return "int"
    decimal = r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?"
    if all(re.fullmatch(decimal, value) and math.isfinite(float(value)) for value in values):
        return "float"
    return "string"


def manifest(registry, folder):
    data = registry / "data" / f"{DATASET}.csv"
    with open(data, newline="", encoding="utf-8") as file:
        header, *rows = csv.reader(file)
    schema = {"columns": header, "dtypes": [column_type(column) for column in zip(*rows)]}
    compact = json.dumps(schema, sort_keys=True, separators=(",", ":"))
    write_json(folder / "data_manifest.json", {
        "dataset_name": DATASET,
        "storage_uri": "file:" + from_folder(data, folder),
        "record_count": len(rows),
        "schema_hash": f"{SCHEMA_DEFINITION}:sha256:{hashlib.sha256(compact.encode()).hexdigest()}",
        "content_hash": "sha256:" + sha256(data),
        "created_at": SNAPSHOT_TAKEN,
    })


def artifact(folder, name, role):
    path = folder / name
    return {"path": name, "sha256": sha256(path), "size": path.stat().st_size, "role": role}


def record(registry, folder, run_id, timestamp, commit, options=()):
    """The run record but for its artifacts and its log."""
    config = yaml.safe_load((folder / "config.yaml").read_text())
    data_manifest = next(folder.rglob("data_manifest.json"))
    return {
        "run_id": run_id,
        "timestamp": timestamp,
        "status": "finished",
        "command": " ".join([COMMAND, *options]),
        "git_commit": commit,
        "git_repository": from_folder(registry / "code.git", folder),
        "git_dirty": False,
        "data_manifest": {
            "path": from_folder(data_manifest, folder), "role": "train", "sha256": sha256(data_manifest),
        },
        "config": {"path": "config.yaml", "sha256": sha256(folder / "config.yaml")},
        "environment": {
            "python": platform.python_version(),
            "os": platform.freedesktop_os_release()["PRETTY_NAME"],
            "hardware": f"{platform.machine()}, one thread, no accelerator",
            "variables": {name: os.environ[name] for name in VARIABLES},
            "requirements": "requirements.txt",
            "requirements_sha256": sha256(folder / "requirements.txt"),
            "docker_image": (folder / "Dockerfile").read_text().split()[1],
        },
        "seeds": {
            "python": config["seed"],
            "numpy": config["seed"],
            "sklearn": config["seed"],
            "PYTHONHASHSEED": int(os.environ["PYTHONHASHSEED"]),
        },
        "deterministic": True,
        "params": {key: config[key] for key in ["C", "max_iter", "solver", "test_size"]},
        "metrics": json.loads((folder / "metrics.json").read_text()),
    }


def version(registry, folder, run_id, timestamp, commit, bare_checksum):
    run = record(registry, folder, run_id, timestamp, commit)
    run |= {"model": folder.parent.name, "version": folder.name}
    run["artifacts"] = [artifact(folder, "model.pkl", "model"), artifact(folder, "metrics.json", "metrics"),
                        artifact(folder, "Dockerfile", "image")]
    run["log"] = "run.log"
    write_json(folder / "run.json", run)
    name = "" if bare_checksum else "  model.pkl"
    (folder / "checksum.txt").write_text(sha256(folder / "model.pkl") + name + "\n")


def loose_run(registry, folder, run_id, timestamp, commit, options):
    run = record(registry, folder, run_id, timestamp, commit, options)
    run["artifacts"] = [artifact(folder, "model.pkl", "model"), artifact(folder, "coefficients.json", "other")]
    run["log"] = "run.log"
    (folder / "metrics.json").unlink()  # they stand in the record
    (folder / "run.yaml").write_text("\n".join(yaml_lines(run)) + "\n")


def write_json(path, value):
    path.write_text(json.dumps(value, indent=2) + "\n")


def yaml_lines(value, indent=""):
    """YAML as people write it: digests and versions in quotes, lists indented."""
    for key, item in value.items():
        if isinstance(item, dict):
            yield f"{indent}{key}:"
            yield from yaml_lines(item, indent + "  ")
        elif isinstance(item, list):
            yield f"{indent}{key}:"
            for element in item:
                lines = list(yaml_lines(element, indent + "    "))
                yield f"{indent}  - {lines[0].strip()}"
                yield from lines[1:]
        else:
            quoted = isinstance(item, str) and re.search(r"^[0-9]|^\W|[:#,]|^[0-9a-f]{40}", item)
            yield f"{indent}{key}: {json.dumps(item) if quoted or not isinstance(item, str) else item}"


def main():
    parser = argparse.ArgumentParser()
    commands = parser.add_subparsers(dest="what", required=True)
    for what in ["manifest", "version", "run"]:
        command = commands.add_parser(what)
        command.add_argument("registry", type=Path)
        command.add_argument("folder", type=Path)
        if what != "manifest":
            command.add_argument("run_id")
            command.add_argument("timestamp")
            command.add_argument("commit")
        if what == "version":
            command.add_argument("--bare-checksum", action="store_true")
        if what == "run":
            command.add_argument("options", nargs=argparse.REMAINDER)
    arguments = vars(parser.parse_args())
    {"manifest": manifest, "version": version, "run": loose_run}[arguments.pop("what")](**arguments)


if __name__ == "__main__":
    main()
