import Foundation
import Records
import Rules
import Stores

/// The JSON Schema of policy files, for editors that complete and check as people type.
public struct PolicySchema {
  typealias Fragment = [String: Any]

  let catalogue: RuleCatalogue

  public init() throws { catalogue = try RuleCatalogue.builtIn() }

  init(catalogue: RuleCatalogue) { self.catalogue = catalogue }

  /// The schema (draft 2020-12), ended by a line break.
  public var text: String {
    get throws {
      let data = try JSONSerialization.data(
        withJSONObject: root, options: [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes])
      return String(decoding: data, as: UTF8.self) + "\n"
    }
  }

  private var root: Fragment {
    [
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "title": "repro-audit policy",
      "description": "Which rules apply to a store, how severe they are, and what its stages ask.",
      "type": "object",
      "additionalProperties": false,
      "properties": properties,
    ]
  }

  /// One a key of `PolicyReader.keys`.
  var properties: Fragment {
    [
      "name": Self.text("How reports name the policy; default: the file's name."),
      "extends": Self.texts(
        "What this policy is laid over, in order: \(Policy.builtIn.joined(separator: ", ")), or files, relative to this one."
      ),
      "rules": rules,
      "stages": Self.stages,
      "include": Self.texts("Only these paths of the store are looked at (globs)."),
      "exclude": Self.texts("These paths of the store are not looked at (globs)."),
      "scope": Self.object(
        "What is declared out of scope; reports list it first.",
        [
          "exclude": Self.list(
            Self.object(
              "A location, and why.",
              [
                "location": Self.text("A URI or path (glob)."), "reason": Self.text("For the auditor who asks."),
              ], required: ["location", "reason"]))
        ]),
      "run_schema": Self.text("The JSON Schema that every run record has to meet, relative to this file."),
      "own_rules": Self.texts("Files that end with `.sql`, or folders of them, relative to this file."),
      "rule_time_limit": Self.described(
        ["type": "integer", "minimum": 1, "maximum": 86_400], "How long an own rule may run, in seconds; default 60."),
      "subjects": subjects, "waivers": Self.waivers, "attestations": Self.attestations,
      "waiver_horizon": Self.described(Self.duration, "How many days a waiver may last; default 180d."),
      "synonyms": Self.object(
        "How this team names the keys of run records and data manifests.",
        Dictionary(
          uniqueKeysWithValues: RecordKey.allCases.map { ($0.name, Self.texts("Other names of `\($0.name)`.")) })),
    ]
  }

  private var rules: Fragment {
    let known: Fragment = Dictionary(
      uniqueKeysWithValues: catalogue.rules.map(\.description).map { rule in
        var settings: Fragment = ["severity": ["anyOf": [severity, bySeverity]] as Fragment]
        for parameter in rule.parameters { settings[parameter.name] = Self.value(of: parameter) }
        return (rule.id, ["description": rule.title, "anyOf": [severity, Self.object(nil, settings)]] as Fragment)
      })
    var rules = Self.object("Severity and parameters of rules, by id.", known)
    // Own rules are known to the policy only.
    rules["additionalProperties"] = ["anyOf": [severity, ["type": "object"]]] as Fragment
    return rules
  }

  /// Alias → severity.
  private var bySeverity: Fragment {
    Self.map("By the alias that reaches the subject; `otherwise`, and `*` for any.", of: severity)
  }

  var severity: Fragment {
    // YAML reads a bare `off` and `on` as booleans.
    ["enum": Severity.allCases.map(\.rawValue) + ["off", "on", true, false] as [Any]]
  }

  private static func value(of parameter: RuleParameter) -> Fragment {
    var fragment: Fragment =
      switch parameter.kind {
      case .integer: ["type": "integer"]
      case .number: ["type": "number"]
      case .boolean: ["type": "boolean"]
      case .duration: Self.duration
      case .text: ["type": ["string", "number", "boolean"]]
      case .list: texts(nil)
      }
    fragment["description"] = parameter.meaning
    return fragment
  }
}

extension PolicySchema {
  static func text(_ description: String) -> Fragment {
    ["type": "string", "minLength": 1, "description": description]
  }

  /// A text, or a list of texts.
  static func texts(_ description: String?) -> Fragment {
    let one: Fragment = ["type": ["string", "number", "boolean"]]
    return described(["anyOf": [one, list(one)]], description)
  }

  static func list(_ items: Fragment) -> Fragment { ["type": "array", "items": items] }

  static func map(_ description: String?, of values: Fragment) -> Fragment {
    described(["type": ["object", "null"], "additionalProperties": values], description)
  }

  static func object(_ description: String?, _ properties: Fragment, required: [String] = []) -> Fragment {
    var fragment: Fragment = ["type": "object", "additionalProperties": false, "properties": properties]
    if required.isEmpty { fragment["type"] = ["object", "null"] } else { fragment["required"] = required }
    return described(fragment, description)
  }

  static func described(_ fragment: Fragment, _ description: String?) -> Fragment {
    guard let description else { return fragment }
    var fragment = fragment
    fragment["description"] = description
    return fragment
  }
}
