import AuditDatabase
import Documents
import Foundation
import Hashing
import Records
import Rules

/// The effective policy of a pack, read again as any policy is.
struct EvidencePolicy {
  let policy: Policy

  /// Why it is none that a pack has.
  struct Fault: Error, Sendable, CustomStringConvertible { let description: String }

  /// `text` is the effective policy; `catalogue` has the pack's rules, those that the policy brought along too.
  init(_ text: [UInt8], catalogue: RuleCatalogue, ownRules: [RuleFile], runSchema: [UInt8]?) throws(Fault) {
    let folder: TemporaryFolder
    let policy: Policy
    do {
      folder = try TemporaryFolder()
    } catch {
      throw Fault(description: "it cannot be read: \(error)")
    }
    defer { folder.remove() }
    do {
      try Self.checkNames(text)
      for rule in ownRules {
        try Data(rule.text.utf8).write(to: URL(filePath: "\(folder.path)/\(rule.description.id).sql"))
      }
      if let runSchema, let name = try Self.runSchemaName(text) {
        try Data(runSchema).write(to: URL(filePath: "\(folder.path)/\(name)"))
      }
      let builtIn = RuleCatalogue(rules: catalogue.rules.filter { !$0.isOwn })
      policy = try PolicyLayers.policy(
        text, path: "\(folder.path)/policy", name: EvidenceNames.policy, catalogue: builtIn)
    } catch let fault as Fault {
      throw fault
    } catch let errors as PolicyErrors {
      throw Fault(description: errors.lines.joined(separator: "; ").replacing(folder.path + "/", with: ""))
    } catch {
      throw Fault(description: "it cannot be read: \(error)")
    }
    let again = PolicyText(policy: policy, catalogue: builtInAndOwn(catalogue, policy)).plain
    guard Array(again.utf8) == text else {
      throw Fault(
        description: "it is not spelled as repro-audit spells effective policies: line \(Self.line(again, text))")
    }
    self.policy = policy
  }

  /// What a policy may name leads anywhere; an effective one names nothing outside of itself but these.
  private static func checkNames(_ text: [UInt8]) throws {
    let root: DocumentNode
    do {
      root = try YAMLDocument.read(text)
    } catch {
      throw Fault(description: "\(error.line.map { "line \($0): " } ?? "")\(error.message)")
    }
    guard root["extends"] == nil else { throw Fault(description: "an effective policy extends nothing") }
    let files =
      (root["own_rules"]?.elements ?? [root["own_rules"]].compactMap { $0 }) + [root["run_schema"]].compactMap { $0 }
    for file in files {
      guard let name = file.text, !name.contains("/"), !name.hasPrefix("."), !name.utf8.contains(0) else {
        throw Fault(description: "line \(file.line): a file of an effective policy lies in the pack")
      }
    }
    let waivers =
      (root["waivers"]?.elements ?? [root["waivers"]].compactMap { $0 }) + (root["attestations"]?.elements ?? [])
    for waiver in waivers where waiver.entries == nil {
      throw Fault(description: "line \(waiver.line): an effective policy holds its waivers itself")
    }
  }

  private static func runSchemaName(_ text: [UInt8]) throws -> String? {
    try YAMLDocument.read(text)["run_schema"]?.text
  }

  /// The first line on which two texts differ, from 1.
  private static func line(_ text: String, _ other: [UInt8]) -> Int {
    zip(text.utf8, other).prefix { $0 == $1 }.count { $0.0 == UInt8(ascii: "\n") } + 1
  }
}

/// The pack's rules as the policy sees them.
private func builtInAndOwn(_ catalogue: RuleCatalogue, _ policy: Policy) -> RuleCatalogue {
  RuleCatalogue(rules: catalogue.rules.filter { !$0.isOwn }).adding(policy.ownRules)
}
