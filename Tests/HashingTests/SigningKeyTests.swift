import Foundation
import Testing

@testable import Hashing

/// Keys in PEM, as openssl writes them.
@Suite struct SigningKeyTests {
  /// `openssl genpkey -algorithm ed25519`, of a seed that is all in RFC 8032, 7.1, test 1.
  static let seed: [UInt8] = [
    0x9D, 0x61, 0xB1, 0x9D, 0xEF, 0xFD, 0x5A, 0x60, 0xBA, 0x84, 0x4A, 0xF4, 0x92, 0xEC, 0x2C, 0xC4, 0x44, 0x49, 0xC5,
    0x69, 0x7B, 0x32, 0x69, 0x19, 0x70, 0x3B, 0xAC, 0x03, 0x1C, 0xAE, 0x7F, 0x60,
  ]
  static let point: [UInt8] = [
    0xD7, 0x5A, 0x98, 0x01, 0x82, 0xB1, 0x0A, 0xB7, 0xD5, 0x4B, 0xFE, 0xD3, 0xC9, 0x64, 0x07, 0x3A, 0x0E, 0xE1, 0x72,
    0xF3, 0xDA, 0xA6, 0x23, 0x25, 0xAF, 0x02, 0x1A, 0x68, 0xF7, 0x07, 0x51, 0x1A,
  ]
  static let privateStart: [UInt8] = [
    0x30, 0x2E, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20,
  ]
  static let publicStart: [UInt8] = [0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x03, 0x21, 0x00]

  private static func pem(_ der: [UInt8], _ kind: String) -> String {
    "-----BEGIN \(kind)-----\n\(Data(der).base64EncodedString(options: .lineLength64Characters))\n-----END \(kind)-----\n"
  }

  @Test func `the test vector of RFC 8032 comes out`() throws {
    let key = try #require(PrivateSigningKey(pem: Self.pem(Self.privateStart + Self.seed, "PRIVATE KEY")))
    let signature = try key.signature(of: [])
    #expect(signature.prefix(4) == [0xE5, 0x56, 0x43, 0x00] && signature.suffix(2) == [0x10, 0x0B])
    let known = try #require(SigningKey(pem: Self.pem(Self.publicStart + Self.point, "PUBLIC KEY"), name: "k"))
    #expect(known.id == key.id && known.verifies(signature, of: []))
    #expect(!known.verifies(signature, of: [0]) && !known.verifies(Array(signature.dropLast()), of: []))
    #expect(!known.verifies([], of: []))
  }

  /// With the public key behind the seed, as other tools write it.
  @Test func `the second version of the format is read too`() throws {
    var der: [UInt8] = [0x30, 0x51, 0x02, 0x01, 0x01] + Self.privateStart.dropFirst(5) + Self.seed
    der += [0x81, 0x21, 0x00] + Self.point
    let key = try #require(PrivateSigningKey(pem: Self.pem(der, "PRIVATE KEY")))
    #expect(key.id == SigningKey(pem: Self.pem(Self.publicStart + Self.point, "PUBLIC KEY"), name: "k")?.id)
  }

  @Test(arguments: [
    pem(publicStart + point.dropLast(), "PUBLIC KEY"), pem(privateStart + seed, "PUBLIC KEY"), pem([], "PUBLIC KEY"),
    "", "-----BEGIN PRIVATE KEY-----", "-----END PRIVATE KEY----------BEGIN PRIVATE KEY-----",
    "-----BEGIN PRIVATE KEY-----\n!!\n-----END PRIVATE KEY-----",
    pem([], "PRIVATE KEY"), pem(Array(privateStart.prefix(9)), "PRIVATE KEY"),
    pem(privateStart + seed.dropLast(), "PRIVATE KEY"), pem(publicStart + point, "PRIVATE KEY"),
    pem(privateStart.dropFirst() + seed, "PRIVATE KEY"), pem(privateStart + seed, "ENCRYPTED PRIVATE KEY"),
  ])
  func `what is no key is none`(text: String) {
    #expect(PrivateSigningKey(pem: text) == nil)
    #expect(SigningKey(pem: text, name: "k") == nil)
  }
}
