"""Runs as Weights & Biases (offline) and Sacred keep them. usage: runs.py wandb|sacred DIR, where DIR, this script and Python lie at places that may be published: both tools
record absolute paths.

wandb 0.31 and sacred 0.8.7 (with setuptools below 81) from PyPI made what is here.
"""

import os
import pathlib
import shutil
import subprocess
import sys

TRAIN = """from sacred import Experiment
from sacred.observers import FileStorageObserver

experiment = Experiment("fraud", save_git_info=False)
experiment.observers.append(FileStorageObserver("runs"))


@experiment.config
def config():
    seed = 0
    C = 0.5


@experiment.automain
def main(_run, seed, C):
    with experiment.open_resource("train.csv") as file:
        file.read()
    _run.log_scalar("auc", 0.91)
    experiment.add_artifact("model.pkl")
    return 0.91
"""

kind, out = sys.argv[1], pathlib.Path(sys.argv[2]).absolute()
out.mkdir(parents=True, exist_ok=True)
os.chdir(out)
pathlib.Path("model.pkl").write_bytes(b"model")
pathlib.Path("train.csv").write_bytes(b"amount,is_fraud\n10,0\n")

if kind == "wandb":
    os.environ.update(WANDB_MODE="offline", WANDB_DATA_DIR=str(out / "data-dir"), WANDB_CACHE_DIR=str(out / "cache"), WANDB_SILENT="true")
    import wandb

    run = wandb.init(project="fraud", config={"seed": 42, "train": {"C": 0.5}}, settings=wandb.Settings(x_disable_stats=True, disable_git=True))
    data = wandb.Artifact("transactions", type="dataset")
    data.add_file("train.csv")
    run.log_artifact(data)
    model = wandb.Artifact("fraud-detector", type="model")
    model.add_file("model.pkl")
    run.log_artifact(model)
    run.log({"auc": 0.91})
    run.finish()
    shutil.rmtree("cache", ignore_errors=True)
    for junk in [*out.glob("wandb/debug*"), *out.glob("wandb/latest-run")]:
        junk.unlink()
    for junk in out.glob("wandb/*/logs"):
        shutil.rmtree(junk)
    requirements = next(out.glob("wandb/*/files/requirements.txt"))
    requirements.write_text("numpy==1.26.4\nwandb==0.31.0\n")
else:
    pathlib.Path("train.py").write_text(TRAIN)
    subprocess.run([sys.executable, "train.py", "with", "seed=42"], check=True)
for junk in ["model.pkl", "train.csv", "train.py"]:
    pathlib.Path(junk).unlink(missing_ok=True)
