import ArgumentParser
import Foundation
import ReproAudit

/// `repro-audit policy`: what a policy says.
struct PolicyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "policy", abstract: "Check a policy, or show what it comes to.",
    subcommands: [Check.self, Show.self, Schema.self])

  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "check", abstract: "Say every mistake in policy files, with its place.",
      discussion: "Exit codes: 0 the policies can be used, 64 one cannot.")

    @Argument(help: ArgumentHelp("Policy files, or built-in policies.", valueName: "file")) var files: [String]

    func run() throws {
      var isUsable = true
      for file in files {
        do {
          let policy = try PolicyListing(file, near: ".")
          for warning in policy.warnings { Output.note("warning: \(warning)") }
          Output.write("\(file): ok, \(policy.summary), digest \(policy.digest)\n")
        } catch let error as PolicyErrors {
          _ = Output.usageErrors(error.lines)
          isUsable = false
        } catch let error as AuditError {
          Output.note("error: \(error)")
          isUsable = false
        }
      }
      if !isUsable { throw ExitCode(64) }
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show", abstract: "Print the effective policy as YAML, each value with where it was set.",
      discussion: "The SHA-256 of what --plain prints is the policy's digest in every report.")

    @Argument(
      help: ArgumentHelp(
        "A policy file or a built-in policy; default: what `scan` would use here.", valueName: "file"))
    var file: String?
    @Flag(help: "Without where values were set.") var plain = false

    func run() throws {
      do {
        let policy = try PolicyListing(file, near: FileManager.default.currentDirectoryPath)
        Output.write(plain ? policy.plain : policy.explained)
      } catch {
        throw Output.told(error)
      }
    }
  }

  struct Schema: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "schema", abstract: "Print the JSON Schema of policies, for editors.",
      discussion: """
        Write it to a file, and name the file in a policy's first line:
        # yaml-language-server: $schema=repro-audit.schema.json
        """)

    func run() throws { Output.write(try PolicySchema().text) }
  }
}
