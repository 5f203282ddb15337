import Foundation
import Testing

@Suite struct HelpTests {
  @Test func `the version is one line`() throws {
    let run = try Binary.run(["--version"])
    #expect(run.status == 0)
    #expect(run.output.split(separator: "\n").count == 1)
  }
}
