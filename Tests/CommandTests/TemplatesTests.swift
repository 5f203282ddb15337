import Foundation
import Testing

/// `--templates DIR` and `repro-audit templates`.
@Suite struct TemplatesTests {
  private static let now = ["--now", "2026-03-01T00:00:00Z"]
  private static let version = "repro-audit/templates/1\n"

  private static func store() throws -> Store {
    let store = try Store()
    try store.addHealthyVersion()
    return store
  }

  /// Writes templates beside the store; returns their folder.
  private static func folder(_ files: [String: String], for store: Store) throws -> String {
    let folder = store.beside("templates")
    for (name, text) in files {
      let place = URL(filePath: folder).appending(path: name)
      try FileManager.default.createDirectory(at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: place)
    }
    return folder
  }

  private static func text(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

  @Test func `what is exported makes the same report, but for its name in the appendix`() throws {
    let store = try Self.store()
    let folder = store.beside("templates")
    let export = try Binary.run(["templates", "export", folder])
    #expect(export.status == 0 && export.output.contains("repro-audit/templates/1"), "\(export.errors)")
    #expect(try Self.text("\(folder)/VERSION") == Self.version)
    let shipped = Binary.root.appending(path: "Templates").path
    let names = try FileManager.default.subpathsOfDirectory(atPath: shipped)
    #expect(try Set(FileManager.default.subpathsOfDirectory(atPath: folder)) == Set(names + ["VERSION"]))
    let pages = try [[], ["--templates", folder]].map { arguments in
      let path = store.beside("r.html")
      _ = try Binary.run(["scan", store.root.path, "--quiet", "--html", path] + arguments + Self.now)
      return try Self.text(path)
    }
    #expect(pages[1].contains("<td>templates</td>") || pages[1].contains("templates"))
    let lines = pages.map { Set($0.split(separator: "\n")) }
    #expect(lines[0].subtracting(lines[1]) == [] && lines[1].subtracting(lines[0]).count <= 2)
  }

  @Test func `an override is taken, with a partial of one's own, and escapes what it is given`() throws {
    let store = try Self.store()
    try store.write("runs/x/run.json", #"{"run_id": "<b>x"}"#)
    let folder = try Self.folder(
      [
        "VERSION": Self.version, "report.md": "{{schema}} {{>own/list.md}}",
        "own/list.md": "{{#findings.groups}}{{#results}}[{{subject}}]{{/results}}{{/findings.groups}}\n",
        "diff.md": "{{schema}} {{verdict}}\n", ".gitignore": "x",
      ], for: store)
    let scan = try Binary.run(
      ["scan", store.root.path, "--quiet", "--markdown", "-", "--templates", folder + "/"] + Self.now)
    #expect(scan.output.hasPrefix("repro-audit/page/1 [") && scan.output.contains("[run:&lt;b&gt;x]"), "\(scan.output)")
    let diff = try Binary.run(
      ["diff", "m@1.0.0", "m@1.0.0", "--in", store.root.path, "--markdown", "-", "--templates", folder] + Self.now)
    #expect(diff.output.hasPrefix("repro-audit/diff-page/1 nothing that is recorded differs"), "\(diff.errors)")
    let database = store.beside("audit.db")
    _ = try Binary.run(["scan", store.root.path, "--quiet", "--db", database] + Self.now)
    let report = try Binary.run(["report", "--db", database, "--quiet", "--markdown", "-", "--templates", folder])
    #expect(report.output == scan.output)
    #expect(try Binary.run(["templates", "check", folder]).status == 0)
  }

  @Test(
    arguments: [
      (["report.html": "x"], "/VERSION: it is not there"),
      (["VERSION": "repro-audit/templates/9\n"], "/VERSION:1: the templates are for `repro-audit/templates/9`"),
      (
        ["VERSION": version, "reprot.html": "x"],
        "/reprot.html: unknown template `reprot.html`; did you mean `report.html`?"
      ),
      (["VERSION": version, "html/scop.html": "x"], "did you mean `html/scope.html`?"),
      (["VERSION": version, "report.html": "a\n{{#b}}\n{{/c}}"], "/report.html:3: not valid Mustache"),
      (["VERSION": version, "report.md": "a\n\n{{>own/none.md}}"], "/report.md:3: asks for the partial `own/none.md`"),
      (["VERSION": version, "report.md": "a\n{{{title}}}"], "/report.md:2: `{{{title}}}` would show"),
      (["VERSION": version, "html/meta.html": "{{&title}}"], "/html/meta.html:1: `{{&title}}` would show"),
      (["VERSION": version, "own/a.html": "{{=<% %>=}}<%{title}%>"], "/own/a.html:1: `{{=<% %>=}}` would"),
      (["VERSION": version, "report.html": "{{% CONTENT_TYPE:TEXT}}{{title}}"], "/report.html:1: `{{% CONTENT_TYPE"),
      (["VERSION": version, "report.html": "{{#causes}}{{{.}}}{{/causes}}"], "/report.html:1: `{{{.}}}` would"),
      (["VERSION": version, "report.html": "{{#title}}"], "/report.html:1: not valid Mustache"),
    ] as [([String: String], String)])
  func `a mistake is told before anything is scanned, with its place`(files: [String: String], words: String) throws {
    let store = try Self.store()
    let folder = try Self.folder(files, for: store)
    let page = store.beside("r.html")
    for arguments in [
      ["scan", store.root.path, "--html", page, "--templates", folder] + Self.now, ["templates", "check", folder],
    ] {
      let run = try Binary.run(arguments)
      #expect(run.status == 64 && run.output.isEmpty && run.errors.contains(words), "\(run.errors)")
      #expect(run.errors.hasPrefix("error: \(folder)/"), "\(run.errors)")
    }
    #expect(!FileManager.default.fileExists(atPath: page))
  }

  @Test func `bytes that are no text, a folder that is not there, and nothing to make from them`() throws {
    let store = try Self.store()
    let folder = try Self.folder(["VERSION": Self.version], for: store)
    try Data([0xFF, 0xFE]).write(to: URL(filePath: "\(folder)/page.css"))
    for (arguments, words) in [
      (["--html", "-", "--templates", folder], "/page.css: it is not UTF-8"),
      (["--html", "-", "--templates", store.beside("none")], "there is no such directory"),
      (["--json", "-", "--templates", folder], "only HTML and Markdown"),
    ] {
      let run = try Binary.run(["scan", store.root.path] + arguments + Self.now)
      #expect(run.status == 64 && run.errors.contains(words), "\(run.errors)")
    }
  }

  @Test func `export never overwrites unless it is told to`() throws {
    let store = try Self.store()
    let folder = try Self.folder(["page.css": "mine"], for: store)
    let refused = try Binary.run(["templates", "export", folder])
    #expect(refused.status == 64 && refused.errors.contains("/page.css: it is there already; --force overwrites"))
    #expect(try Self.text("\(folder)/page.css") == "mine")
    #expect(!FileManager.default.fileExists(atPath: "\(folder)/VERSION"))
    let forced = try Binary.run(["templates", "export", folder, "--force"])
    #expect(try forced.status == 0 && Self.text("\(folder)/page.css") != "mine")
    let blocked = try Binary.run(["templates", "export", "\(folder)/page.css/x"])
    #expect(blocked.status == 74 && blocked.errors.contains("cannot be written"), "\(blocked.errors)")
  }
}
