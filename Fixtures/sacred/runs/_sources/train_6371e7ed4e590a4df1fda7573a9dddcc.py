from sacred import Experiment
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
