// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

/// `scripts/fuzz` builds the parsers with what libFuzzer needs to see where an input leads.
let isFuzzing = Context.environment["REPRO_AUDIT_FUZZ"] != nil
let watched = strict + (isFuzzing ? [.unsafeFlags(["-sanitize=fuzzer"])] : [])

let package = Package(
  name: "repro-audit",
  products: [
    .library(name: "ReproAudit", targets: ["ReproAudit"]),
    .executable(name: "repro-audit", targets: ["repro-audit"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
  ],
  targets: [
    .systemLibrary(
      name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
    .target(name: "CSQLiteSettings", linkerSettings: [.linkedLibrary("sqlite3")]),
    .target(name: "Records", swiftSettings: watched),
    .target(
      name: "Documents", dependencies: [.product(name: "Yams", package: "Yams")], swiftSettings: watched),
    .target(name: "Pins", dependencies: ["Records", "Documents"], swiftSettings: watched),
    .target(
      name: "Hashing",
      dependencies: [
        "Records",
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      swiftSettings: strict),
    .target(
      name: "Stores",
      dependencies: [
        "Records", "Documents", "Pins", "Hashing",
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
      ],
      swiftSettings: strict),
    .target(
      name: "AuditDatabase",
      dependencies: [
        "Records", "CSQLiteSettings",
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
      ],
      exclude: ["Schema"], swiftSettings: strict, plugins: ["GenerateSources"]),
    .target(
      name: "Rules",
      dependencies: ["Records", "Documents", "AuditDatabase"],
      exclude: ["Catalog"], swiftSettings: strict, plugins: ["GenerateSources"]),
    .target(name: "Lineage", dependencies: ["Records"], swiftSettings: strict),
    .target(
      name: "Reports",
      dependencies: [
        "Records", "AuditDatabase", "Rules", "Lineage", "CLibXML2",
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "SystemPackage", package: "swift-system"),
        .product(name: "Mustache", package: "swift-mustache"),
      ],
      swiftSettings: strict, plugins: ["GenerateSources"]),
    .target(
      name: "ReproAudit",
      dependencies: [
        "Records", "Documents", "Pins", "Stores", "Hashing", "AuditDatabase", "Rules", "Lineage", "Reports",
        .product(name: "SystemPackage", package: "swift-system"),
        .product(name: "Subprocess", package: "swift-subprocess"),
      ],
      swiftSettings: strict),
    .executableTarget(
      name: "repro-audit",
      dependencies: [
        "ReproAudit",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),
    .executableTarget(
      name: "SourceGenerator",
      dependencies: [.product(name: "Yams", package: "Yams")],
      swiftSettings: strict),
    .testTarget(name: "RecordsTests", dependencies: ["Records"], swiftSettings: strict),
    .testTarget(
      name: "HashingTests",
      dependencies: ["Hashing", "Records", .product(name: "SystemPackage", package: "swift-system")],
      swiftSettings: strict),
    .testTarget(name: "DocumentsTests", dependencies: ["Documents"], swiftSettings: strict),
    .testTarget(
      name: "StoresTests",
      dependencies: [
        "Stores", "ReproAudit", "AuditDatabase", "Documents", "Hashing", "Records",
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      swiftSettings: strict),
    .testTarget(
      name: "AuditDatabaseTests",
      dependencies: ["AuditDatabase", "Records", .product(name: "GRDB", package: "GRDB.swift")],
      swiftSettings: strict),
    .testTarget(
      name: "RulesTests",
      dependencies: [
        "ReproAudit", "AuditDatabase", "Rules", "Records", "Stores", "Hashing",
        .product(name: "GRDB", package: "GRDB.swift"),
      ],
      exclude: ["Cases"],
      swiftSettings: strict),
    .testTarget(
      name: "ReproAuditTests",
      dependencies: [
        "ReproAudit", "AuditDatabase", "Documents", "Rules", "Records", "Hashing",
        .product(name: "GRDB", package: "GRDB.swift"),
      ],
      swiftSettings: strict),
    .testTarget(name: "CommandTests", dependencies: ["repro-audit", "ReproAudit", "Hashing"], swiftSettings: strict),
    .testTarget(name: "PinsTests", dependencies: ["Pins"], swiftSettings: strict),
    .testTarget(name: "LineageTests", dependencies: ["Lineage", "Records"], swiftSettings: strict),
    .testTarget(
      name: "ReportsTests", dependencies: ["Reports", "Documents", "Lineage", "Records", "CLibXML2"],
      exclude: ["Resources"],
      swiftSettings: strict),
    .testTarget(name: "ArchitectureTests", swiftSettings: strict),
    .plugin(
      name: "GenerateSources", capability: .buildTool(), dependencies: ["SourceGenerator"]),
  ]
)

if isFuzzing {
  package.targets.append(
    .executableTarget(
      name: "fuzz-pins", dependencies: ["Documents", "Pins"], path: "Fuzz/Sources",
      swiftSettings: watched + [.unsafeFlags(["-parse-as-library"])],
      linkerSettings: [.unsafeFlags(["-sanitize=fuzzer", "-use-ld=lld"])]))
}
