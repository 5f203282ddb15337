import ArgumentParser
import Foundation
import ReproAudit

/// `repro-audit attest`: what was found of a version, signed, for others to rely on.
struct AttestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "attest", abstract: "Write a signed statement of what the last scan found of a version.",
    discussion: """
      The statement names the version's files with their SHA-256 and says PASSED or FAILED, by the results of the version, \
      its run and the datasets of that run; of an alias, by the alias' too. It is an in-toto statement with a SLSA \
      verification summary in a DSSE envelope; `scan --key` reads it where it lies in the version's folder.

        repro-audit scan registry --db audit.db
        repro-audit attest fraud-detector@prod --db audit.db --sign-key audit.key -o fraud-detector.intoto.json

      Exit codes: 0 PASSED, 1 FAILED (written too), 3 the ledger is not as it was written, 64 there is nothing to attest, \
      74 it could not be written.
      """)

  @Argument(help: "A version or an alias, such as fraud-detector@1.2.0 or fraud-detector@prod.") var subject: String
  @Option(help: ArgumentHelp("The database that a complete scan kept.", valueName: "file")) var db: String
  @Option(help: ArgumentHelp("The private key (PEM), Ed25519 or P-256.", valueName: "file")) var signKey: String
  @Option(name: .shortAndLong, help: ArgumentHelp("Where it goes; `-` is standard output.", valueName: "file"))
  var output: String
  @Option(help: ArgumentHelp("The store, when several hold a version of this name.", valueName: "name"))
  var store: String?
  @Option(help: ArgumentHelp("Findings this severe or more are FAILED.", valueName: "severity"))
  var failOn: FailureThreshold = .error
  @Option(help: ArgumentHelp("Who verified.", valueName: "uri")) var verifier = "urn:repro-audit"
  @Option(help: ArgumentHelp("What the verdict is about; default: store and name of the subject.", valueName: "uri"))
  var resource: String?

  func run() throws {
    signal(SIGPIPE, SIG_IGN)
    do {
      let signer = try LedgerSigner(path: signKey)
      let audit = try KeptAudits.lastFacts(path: db)
      defer { try? audit.close() }
      if let reason = try audit.reasonNotToAttest(path: db) {
        Output.note("error: \(reason)")
        throw ExitCode(3)
      }
      var options = Attestation.Options()
      (options.store, options.failOn, options.verifier, options.resource) = (store, failOn, verifier, resource)
      let attestation = try Attestation(of: subject, in: audit, options)
      try attestation.write(to: output, signedBy: signer)
      guard attestation.isPassed else {
        Output.note("FAILED: \(subject): \(attestation.reason); `repro-audit explain \(subject) --db \(db)` says why")
        throw ExitCode(1)
      }
      Output.note("PASSED: \(subject)")
    } catch {
      throw Output.told(error)
    }
  }
}
