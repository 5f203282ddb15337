import Stores

extension StoreFixture {
  static let native: [StoreFixture] = [
    StoreFixture(
      kind: .native, folder: "fraud-registry",
      subjects: [
        "alias fraud-detector@prod", "alias fraud-detector@staging", "dataset dataset:transactions_v3",
        "model fraud-detector", "version fraud-detector@1.2.0", "version fraud-detector@1.2.1",
      ], runs: 3, claims: 19, record: "1.2.1/run.json$",
      inner: "^models/fraud-detector/1.2.1$",
      neutral: [
        Neutral(pattern: "^(repro-audit.yaml|run.schema.json)$", reason: "the built-in policy is asked, not this one"),
        Neutral(pattern: "^code.git/", reason: "git is asked for the commit, and checks its own objects"),
        Neutral(pattern: "(validations|promotions).jsonl$", reason: "other words and limits may be meant"),
        Neutral(pattern: "(LICENSE|MODEL_CARD.md|rollback.md)$", reason: "texts for people without a recorded digest"),
        Neutral(pattern: "run.log$", reason: "no record states a digest of the log"),
        Neutral(
          pattern: "^runs/weak-regularisation/(Dockerfile|run.yaml)$",
          reason: "another word in a variable of the image or in the hardware's name may be meant"),
      ])
  ]
}
