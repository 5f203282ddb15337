extension PolicySchema {
  static var duration: Fragment { ["type": "string", "pattern": "^([0-9]+[smhdwy])+$"] }

  static var stages: Fragment {
    map(
      "What stages ask of the version they point at, in promotion order.",
      of: object(
        nil,
        [
          "metrics": map("Limits by metric.", of: limits), "validations": validations, "drift": drift,
          "rollback": rollback, "approvals": approvals,
          "after": texts("Stages that a version must have been in before; `none`, or by default the one before."),
          "promotion_record": described(boolean, "Whether a promotion must be recorded in promotions.jsonl."),
        ]))
  }

  private static var boolean: Fragment { ["type": "boolean"] }
  private static var number: Fragment { ["type": "number"] }
  private static var count: Fragment { ["type": "integer", "minimum": 0, "maximum": 1000] }
  private static var amount: Fragment { ["type": "number", "minimum": 0] }

  private static var limits: Fragment {
    object(
      nil,
      [
        "min": number, "max": number, "higher_is_better": boolean,
        "tolerance": described(amount, "How much worse the value may be than that of the version it replaces."),
      ])
  }

  private static var validations: Fragment {
    let name = text("Of the validation, as recorded.")
    let one = object(
      nil, ["name": name, "kind": text("Of the validation."), "max_age": duration, "dataset": text("It was run on.")])
    return described(
      ["anyOf": [["const": "required"], list(["anyOf": [name, one]])]],
      "Validations that must be recorded in validations.jsonl; `required` is any.")
  }

  private static var drift: Fragment {
    let settings = object(
      nil, ["required": boolean, "max_age": duration, "statistic": text("Such as psi."), "limit": amount])
    return described(
      ["anyOf": [["const": "required"], boolean, settings]], "A check that the data has not drifted since training.")
  }

  private static var rollback: Fragment {
    object(
      "A plan for the way back.",
      [
        "plan": ["enum": ["required", "tested", "optional"]], "tested_within": duration,
        "document": text("Relative to the model's folder or one above it."),
      ])
  }

  private static var approvals: Fragment {
    let settings = object(
      nil,
      [
        "required": count, "roles": texts("Whose approval counts."), "by": texts("Whose approval counts."),
        "not_author": described(boolean, "Whether who promotes does not count."),
      ])
    return described(["anyOf": [count, settings]], "How many people must have agreed.")
  }
}
