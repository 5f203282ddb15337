import ArgumentParser
import Foundation
import ReproAudit

/// `repro-audit rules`: the catalogue.
struct RulesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules", abstract: "Show the rules.", subcommands: [List.self, Explain.self])

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List every rule by category.")

    @Flag(help: "As a Markdown table.") var markdown = false
    @Option(help: ArgumentHelp("Write a Markdown page for each rule into a folder.", valueName: "folder"))
    var pages: String?

    func run() throws {
      let listing = try RuleListing()
      if let pages {
        do {
          for page in listing.pages {
            try page.text.write(toFile: "\(pages)/\(page.name)", atomically: true, encoding: .utf8)
          }
        } catch {
          throw Output.usageError("\(pages): the pages cannot be written: \(error.localizedDescription.lowercased())")
        }
        return
      }
      Output.write(markdown ? listing.markdownTable : listing.list)
    }
  }

  struct Explain: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "explain", abstract: "Say what a rule asks, why, and how to meet it.")

    @Argument(help: "The rule's id, as in reports.") var rule: String

    func run() throws {
      do {
        Output.write(try RuleListing().explain(rule))
      } catch let error as AuditError {
        throw Output.usageError(error.description)
      }
    }
  }
}
