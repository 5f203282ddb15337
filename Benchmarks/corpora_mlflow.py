"""Makes stores of MLflow for the benchmarks; the same arguments give the same bytes.

usage: corpora_mlflow.py file FOLDER RUNS | sqlite FOLDER RUNS
"""

import os
import shutil
import sqlite3
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
COMMIT = "4be1c5d3f6a7089b2c4d5e6f708192a3b4c5d6e7"
PARAMS = ["seed", "max_depth", "criterion", "lr", "batch", "epochs", "optimizer", "dropout", "layers", "width", "l2",
          "warmup", "schedule", "augment", "folds"]
METRICS = ["f1", "auc", "loss", "val_f1", "val_auc", "val_loss", "precision", "recall", "accuracy", "brier", "ks", "lift",
           "time", "memory", "steps"]
TAGS = {"mlflow.source.git.commit": COMMIT, "mlflow.source.name": "train.py", "mlflow.source.type": "LOCAL",
        "mlflow.user": "ada", "mlflow.runName": "trial", "team": "risk", "dataset": "transactions", "release": "1.2.0",
        "mlflow.note.content": "one of many"}


def write(path, text):
    with open(path, "w") as file:
        file.write(text)


def mlruns(folder, count):
    """`count` runs in one experiment, each of 40 files: meta.yaml, 15 params, 15 metrics of three lines, 9 tags."""
    experiment = f"{folder}/mlruns/135996546425478812"
    os.makedirs(experiment)
    write(f"{experiment}/meta.yaml",
          "artifact_location: file:///srv/ml/mlruns/135996546425478812\ncreation_time: 1795435404350\n"
          "experiment_id: '135996546425478812'\nlast_update_time: 1795435404350\nlifecycle_stage: active\nname: fraud\n")
    for number in range(count):
        run = f"{number:032x}"
        place = f"{experiment}/{run}"
        for part in ("params", "metrics", "tags", "artifacts"):
            os.makedirs(f"{place}/{part}")
        write(f"{place}/meta.yaml",
              f"artifact_uri: file:///srv/ml/mlruns/135996546425478812/{run}/artifacts\nend_time: 1795435438940\n"
              "entry_point_name: ''\nexperiment_id: '135996546425478812'\nlifecycle_stage: active\n"
              f"run_id: '{run}'\nrun_name: trial\nrun_uuid: '{run}'\nsource_name: ''\nsource_type: 4\nsource_version: ''\n"
              "start_time: 1795435427429\nstatus: 3\ntags: []\nuser_id: ada\n")
        for index, name in enumerate(PARAMS):
            write(f"{place}/params/{name}", str(number % 97 + index))
        for index, name in enumerate(METRICS):
            write(f"{place}/metrics/{name}",
                  "".join(f"{1795435427456 + step} {(number % 89 + index + step) / 100} {step}\n" for step in range(3)))
        for name, value in TAGS.items():
            write(f"{place}/tags/{name}", value)


def database(folder, count):
    """`count` runs with 10 params, 10 metrics and 6 tags each, in a database that MLflow 3 made."""
    os.makedirs(folder)
    shutil.copy(f"{HERE}/../Fixtures/mlflow-sqlite/mlflow-3/mlflow.db", f"{folder}/mlflow.db")
    db = sqlite3.connect(f"{folder}/mlflow.db")
    db.execute("PRAGMA page_size = 4096")
    db.execute("VACUUM")
    [(experiment,)] = db.execute("SELECT experiment_id FROM experiments WHERE name = 'fraud'")
    for number in range(count):
        run = f"{number:032x}"
        db.execute(
            "INSERT INTO runs (run_uuid, name, source_type, source_name, entry_point_name, user_id, status, start_time, "
            "end_time, source_version, lifecycle_stage, artifact_uri, experiment_id) VALUES (?, 'trial', 'UNKNOWN', '', '', "
            "'ada', 'FINISHED', ?, ?, '', 'active', ?, ?)",
            (run, 1795435427429 + number, 1795435438940 + number, f"file:///srv/ml/mlartifacts/{run}/artifacts", experiment))
        db.executemany("INSERT INTO params (key, value, run_uuid) VALUES (?, ?, ?)",
                       [(name, str(number % 97 + index), run) for index, name in enumerate(PARAMS[:10])])
        rows = [(name, (number % 89 + index) / 100, 1795435427456, 2, 0, run) for index, name in enumerate(METRICS[:10])]
        for table in ("latest_metrics", "metrics"):
            db.executemany(
                f"INSERT INTO {table} (key, value, timestamp, step, is_nan, run_uuid) VALUES (?, ?, ?, ?, ?, ?)", rows)
        db.executemany("INSERT INTO tags (key, value, run_uuid) VALUES (?, ?, ?)",
                       [(name, value, run) for name, value in list(TAGS.items())[:6]])
    db.commit()
    db.close()


if __name__ == "__main__":
    kind, place, runs = sys.argv[1], sys.argv[2], int(sys.argv[3])
    {"file": mlruns, "sqlite": database}[kind](place, runs)
