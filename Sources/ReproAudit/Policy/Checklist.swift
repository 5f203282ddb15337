import AuditDatabase
import Records

/// The seven items of the reproducibility checklist, each with the rules that decide it.
public struct Checklist: Sendable {
  /// One column of the checklist matrix.
  public struct Item: Sendable, Hashable {
    public let title: String
    public let rules: [String]
  }

  public static let items: [Item] = [
    Item(title: "Commit", rules: ["missing-commit", "unresolvable-commit", "uncommitted-changes"]),
    Item(
      title: "Pinned requirements",
      rules: [
        "missing-requirements", "unpinned-requirement", "changed-requirements", "missing-python-version",
        "requirements-without-digest", "contradictory-environment",
      ]),
    Item(title: "Image tag", rules: ["missing-container-image", "floating-image-tag", "unpinned-base-image"]),
    Item(
      title: "Data snapshot and checksum",
      rules: [
        "missing-data-manifest", "dataset-without-digest", "dataset-digest-mismatch", "changed-data-manifest",
        "mutable-data-reference", "contradictory-dataset",
      ]),
    Item(title: "Config saved", rules: ["missing-config", "changed-config"]),
    Item(title: "Seeds set", rules: ["missing-seed", "unseeded-framework", "undeclared-nondeterminism"]),
    Item(
      title: "Run log, metrics, artifacts",
      rules: [
        "version-without-run", "missing-run-id", "unfinished-run", "missing-run-log", "missing-metrics",
        "contradictory-metrics", "missing-artifact-uri",
      ]),
  ]

  /// The outcome of each item for one version; without a run nothing can be said of most.
  static func outcomes(of version: VersionOutcomes.Row) -> [Outcome] {
    outcomes(of: version.outcomes, hasRun: version.hasRun)
  }

  /// From the worst outcome of each rule, by id.
  static func outcomes(of rules: [String: Outcome], hasRun: Bool) -> [Outcome] {
    items.map { item in
      let found = item.rules.compactMap { rules[$0] }
      guard let first = found.first else { return hasRun ? .notApplicable : .unverified }
      let worst = found.dropFirst().reduce(first, Outcome.worse)
      return hasRun || worst == .fail ? worst : .unverified
    }
  }
}
