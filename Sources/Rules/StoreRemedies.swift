/// How to record something with the tool whose store is audited; what rules advise is for native records.
package enum StoreRemedies {
  /// A tool, the kinds of store that it writes, and its advice by rule.
  struct Tool: Sendable {
    let name: String
    let kinds: Set<String>
    let advice: [String: String]
  }

  static let tools = [
    Tool(name: "MLflow", kinds: ["mlflow-file", "mlflow-sqlite"], advice: mlflow),
    Tool(name: "DVC", kinds: ["dvc"], advice: dvc), Tool(name: "Weights & Biases", kinds: ["wandb"], advice: wandb),
    Tool(name: "Sacred", kinds: ["sacred"], advice: sacred),
  ]

  private static let dvc: [String: String] = [
    "missing-seed": "keep `seed` in params.yaml, and name it among the stage's `params`.",
    "missing-config": "keep settings in params.yaml, and name them among the stage's `params`.",
    "missing-metrics": "name the file that holds them among the stage's `metrics`.",
    "missing-data-manifest": "track the data with `dvc add`, and name it among the stage's `deps`.",
    "missing-requirements": "commit a requirements.txt or a lock file beside dvc.yaml; DVC records no environment.",
    "missing-python-version": "commit a `.python-version` beside dvc.yaml; DVC records no environment.",
  ]
  private static let wandb: [String: String] = [
    "missing-seed": "put `seed` into the config: `wandb.init(config={\"seed\": 42})`.",
    "missing-data-manifest": "log or use the data as an artifact of type `dataset`: `run.use_artifact(\"train:v3\")`.",
    "missing-commit": "start the run in a working tree of git, and leave `disable_git` off.",
  ]
  private static let sacred: [String: String] = [
    "missing-commit": "install GitPython, so that it records the commit of the sources.",
    "missing-data-manifest": "open the data with `experiment.open_resource`, which keeps a copy named by its MD5.",
  ]

  /// `With MLflow: …` for every tool that has advice on the rule; `kinds` nil means of every kind.
  package static func texts(for rule: String, kinds: Set<String>? = nil) -> [String] {
    tools.filter { kinds.map($0.kinds.isDisjoint) != true }.compactMap { tool in
      tool.advice[rule].map { "With \(tool.name): \($0)" }
    }
  }

  private static let model = """
    log the model with `mlflow.<flavour>.log_model`, which saves requirements.txt, conda.yaml and python_env.yaml with it, \
    or the list itself with `mlflow.log_artifact("requirements.txt")`.
    """
  private static let digest = """
    it keeps no digests. Put the output of `sha256sum` beside the model as checksum.txt \
    (`mlflow.log_artifact("checksum.txt", "model")`, in MLflow 3 `MlflowClient().log_model_artifact(model_id, \
    "checksum.txt")`), or set the tag `sha256` of the model version.
    """
  private static let seed = """
    it has no field for seeds. Log a param or tag named `seed`, `random_state` or after the library, such as \
    `mlflow.log_param("torch_seed", 42)`.
    """
  private static let image = #"set the tag `mlflow.docker.image.uri` to the image with its digest."#

  private static let mlflow: [String: String] = [
    "missing-commit": """
    start the run by `mlflow.start_run` in a script that git tracks, with GitPython installed, or set the tag \
    `mlflow.source.git.commit`.
    """,
    "uncommitted-changes": "commit before the run; `mlflow.source.git.dirty` says `true` where it was not done.",
    "missing-requirements": model, "missing-python-version": model,
    "missing-container-image": image, "missing-platform": image, "image-without-digest": image,
    "missing-seed": seed, "unseeded-framework": seed,
    "missing-data-manifest": #"""
    `mlflow.log_input(mlflow.data.from_pandas(frame, source="data/train_2026-01.csv", name="train"), \#
    context="training")`.
    """#,
    "mutable-data-reference":
      "give `source` a name with a date or an id in it; MLflow's own digest is of rows, not of the file.",
    "missing-config":
      #"log the settings with `mlflow.log_params`, or their file with `mlflow.log_artifact("config.yaml")`."#,
    "missing-metrics": #"`mlflow.log_metric("f1", value)` before the run ends."#,
    "missing-artifact-uri": #"`mlflow.log_artifact(path)`, or `log_model` for a model."#,
    "missing-run-log": #"`mlflow.log_artifact("train.log")` at the end of the run."#,
    "missing-checksum": digest, "uncovered-file": digest,
    "missing-artifact": "restore the files below the version's `storage_location`, or delete the version.",
    "version-without-run": #"register the model from its run: `mlflow.register_model("runs:/<run id>/model", name)`."#,
    "dangling-alias": "`MlflowClient().set_registered_model_alias(name, alias, version)`, or delete the alias.",
    "unfinished-run": "`MlflowClient().set_terminated(run_id)` for a run that did finish.",
  ]
}
