import Foundation
import PackagePlugin

/// Makes Swift sources of the files that go into the binary: rules, templates and the database schema.
@main
struct GenerateSources: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    let package = context.package.directoryURL
    let (folder, type): (URL, String)
    switch target.name {
    case "Rules": (folder, type) = (package.appending(path: "Sources/Rules/Catalog"), "GeneratedCatalogue")
    case "Reports": (folder, type) = (package.appending(path: "Templates"), "GeneratedTemplates")
    case "AuditDatabase": (folder, type) = (package.appending(path: "Sources/AuditDatabase/Schema"), "GeneratedSchema")
    default: return []
    }
    let output = context.pluginWorkDirectoryURL.appending(path: "\(type).swift")
    return [
      .buildCommand(
        displayName: "Generating \(type)", executable: try context.tool(named: "SourceGenerator").url,
        arguments: [folder.path, type, output.path], inputFiles: inputs(below: folder), outputFiles: [output])
    ]
  }

  private func inputs(below folder: URL) -> [URL] {
    let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    return (files?.compactMap { $0 as? URL } ?? []).filter { !$0.hasDirectoryPath }.sorted { $0.path < $1.path }
  }
}
