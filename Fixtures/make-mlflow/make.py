"""Fills a tracking store through MLflow's own client: usage make.py URI ARTIFACTS FOLDER.

FOLDER holds data/ and becomes the working directory. What a run of the fixtures must have is said beside each line.
"""

import hashlib
import os
import sys

import mlflow
import numpy
import pandas
from mlflow.tracking import MlflowClient
from sklearn.tree import DecisionTreeClassifier

COMMIT = "4be1c5d3f6a7089b2c4d5e6f708192a3b4c5d6e7"

uri, artifacts, folder = sys.argv[1:]
os.chdir(folder)
mlflow.set_tracking_uri(uri)
client = MlflowClient()
is_three = mlflow.__version__.startswith("3.")

os.makedirs("data", exist_ok=True)
generator = numpy.random.default_rng(7)
for name, rows in (("train", 40), ("holdout", 20)):
    frame = pandas.DataFrame({"amount": generator.normal(50, 9, rows).round(2), "hour": generator.integers(0, 24, rows)})
    frame["fraud"] = (frame.amount > 52).astype(int)
    frame.to_csv(f"data/{name}_2026-01.csv", index=False)

experiment = client.create_experiment("fraud", artifact_location=artifacts or None)
mlflow.set_experiment(experiment_id=experiment)


def dataset(name):
    path = f"data/{name}_2026-01.csv"
    return mlflow.data.from_pandas(pandas.read_csv(path), source=path, name=f"transactions-{name}")


def train(depth):
    """A run as people make them, with everything that rules ask for; returns its model's URI."""
    frame = pandas.read_csv("data/train_2026-01.csv")
    model = DecisionTreeClassifier(max_depth=depth, random_state=42).fit(frame[["amount", "hour"]], frame.fraud)
    mlflow.log_params({"seed": 42, "max_depth": depth, "größe": "klein", "model/criterion": "gini"})
    for step, value in enumerate((0.71, 0.93, 0.9)):
        mlflow.log_metric("accuracy", value, step=step)
    mlflow.log_metric("val/f1", 0.88)
    mlflow.log_metric("diverged", float("nan"))
    mlflow.set_tags({"mlflow.source.git.commit": COMMIT, "team": "risk"})
    mlflow.log_input(dataset("train"), context="training")
    mlflow.log_input(dataset("holdout"), context="validation")
    mlflow.log_text("seen 40 rows\n", "logs/train.log")
    mlflow.log_text("max_depth: 2\n", "config.yaml")
    mlflow.log_text("100 % der Zeilen\n", "berichte/größe 100%.txt")
    keywords = {"name": "model"} if is_three else {"artifact_path": "model"}
    info = mlflow.sklearn.log_model(
        model, serialization_format="pickle", pip_requirements=["scikit-learn==1.7.2", "numpy==2.3.4"], **keywords)
    return info


def vouch(info):
    """What MLflow has no place for: a digest of the model, as a file beside it."""
    place = mlflow.artifacts.download_artifacts(info.model_uri)
    with open(f"{place}/model.pkl", "rb") as file:
        digest = hashlib.sha256(file.read()).hexdigest()
    with open(f"{folder}/checksum.txt", "w") as file:
        file.write(f"{digest}  model.pkl\n")
    if is_three:
        client.log_model_artifact(info.model_id, f"{folder}/checksum.txt")
    else:
        mlflow.log_artifact(f"{folder}/checksum.txt", "model")
    os.remove(f"{folder}/checksum.txt")


client.create_registered_model("fraud-detector")
with mlflow.start_run(run_name="sweep"):
    mlflow.set_tag("mlflow.source.git.commit", COMMIT)
    with mlflow.start_run(run_name="depth-2", nested=True) as run:
        info = train(2)
        vouch(info)
    mlflow.register_model(info.model_uri, "fraud-detector")
    with mlflow.start_run(run_name="depth-3", nested=True):
        info = train(3)  # without a digest: what people have
    mlflow.register_model(info.model_uri, "fraud-detector")
    mlflow.register_model(info.model_uri, "fraud-detector")  # version 3, deleted below
client.delete_model_version("fraud-detector", "3")
client.set_registered_model_alias("fraud-detector", "champion", "1")
client.set_registered_model_alias("fraud-detector", "candidate", "2")
client.set_model_version_tag("fraud-detector", "1", "validated", "true")
if not is_three:
    client.transition_model_version_stage("fraud-detector", "1", "Production")

# A run from a notebook, by the client alone: no commit, no data, no environment; its process died.
bare = client.create_run(experiment, run_name="notebook")
client.log_param(bare.info.run_id, "data_seed", "7")
client.log_param(bare.info.run_id, "random_state", "None")  # what autologging writes where no seed was set
failed = client.create_run(experiment, run_name="failed")
client.set_terminated(failed.info.run_id, "FAILED")
gone = client.create_run(experiment, run_name="deleted")
client.delete_run(gone.info.run_id)
client.delete_experiment(client.create_experiment("abandoned"))
