/// Why a text is no requirement; the message is for people.
struct RequirementMistake: Error, Hashable {
  let message: String

  init(_ message: String) { self.message = message }
}
