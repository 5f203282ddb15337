import Mustache
import Synchronization

/// Templates by the page that they make, as the library has read them: a large audit makes a thousand pages of the same few.
final class ParsedTemplates: Sendable {
  private let libraries = Mutex<[String: MustacheLibrary]>([:])

  subscript(page: String) -> MustacheLibrary? {
    get { libraries.withLock { $0[page] } }
    set { libraries.withLock { $0[page] = newValue } }
  }
}
