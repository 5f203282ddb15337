"""Trains the fraud detector. Two runs with the same data and settings write the same bytes.

usage: python train.py --config config.yaml --data data/transactions_v3.csv --out out [--C 10.0]

Writes model.pkl, metrics.json, coefficients.json, run.log and config.yaml, the settings that were in force.
"""
import argparse
import csv
import json
import logging
import pickle
import random
from pathlib import Path

import numpy as np
import yaml
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, f1_score, roc_auc_score
from sklearn.model_selection import train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

FEATURES = ["log_amount", "is_night", "n_prev_24h", "is_foreign", "log_distance_km"]

log = logging.getLogger("train")


def features(row):
    return [
        np.log(float(row["amount"])),
        float(int(row["hour"]) < 6),
        float(row["n_prev_24h"]),
        float(row["is_foreign"]),
        np.log1p(float(row["distance_km"] or 0)),
    ]


def read(path):
    with open(path, newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return np.array([features(row) for row in rows]), np.array([int(row["is_fraud"]) for row in rows])


def settings():
    parser = argparse.ArgumentParser()
    parser.add_argument("--config", default="config.yaml")
    parser.add_argument("--data", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--C", type=float)
    arguments = parser.parse_args()
    config = yaml.safe_load(Path(arguments.config).read_text())
    if arguments.C is not None:
        config["C"] = arguments.C
    return arguments, config


def write_json(path, value):
    path.write_text(json.dumps(value, indent=2, sort_keys=True) + "\n")


def main():
    arguments, config = settings()
    out = Path(arguments.out)
    out.mkdir(parents=True, exist_ok=True)
    # No times in the log, so that it can be compared between runs.
    logging.basicConfig(
        level=logging.INFO, format="%(levelname)s %(message)s",
        handlers=[logging.FileHandler(out / "run.log", mode="w"), logging.StreamHandler()])
    seed = config["seed"]
    random.seed(seed)
    np.random.seed(seed)

    X, y = read(arguments.data)
    log.info("%s: %d records, %d fraudulent", Path(arguments.data).name, len(y), y.sum())
    X_train, X_test, y_train, y_test = train_test_split(
        X, y, test_size=config["test_size"], random_state=seed, stratify=y)
    classifier = LogisticRegression(
        C=config["C"], max_iter=config["max_iter"], solver=config["solver"], random_state=seed)
    model = make_pipeline(StandardScaler(), classifier).fit(X_train, y_train)
    log.info("C=%s solver=%s: converged after %d iterations", config["C"], config["solver"], classifier.n_iter_[0])

    scores = model.predict_proba(X_test)[:, 1]
    predicted = model.predict(X_test)
    metrics = {
        "auc": round(float(roc_auc_score(y_test, scores)), 6),
        "accuracy": round(float(accuracy_score(y_test, predicted)), 6),
        "f1": round(float(f1_score(y_test, predicted)), 6),
        "n_train": len(y_train),
        "n_test": len(y_test),
    }
    log.info("auc %(auc)s, accuracy %(accuracy)s, f1 %(f1)s on %(n_test)d records", metrics)

    (out / "model.pkl").write_bytes(pickle.dumps({"features": FEATURES, "model": model}, protocol=4))
    write_json(out / "metrics.json", metrics)
    write_json(out / "coefficients.json", dict(zip(FEATURES, (round(float(c), 6) for c in classifier.coef_[0]))))
    (out / "config.yaml").write_text(yaml.safe_dump(config))
    log.info("wrote model.pkl, metrics.json, coefficients.json, config.yaml")


if __name__ == "__main__":
    main()
