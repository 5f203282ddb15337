import AuditDatabase
import Records

/// What on record stands for each item of the checklist, a line each.
struct CheckEvidence {
  private let facts: Provenance

  init(_ facts: Provenance) { self.facts = facts }

  /// In the order of `Checklist.items`.
  var byItem: [[String]] { [commit, requirements, images, data, config, seeds, results] }

  private var commit: [String] {
    guard let commit = facts.commit, let hash = commit.hash else { return [] }
    let tree = commit.isDirty.map { $0 ? "with uncommitted changes" : "clean" }
    let place = commit.repository.map { "in \($0)" }
    let state = commit.resolution == "found" ? "found there" : commit.resolution
    return [hash, [place, tree, state].compactMap(\.self).joined(separator: ", ")]
  }

  private var requirements: [String] {
    let platform = facts.platform.filter { !$0.name.hasSuffix("image") }.map { "\($0.name) \($0.value ?? "")" }
    let count = facts.requirements.count
    return (count == 0 ? [] : [count == 1 ? "1 requirement" : "\(count) requirements"]) + platform
  }

  private var images: [String] {
    let images = facts.platform.filter { $0.name.hasSuffix("image") }
    // A Dockerfile mostly begins with the image that the record names.
    return images.enumerated().filter { index, image in !images[..<index].contains { $0.value == image.value } }.map {
      "\($0.element.name): \($0.element.value ?? "")"
    }
  }

  private var data: [String] {
    facts.datasets.flatMap { use -> [String] in
      if let gap = use.gap { return ["\(use.name): \(gap)"] }
      let records = use.records.map { ", \($0) records" } ?? ""
      let role = use.role.map { "\($0): " } ?? ""
      let digest = use.found.count == 1 ? "sha256:\(use.found[0])" : use.claimed
      return ["\(role)\(use.name)\(records)"] + (digest.map { [$0] } ?? [])
    }
  }

  private var config: [String] {
    guard let config = facts.config else { return [] }
    if config.isInline { return ["inline in the record"] }
    return [config.declared ?? config.path ?? "", config.sha256.map { "sha256:\($0)" } ?? "not read"]
  }

  private var seeds: [String] {
    let seeds = facts.seeds.map { "\($0.name) \($0.value ?? "null")" }.joined(separator: ", ")
    let determinism = facts.run?.isDeterministic.map { $0 ? "deterministic" : "not deterministic" }
    return (seeds.isEmpty ? [] : [seeds]) + [determinism].compactMap(\.self)
  }

  private var results: [String] {
    let counts = [(facts.metrics.count, "metric"), (facts.artifacts.count { $0.role != "record" }, "file")]
    let logs = facts.artifacts.filter { $0.role == "log" }.map { "log \($0.path)" }
    return counts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)\($0.0 == 1 ? "" : "s")" } + logs
  }
}
