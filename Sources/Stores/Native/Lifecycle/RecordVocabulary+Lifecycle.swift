extension RecordVocabulary {
  static let inferenceCommitNames = [
    "serving_commit", "inference.commit", "inference.git_commit", "inference_git_commit", "serving.commit",
    "serving.git_commit", "serving_git_commit", "deployment.commit", "deployment.git_commit", "deployment_commit",
    "inference_code_commit",
  ]

  /// How promotion, validation, reproduction and rollback records name what they say.
  static let lifecycleSynonyms: [RecordKey: [String]] = [
    .action: ["event", "operation", "change"],
    .stage: ["alias", "to_stage", "to", "environment", "target_stage", "to_alias"],
    .version: ["model_version", "to_version", "new_version"],
    .replaces: ["from_version", "previous_version", "old_version", "replaced_version", "previous"],
    .fromStage: ["from", "source_stage", "from_alias"],
    .modelDigest: [
      "digest", "sha256", "model_sha256", "model_hash", "model_checksum", "checksum", "artifact_digest",
      "artifact_sha256", "original_digest", "original_sha256",
    ],
    .by: [
      "promoted_by", "validated_by", "performed_by", "reproduced_by", "retired_by", "author", "user", "actor",
      "initiated_by", "executed_by",
    ],
    .approvedBy: ["approvals", "approvers", "approver", "approved", "signed_off_by", "reviewers", "reviewed_by"],
    .timestamp: [
      "at", "time", "date", "promoted_at", "validated_at", "performed_at", "reproduced_at", "retired_at", "created_at",
      "checked_at", "finished_at", "when",
    ],
    .reason: ["comment", "message", "note", "description", "justification", "why"],
    .inferenceCommit: inferenceCommitNames,
    .check: ["name", "validation", "test", "check_name", "id"],
    .kind: ["type", "category"],
    .result: ["status", "outcome", "verdict", "passed", "success", "drift_detected", "reproduced", "ok"],
    .value: ["score", "measured", "metric_value", "observed"],
    .threshold: ["limit", "max", "maximum", "required", "min", "minimum"],
    .statistic: ["metric", "method", "stat_test", "measure"],
    .dataset: [
      "datasets", "data", "dataset_digest", "dataset_digests", "dataset_sha256", "dataset_name", "evaluated_on",
    ],
    .referenceDataset: [
      "reference", "reference_digest", "reference_dataset_digest", "reference_data", "baseline", "baseline_dataset",
      "training_dataset",
    ],
    .currentDataset: [
      "current", "current_digest", "current_dataset_digest", "current_data", "production_dataset", "production_data",
    ],
    .tool: ["tool_name", "framework", "library", "runner"],
    .reproducedDigest: [
      "reproduced_sha256", "new_digest", "new_sha256", "rerun_digest", "rerun_sha256", "reproduced_model_digest",
    ],
    .metrics: ["scores", "results"],
    .owner: ["responsible", "contact", "team"],
    .tested: ["tested_at", "tested_on", "last_tested", "last_test", "drill", "last_drill", "rehearsed", "test_date"],
    .target: [
      "target_version", "rollback_to", "roll_back_to", "rollback_version", "fallback", "fallback_version", "return_to",
    ],
  ]
}
