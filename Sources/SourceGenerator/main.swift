// Writes every file below a folder as a string literal of one Swift dictionary, sorted by path.
// `embedInCode` writes byte arrays, which take minutes to compile; string literals take a moment.
import Foundation

let arguments = CommandLine.arguments
guard arguments.count == 4 else {
  FileHandle.standardError.write(Data("usage: SourceGenerator FOLDER TYPE OUTPUT\n".utf8))
  exit(64)
}

do {
  let files = try EmbeddedFiles(folder: arguments[1])
  try files.source(type: arguments[2]).write(toFile: arguments[3], atomically: true, encoding: .utf8)
} catch {
  FileHandle.standardError.write(Data("error: \(error)\n".utf8))
  exit(1)
}
