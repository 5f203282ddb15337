import ArgumentParser
import ReproAudit

/// `repro-audit plan`: what it takes to verify every file in time.
struct PlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan", abstract: "Say what verifying every file within some days takes: bytes and hours a night.",
    discussion: "It reckons with what the last scan found, and with the rate at which files were read.")

  @Option(help: "The audit database that scans keep.") var db: String
  @Option(help: ArgumentHelp("Each file is to be verified once within this, such as 30d.", valueName: "duration"))
  var within = "30d"

  func run() throws {
    let seconds = try ReadingOptions.seconds(within, option: "--within")
    do {
      Output.write(try VerificationPlan(database: db, within: seconds).text)
    } catch {
      throw Output.told(error)
    }
  }
}
