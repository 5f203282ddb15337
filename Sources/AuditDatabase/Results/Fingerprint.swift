import Crypto
import Records

/// The identity of a detail over time: rule, subject, path and item, never a line or a message.
package enum Fingerprint {
  /// 32 hexadecimal digits; `root` is the name of the one scanned directory, which is no part of it.
  package static func of(_ detail: Detail, in result: RuleResult, below root: String?) -> String {
    let subject = result.subject.lasting(below: root)
    var bytes = Array(result.rule.utf8)
    for part in [subject.store, subject.kind.rawValue, subject.name, detail.path ?? "", detail.item] {
      bytes.append(0)
      bytes.append(contentsOf: part.utf8)
    }
    return SHA256.hash(data: bytes).prefix(16).hexadecimal
  }
}
