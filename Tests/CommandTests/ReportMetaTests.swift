import Foundation
import Testing

/// `--report-meta`: what people say of an audit.
@Suite struct ReportMetaTests {
  private func scan(_ meta: String, html: Bool = true) throws -> (run: Binary.Run, page: String) {
    let store = try Store()
    try store.addHealthyVersion()
    let (path, page) = (store.beside("meta.yaml"), store.beside("report.html"))
    try meta.write(toFile: path, atomically: true, encoding: .utf8)
    let run = try Binary.run(
      ["scan", store.root.path, "-q", "--now", "2026-03-01T00:00:00Z", "--report-meta", path]
        + (html ? ["--html", page] : []))
    return (run, (try? String(contentsOfFile: page, encoding: .utf8)) ?? "")
  }

  @Test func `stands in the report, whatever it holds`() throws {
    let (run, page) = try scan(
      "organisation: '<b>Bank</b>'\nauditor: \"a\\u202Eb\"\nperiod: 2026\nsign_off: ['<script>', Reviewed by]\n")
    #expect(run.errors == "")
    for text in ["&lt;b&gt;Bank&lt;/b&gt;", "a⟨U+202E⟩b", "<dd>2026</dd>", "&lt;script&gt;", "Reviewed by"] {
      #expect(page.contains(text), "\(text)")
    }
  }

  @Test(
    arguments: [
      ("organization: x", "1: unknown key `organization`; did you mean `organisation`?"),
      ("\nauditor: [a, b]", "2: `auditor` takes a text"), ("auditor: ''", "1: `auditor` takes a text"),
      ("sign_off: me", "1: `sign_off` takes a list of texts, one for each line to sign on"),
      ("sign_off: [[a]]", "1: `sign_off` takes a list of texts, one for each line to sign on"),
      (
        "sign_off: [\(Array(repeating: "a", count: 21).joined(separator: ","))]",
        "1: `sign_off` has 21 lines; at most 20 are shown"
      ),
      ("", "1: says nothing of the report; it is a map with some of `organisation`"), ("- a", "1: says nothing"),
      ("a: [", "1: did not find"), ("auditor: a\nauditor: b", "2:"),
    ])
  func `a mistake is told with its line before anything is scanned`(meta: String, message: String) throws {
    let (run, page) = try scan(meta)
    #expect(run.status == 64)
    #expect(run.errors.contains("meta.yaml:\(message)"), "\(run.errors)")
    #expect(page == "")
  }

  @Test func `a file that is not there, and a report that would not show it, are usage errors`() throws {
    let store = try Store()
    let missing = try Binary.run(["scan", store.root.path, "--report-meta", store.beside("none.yaml"), "--html", "-"])
    #expect(missing.status == 64)
    #expect(missing.errors.contains("none.yaml: cannot be read: "))
    let (unseen, _) = try scan("auditor: a", html: false)
    #expect(unseen.status == 64)
    #expect(unseen.errors.contains("only the HTML report shows it; add --html FILE"))
  }
}
