import Glibc

/// libFuzzer's driver: makes inputs and calls the function with them until it has had enough.
@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
  _ count: UnsafeMutablePointer<CInt>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>,
  _ testOneInput: @convention(c) (UnsafePointer<UInt8>, Int) -> CInt
) -> CInt

/// The parser that `FUZZ_TARGET` names; without a name the names are printed.
private let parse: FuzzTarget.Parser = {
  guard let name = getenv("FUZZ_TARGET").map({ String(cString: $0) }) else {
    print(FuzzTarget.names.joined(separator: "\n"))
    exit(0)
  }
  guard let parse = FuzzTarget.named(name) else {
    print("error: no parser is called \(name)")
    exit(64)
  }
  return parse
}()

/// SwiftPM starts an executable here; libFuzzer's own `main` is left out for it.
@_cdecl("fuzz_pins_main")
public func start(
  _ count: CInt, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
) -> CInt {
  var count = count
  var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = arguments
  _ = parse
  return runDriver(&count, &arguments) { data, size in
    parse(Array(UnsafeBufferPointer(start: data, count: size)))
    return 0
  }
}
