import Foundation
import Testing

@testable import Stores

@Suite struct GitHeadTests {
  static let commit = String(repeating: "a", count: 40)

  private func commit(_ files: [String: String], at place: String) throws -> String? {
    let store = try StoreScratch(files)
    return GitHead.commit(in: store.root.path + "/" + place)
  }

  @Test(arguments: ["gitdir: ../main/.git/worktrees/w\n", "gitdir:../main/.git/worktrees/w"])
  func `a linked working tree has a commit of its own`(text: String) throws {
    let found = try commit(
      [
        "main/.git/HEAD": "ref: refs/heads/main\n", "main/.git/refs/heads/main": String(repeating: "b", count: 40),
        "main/.git/refs/heads/topic": Self.commit + "\n", "main/.git/worktrees/w/HEAD": "ref: refs/heads/topic\n",
        "main/.git/worktrees/w/commondir": "../..\n", "w/.git": text,
      ], at: "w")
    #expect(found == Self.commit)
  }

  @Test func `a submodule and a bare repository are read where their files lie`() throws {
    let module = ["sub/.git": "gitdir: ../.git/modules/sub\n", ".git/modules/sub/HEAD": Self.commit + "\n"]
    #expect(try commit(module, at: "sub") == Self.commit)
    let bare = ["r.git/HEAD": "ref: refs/heads/main\n", "r.git/packed-refs": "# x\n\(Self.commit) refs/heads/main\n"]
    #expect(try commit(bare, at: "r.git") == Self.commit)
  }

  @Test(arguments: ["", "nonsense\n", "gitdir: \n", "gitdir: /nowhere/at/all\n", "gitdir: ."])
  func `what leads nowhere has none`(text: String) throws {
    #expect(try commit(["w/.git": text], at: "w") == nil)
  }

  @Test(arguments: ["ref: refs/../../../etc/passwd\n", "ref: /etc/passwd\n", "ref: HEAD\n", "abc\n"])
  func `a head that leads out of the references has none`(head: String) throws {
    #expect(try commit([".git/HEAD": head, "etc/passwd": Self.commit], at: "") == nil)
  }
}
