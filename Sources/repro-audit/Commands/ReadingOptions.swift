import ArgumentParser
import Foundation
import ReproAudit

/// Which files a scan reads, and what that may take.
struct ReadingOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      What to re-hash: all, oldest (what was not verified for longest comes first), a share of the files such as 1/7, \
      changed (weaker: what size, times and inode show), or none.
      """, valueName: "what"))
  var rehash = "all"
  @Option(help: ArgumentHelp("Read no more than this, such as 500G.", valueName: "bytes")) var maxBytes: String?
  @Option(help: ArgumentHelp("Begin no file that is not read by then, such as 2h.", valueName: "duration"))
  var maxDuration: String?
  @Option(help: ArgumentHelp("Read no more than this a second, such as 200M.", valueName: "bytes"))
  var maxBandwidth: String?
  @Flag(help: "Read from the disk what the system has in memory.") var direct = false
  @Option(
    help: ArgumentHelp(
      "With --db: wait before a file that is not what it should be is read a second time.", valueName: "seconds"))
  var settle: Int?
  @Option(help: "How many files are read at once; default: the number of cores.") var jobs: Int?

  /// `options` already has its database and its selection.
  func apply(to options: inout AuditOptions) throws {
    do {
      options.rehash = try Rehash(rehash)
    } catch {
      throw Output.usageError(error.description)
    }
    options.limits.bytes = try maxBytes.map { try Self.amount($0, option: "--max-bytes") }
    options.limits.bytesPerSecond = try maxBandwidth.map { try Self.amount($0, option: "--max-bandwidth") }
    options.limits.seconds = try maxDuration.map { try Self.seconds($0, option: "--max-duration") }
    options.readsDirectly = direct
    options.settle = try settleTime(options)
    try check(options)
  }

  private func check(_ options: AuditOptions) throws {
    if options.rehash == .none, let given = [maxBytes, maxDuration, maxBandwidth].compactMap({ $0 }).first {
      throw Output.usageError("--rehash none: nothing is read, so that a limit of \(given) means nothing")
    }
    if options.rehash == .none, direct { throw Output.usageError("--direct: with --rehash none nothing is read") }
    if options.rehash == .all, options.limits.mayStop {
      throw Output.usageError(
        "--max-bytes and --max-duration leave files out; say which come first with --rehash oldest")
    }
    guard options.rehash != .all, options.rehash != .none else { return }
    guard options.database != nil else {
      throw Output.usageError("--rehash \(rehash): what is not read has to be remembered; name a database with --db")
    }
    guard options.rehash == .changed || options.subjects.isEmpty && options.changedSince == nil else {
      throw Output.usageError(
        "--rehash \(rehash): files take turns over a whole store; leave out --subject and --changed-since")
    }
  }

  private static func amount(_ text: String, option: String) throws -> Int64 {
    guard let amount = ByteAmount(text), amount.bytes > 0 else {
      throw Output.usageError("\(option) \(text): not \(ByteAmount.example)")
    }
    return amount.bytes
  }

  /// Whole seconds, at least one.
  static func seconds(_ text: String, option: String) throws -> Int {
    guard let seconds = PolicyDuration(text)?.seconds, seconds > 0 else {
      throw Output.usageError("\(option) \(text): not \(PolicyDuration.example)")
    }
    return seconds
  }

  private func settleTime(_ options: AuditOptions) throws -> Int {
    guard let settle else { return 0 }
    guard settle >= 0, settle <= 86400 else { throw Output.usageError("--settle \(settle): 0 to 86400 seconds") }
    guard options.database != nil else {
      throw Output.usageError("--settle \(settle): only a scan that remembers reads twice; name a database with --db")
    }
    guard options.rehash != .none else {
      throw Output.usageError("--settle \(settle): with --rehash none nothing is read")
    }
    return settle
  }

  func jobCount() throws -> Int {
    let cores = ProcessInfo.processInfo.activeProcessorCount
    guard let jobs else { return cores }
    guard jobs >= 1 else { throw Output.usageError("--jobs \(jobs): at least 1") }
    return jobs
  }
}
