import Crypto
import Records

/// The identity of a detail over time: rule, subject, path and item, never a line or a message.
package enum Fingerprint {
  /// 32 hexadecimal digits; `root` is the name of the one scanned directory, which is no part of it.
  package static func of(_ detail: Detail, in result: RuleResult, below root: String?) -> String {
    let subject = result.subject.lasting(below: root)
    let parts = [result.rule, subject.store, subject.kind.rawValue, subject.name, detail.path ?? "", detail.item]
    return SHA256.hash(data: Array(parts.joined(separator: "\u{0}").utf8)).prefix(16).hexadecimal
  }
}
