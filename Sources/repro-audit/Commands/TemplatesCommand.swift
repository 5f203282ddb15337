import ArgumentParser
import ReproAudit

/// `repro-audit templates`: what the reports for people are made from.
struct TemplatesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "templates", abstract: "Make the reports for people look otherwise.",
    discussion: """
      HTML and Markdown reports are made from Mustache templates. Export them, change those you want and delete the others, \
      and name the directory with --templates. docs/templates.md says which data they get.

        repro-audit templates export templates
        repro-audit scan registry --templates templates --html report.html
      """, subcommands: [Export.self, Check.self])

  struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Write the built-in templates into a directory.",
      discussion: "Exit codes: 0 written, 64 a file is there already, 74 it could not be written.")

    @Argument(help: ArgumentHelp("Where they go.", valueName: "dir")) var folder: String
    @Flag(help: "Overwrite what is there.") var force = false

    func run() throws {
      do {
        let count = try TemplateSet.export(to: folder, overwrites: force)
        Output.write("\(count) files of \(TemplateSet.version) written to \(folder)\n")
      } catch {
        throw Output.told(error)
      }
    }
  }

  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Say whether templates of one's own can be used.",
      discussion: "Exit codes: 0 they can, 64 they cannot; the mistake is told with file and line.")

    @Argument(help: ArgumentHelp("The directory.", valueName: "dir")) var folder: String

    func run() throws {
      do {
        _ = try TemplateSet(folder: folder)
      } catch {
        throw Output.told(error)
      }
      Output.write("\(folder): \(TemplateSet.version)\n")
    }
  }
}
