import ArgumentParser
import Foundation
import ReproAudit

/// `repro-audit rules`: the catalogue.
struct RulesCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules", abstract: "Show the rules, and test your own.",
    subcommands: [List.self, Explain.self, Test.self])

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List every rule by category.")

    @Flag(help: "As a Markdown table.") var markdown = false
    @Option(help: ArgumentHelp("Write a Markdown page for each rule into a folder.", valueName: "folder"))
    var pages: String?
    @Option(help: "Also the rules that this policy names.") var policy: String?

    func run() throws {
      let listing = try RulesCommand.usable { try RuleListing(policy: policy) }
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
    @Option(help: "Also the rules that this policy names.") var policy: String?

    func run() throws { Output.write(try RulesCommand.usable { try RuleListing(policy: policy).explain(rule) }) }
  }

  struct Test: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "test", abstract: "Run the case files of rules.",
      discussion: """
        A rule lies in ID.sql and its cases in ID.md: small stores, and the outcome that each subject must get. \
        docs/own-rules.md shows both. Exit codes: 0 every case holds, 1 one does not or a rule has none, 64 a rule or a \
        case file cannot be used.
        """)

    @Argument(help: ArgumentHelp("Rules, case files, or folders that hold them.", valueName: "path"))
    var paths: [String]

    func run() async throws {
      let test = try RulesCommand.usable { try RuleTest(paths: paths) }
      do {
        guard try await test.run({ Output.write($0 + "\n") }) else { throw ExitCode(1) }
      } catch {
        throw Output.told(error)
      }
    }
  }

  /// `body`, with what is wrong with the policy or the call said to people.
  fileprivate static func usable<Value>(_ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch {
      throw Output.told(error)
    }
  }
}
