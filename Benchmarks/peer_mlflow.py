"""Reads every run of a database through MLflow's own search_runs: usage peer_mlflow.py DATABASE RUNS."""
import sys

from mlflow.tracking import MlflowClient

client = MlflowClient(f"sqlite:///{sys.argv[1]}")
experiments = [experiment.experiment_id for experiment in client.search_experiments()]
count, token = 0, None
while True:
    page = client.search_runs(experiments, max_results=50_000, page_token=token)
    count, token = count + len(page), page.token
    if not token:
        break
assert count >= int(sys.argv[2]), count
