import Testing

@testable import ReproAudit

/// What people write behind `--rehash` and the limits.
@Suite struct ReadingOptionTests {
  @Test(arguments: [
    ("all", Rehash.all), ("none", Rehash.none), ("changed", Rehash.changed), ("oldest", Rehash.oldest),
    ("1/7", Rehash.share(part: 1, whole: 7)), ("7/7", Rehash.share(part: 7, whole: 7)),
  ])
  func `every form is read`(text: String, expected: Rehash) throws { #expect(try Rehash(text) == expected) }

  @Test(arguments: [
    ("0/7", "N from 1 to M"), ("8/7", "N from 1 to M"), ("1/0", "N from 1 to M"), ("-1/7", "N from 1 to M"),
    ("1/7/2", "not one of"), ("/", "N from 1 to M"), ("1/", "N from 1 to M"), ("+1/7", "N from 1 to M"),
    ("1/99999999999999999999", "N from 1 to M"), ("١/٧", "N from 1 to M"), ("oldst", "did you mean `oldest`"),
    ("Oldest", "did you mean `oldest`"), ("", "not one of"), ("everything", "all, changed, none, oldest"),
  ])
  func `anything else is refused with what would do`(text: String, hint: String) {
    let error = #expect(throws: AuditError.self) { try Rehash(text) }
    #expect(error?.description.contains(hint) == true, "\(error?.description ?? "")")
  }

  @Test(arguments: [
    ("1", 1), ("500M", 500_000_000), ("5G", 5_000_000_000), ("2Ti", 2_199_023_255_552), ("1.5k", 1500), ("10Ki", 10240),
    ("9007199254740993", 9_007_199_254_740_993), ("0", 0),
  ])
  func `amounts are read`(text: String, bytes: Int64) { #expect(ByteAmount(text)?.bytes == bytes) }

  @Test(arguments: [
    "", "G", "5 G", "5GB", "5g", "-5G", "5Gi ", "1.5", "1..5G", ".5G", "5.G", "1e3", "99999999999T",
    "9999999999999999999999", "5iG", "٥G", "NaN", "5Kib",
  ])
  func `what is no amount is refused`(text: String) { #expect(ByteAmount(text) == nil) }
}
