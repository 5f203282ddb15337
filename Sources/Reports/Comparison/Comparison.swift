import Records

/// Runs or versions held against each other: what went in, what came out, and where they part first.
package struct Comparison: Sendable, Hashable {
  /// One of those that are compared; the first is what the others are held against.
  package struct Side: Sendable, Hashable {
    package let subject: Subject
    /// The run behind a version or an alias.
    package let run: String?
    package let recordedAt: String?

    package init(subject: Subject, run: String?, recordedAt: String?) {
      self.subject = subject
      self.run = run
      self.recordedAt = recordedAt
    }
  }

  /// What is compared, in the order in which one input decides what the next can mean.
  package enum Topic: String, Sendable, CaseIterable {
    case code, data, config, params, environment, seeds, metrics, artifacts

    /// Whether it went in; the others came out.
    package var isInput: Bool { self != .metrics && self != .artifacts }
  }

  package enum State: String, Sendable {
    case same
    /// Not equal, and within the tolerance.
    case close
    case different
  }

  /// One fact, as each side has it.
  package struct Row: Sendable, Hashable {
    package let name: String
    /// In the order of the sides; nil where it is not recorded.
    package let values: [String?]
    package let state: State
    /// How far the last value is from the first, for numbers of two sides.
    package let change: String?

    package init(name: String, values: [String?], state: State? = nil, change: String? = nil) {
      self.name = name
      self.values = values
      let first = values.first ?? nil
      self.state = state ?? (values.allSatisfy { Self.isSame(first, $0) } ? .same : .different)
      self.change = change
    }

    /// By bytes: two spellings of one letter are two values.
    private static func isSame(_ left: String?, _ right: String?) -> Bool {
      switch (left, right) {
      case (let left?, let right?): left.hasSameBytes(as: right)
      case (nil, nil): true
      default: false
      }
    }
  }

  package struct Section: Sendable, Hashable {
    package let topic: Topic
    package let rows: [Row]
    /// What could not be compared and why, and what the log of the code says.
    package let notes: [String]
    /// Commits between two sides, a list for each side but the first; empty when nothing is known of them.
    package let logs: [Log]

    package init(topic: Topic, rows: [Row], notes: [String] = [], logs: [Log] = []) {
      self.topic = topic
      self.rows = rows
      self.notes = notes
      self.logs = logs
    }

    /// What all sides have alike does not differ.
    package var differing: [Row] { rows.filter { $0.state == .different } }
    package var isRecorded: Bool { rows.contains { $0.values.contains { $0 != nil } } }
  }

  /// The commits that a side has and the first does not.
  package struct Log: Sendable, Hashable {
    package let side: Int
    /// `3 commits from 1a2b3c4d5e6f to 0f9e8d7c6b5a`.
    package let title: String
    package let lines: [String]
    package let leftOut: Int

    package init(side: Int, title: String, lines: [String], leftOut: Int) {
      self.side = side
      self.title = title
      self.lines = lines
      self.leftOut = leftOut
    }
  }

  /// A step of lineage that some sides have and others do not.
  package struct Link: Sendable, Hashable {
    package let child: String
    package let relation: String
    package let parent: String
    /// Whether each side has the step.
    package let isIn: [Bool]
    /// Whether each side has the parent at all.
    package let hasParent: [Bool]

    package init(child: String, relation: String, parent: String, isIn: [Bool], hasParent: [Bool]) {
      self.child = child
      self.relation = relation
      self.parent = parent
      self.isIn = isIn
      self.hasParent = hasParent
    }
  }

  package let sides: [Side]
  package let sections: [Section]
  /// Steps that not every side has.
  package let links: [Link]
  /// Steps that all have.
  package let sharedLinks: Int
  package let now: String
  /// Within what metrics count as the same, as it was asked for; nil for exactly.
  package let tolerance: String?

  package init(
    sides: [Side], sections: [Section], links: [Link], sharedLinks: Int, now: String, tolerance: String?
  ) {
    self.sides = sides
    self.sections = sections
    self.links = links
    self.sharedLinks = sharedLinks
    self.now = now
    self.tolerance = tolerance
  }

  package subscript(topic: Topic) -> Section? { sections.first { $0.topic == topic } }

  /// Whether nothing that is compared differs; names and times of the sides are not compared.
  package var isSame: Bool { sections.allSatisfy(\.differing.isEmpty) && links.isEmpty }

  /// The first input that differs, in the order of `Topic`.
  package var first: (topic: Topic, row: Row)? {
    for section in sections where section.topic.isInput {
      if let row = section.differing.first { return (section.topic, row) }
    }
    return nil
  }
}
