import Foundation
import Testing

/// Partial audits of stores of other tools, and of what signatures are held against.
@Suite struct PartialStoreTests {
  /// Records of other kinds refer to each other in ways of their own, and to files beside their store.
  @Test(arguments: [
    "for f in mlartifacts/*/artifacts/model/model.pkl; do echo x >> $f; done",
    "rm mlartifacts/*/artifacts/model/model.pkl",
    "rm -r mlartifacts", "echo x >> data/train_2026-01.csv", "rm data/train_2026-01.csv", "echo x > README",
  ])
  func `a change beside a tracking store's database is judged as a whole audit judges it`(mutation: String) throws {
    let store = try Store()
    try FileManager.default.removeItem(at: store.root)
    try FileManager.default.copyItem(
      at: Binary.root.appending(path: "Fixtures/mlflow-sqlite/mlflow-2"), to: store.root)
    try store.shell(
      """
      cd "$1"; git init -q -b main .; git config user.email a@b; git config user.name a
      git add -Af; git commit -qm base
      """)
    let options = ["--map", "file:///srv/ml/mlflow-sqlite/mlflow-2=."]
    let before = PartialAuditTests.said(try store.scan(options).report)
    try store.shell("cd \"$1\"; \(mutation)")
    let whole = PartialAuditTests.said(try store.scan(options).report)
    let scan = try store.scan(options + ["--changed-since", "main"])
    let part = PartialAuditTests.said(scan.report)
    #expect(scan.report != nil, "\(scan.run.errors)")
    for (subject, results) in part { #expect(results == whole[subject], "\(subject)") }
    for (subject, results) in whole where results != before[subject] {
      #expect(part[subject] != nil, "\(subject) was not judged")
    }
    #expect(whole == before || !part.isEmpty)
  }

  @Test func `a changed key counts for everything`() throws {
    let store = try PartialAuditTests.store()
    try FileManager.default.copyItem(
      at: Binary.root.appending(path: "Fixtures/signed-model/signer.pub.pem"),
      to: store.root.appending(path: "signer.pem"))
    let options = ["--key", store.root.appending(path: "signer.pem").path, "--changed-since", "main"]
    try store.shell("cd \"$1\"; git add -A; git commit -qm key")
    #expect(PartialAuditTests.said(try store.scan(options).report).isEmpty)
    try store.shell("cd \"$1\"; echo >> signer.pem")
    #expect(
      PartialAuditTests.said(try store.scan(options).report)
        == PartialAuditTests.said(try store.scan(Array(options.prefix(2))).report))
  }
}
