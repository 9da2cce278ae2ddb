// swift-tools-version: 6.2
import Glibc
import PackageDescription

/// CI turns warnings into errors; a newer compiler's new warnings must not stop a newcomer's build.
let strict: [SwiftSetting] =
    Context.environment["STOREFRONT_STRICT"] == nil ? [] : [.treatAllWarnings(as: .error)]
let swift: [SwiftSetting] = strict + [.enableUpcomingFeature("ExistentialAny")]
/// What release builds of programs are linked with. The standard library's own options have every public function of
/// ours found by name from outside, which nobody does.
let linked: [LinkerSetting] = [
    .unsafeFlags(
        ["-use-ld=lld", "-Xlinker", "--no-export-dynamic"] + relocations, .when(configuration: .release))
]
/// Addresses within the program are noted in bits instead of 24 bytes each, where the C library knows that: since 2.36.
var relocations: [String] {
    var name = [CChar](repeating: 0, count: 64)
    confstr(Int32(_CS_GNU_LIBC_VERSION), &name, name.count - 1)
    let text = String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let version = text.split { $0 == " " || $0 == "." }.compactMap { Int($0) }
    return version.lexicographicallyPrecedes([2, 36])
        ? [] : ["-Xlinker", "-z", "-Xlinker", "pack-relative-relocs"]
}

// The half that knows the shop and nothing of terminals, the half that knows terminals and nothing of
// shops, and the targets that join them. Every arrow that architecture allows is spelled out here.
let package = Package(
    name: "storefront",
    products: [
        .executable(name: "storefront", targets: ["storefront"]),
        .executable(name: "storefront-server", targets: ["storefront-server"]),
        .executable(name: "storefront-bench", targets: ["storefront-bench"]),
    ],
    dependencies: [
        // SQLite: connections, migrations, records; the best kept of its kind.
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        // The command line: subcommands, help, completions.
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        // Settings from environment, .env and YAML with one precedence.
        .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0", traits: ["YAML"]),
        // Theme files and the names of bound keys, read with line and column of what is wrong.
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
        // The REST API's server: HTTP, routes, middleware; with swift-nio-ssl its TLS.
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.2"),
        // What Hummingbird is made of, where its names are used: limits in the channel, headers, logs, the
        // end.
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.34.1"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0", traits: []),
        .package(url: "https://github.com/apple/swift-log", from: "1.14.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.0.0"),
        // The access tokens of the API.
        .package(url: "https://github.com/vapor/jwt-kit", from: "5.7.1"),
    ],
    targets: [
        // MARK: C shims
        .target(
            name: "CNcurses",
            linkerSettings: [.linkedLibrary("ncursesw"), .linkedLibrary("tinfo")]
        ),
        // What a kiosk's session gives up: calls of the kernel that no library has.
        .target(name: "CLockdown"),
        .target(name: "CCrypt", linkerSettings: [.linkedLibrary("crypt")]),
        // Loads the system's libcurl when a server is asked for: FoundationNetworking, which wraps the same
        // library, costs every start 7 ms and lets no private authority be named.
        .target(name: "CCurl"),
        .target(name: "COpenSSL", linkerSettings: [.linkedLibrary("crypto")]),
        // One setting of SQLite that is a variadic C function, which Swift cannot call.
        .target(name: "CSQLite", linkerSettings: [.linkedLibrary("sqlite3")]),
        // Only the server's program and the tests are linked with it: without libpq the terminal program builds
        // and runs.
        .target(name: "CPostgres", linkerSettings: [.linkedLibrary("pq")]),

        // MARK: The shop
        .target(name: "StoreDomain", swiftSettings: swift),
        .target(name: "StoreService", dependencies: ["StoreDomain"], swiftSettings: swift),
        // Sets of products, and what a search finds put together from them, whatever stores them.
        .target(name: "StoreSearch", dependencies: ["StoreDomain"], swiftSettings: swift),
        // SHA-256, bcrypt and random bytes of the system's libraries.
        .target(
            name: "StoreCrypto", dependencies: ["StoreDomain", "StoreService", "CCrypt", "COpenSSL"],
            swiftSettings: swift),
        .target(
            name: "StoreSQLite",
            dependencies: [
                "StoreDomain", "StoreService", "StoreSearch", "StoreCrypto", "CSQLite",
                .product(name: "GRDB", package: "GRDB.swift"),
            ],
            swiftSettings: swift
        ),

        .target(
            name: "StorePostgres",
            dependencies: ["StoreDomain", "StoreService", "StoreSearch", "StoreCrypto", "CPostgres"],
            swiftSettings: swift
        ),

        // CSV is parsed here, a row at a time and by bytes: SwiftCSV wants the whole file as one String,
        // walks it by Character, takes invalid UTF-8 for replaced, and cannot say where a row is wrong.
        .target(name: "StoreTransfer", dependencies: ["StoreDomain"], swiftSettings: swift),

        // MARK: The REST API; nothing of the server is linked into the terminal program
        .target(name: "StoreWire", dependencies: ["StoreDomain"], swiftSettings: swift),
        .target(
            name: "StoreServer",
            dependencies: [
                "StoreDomain", "StoreWire", "StoreTransfer",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "JWTKit", package: "jwt-kit"),
            ],
            swiftSettings: swift
        ),
        .executableTarget(
            name: "storefront-server",
            dependencies: [
                "StoreServer", "StoreDomain", "StoreService", "StoreSQLite", "StorePostgres", "ProgramKit",
                "BuildFacts",
                .product(name: "HummingbirdTLS", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: swift,
            linkerSettings: linked
        ),

        // Which commit is built, noted by a plugin: a target of its own, so that another commit compiles one file.
        .plugin(
            name: "BuildFactsPlugin", capability: .buildTool(), path: "Sources/BuildFactsPlugin",
            exclude: ["commit.sh", "licences.sh"]),
        .target(name: "BuildFacts", swiftSettings: swift, plugins: ["BuildFactsPlugin"]),

        // What both programs share: settings from every source, the usual places, clock, keys, passwords, copies.
        .target(
            name: "ProgramKit",
            dependencies: [
                "StoreDomain", .product(name: "Configuration", package: "swift-configuration"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: swift
        ),
        .target(
            name: "StoreRemote", dependencies: ["StoreDomain", "StoreWire", "CCurl"], swiftSettings: swift),

        // MARK: The terminal
        .target(
            name: "TerminalKit",
            dependencies: [.product(name: "Yams", package: "Yams")],
            swiftSettings: swift
        ),
        .target(name: "TerminalNcurses", dependencies: ["TerminalKit", "CNcurses"], swiftSettings: swift),

        // MARK: Where the two halves meet
        .target(name: "StorefrontCore", dependencies: ["StoreDomain"], swiftSettings: swift),
        .target(
            name: "StorefrontTUI",
            dependencies: [
                "StorefrontCore", "StoreDomain", "TerminalKit",
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: swift
        ),
        // Sessions on tape: recorded, read, played, checked, shrunk.
        .target(
            name: "StorefrontTape",
            dependencies: ["StorefrontTUI", "StorefrontCore", "StoreDomain", "TerminalKit"],
            swiftSettings: swift
        ),
        .executableTarget(
            name: "storefront",
            dependencies: [
                "StoreDomain", "StoreService", "StoreCrypto", "StoreSQLite", "StoreWire", "StoreRemote",
                "StoreTransfer", "CLockdown", "StorefrontCore", "StorefrontTUI", "StorefrontTape",
                "ProgramKit",
                "BuildFacts",
                "TerminalKit",
                "TerminalNcurses",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Yams", package: "Yams"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: swift,
            linkerSettings: linked
        ),
        .executableTarget(
            name: "storefront-bench",
            dependencies: [
                "StoreDomain", "StoreService", "StoreSQLite", "StorePostgres", "StoreCrypto", "BuildFacts",
                // What is fuzzed.
                "StoreTransfer", "StoreWire", "StorefrontTape", "TerminalKit", "TerminalNcurses",
                // A PostgreSQL of its own, tills that are killed, and what is measured beside the shop.
                "PostgresTesting", "FaultTesting",
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: swift,
            linkerSettings: linked
        ),

        // MARK: Tests
        // What every store and the remote promise, and a shop in memory to try the rules on.
        .target(
            name: "StoreContracts", dependencies: ["StoreDomain", "StoreService"],
            path: "Tests/StoreContracts", swiftSettings: swift),
        .testTarget(
            name: "StoreServiceTests", dependencies: ["StoreService", "StoreDomain", "StoreContracts"],
            swiftSettings: swift),
        // What tests and the bench let go wrong for real: programs that are killed, a disk that is full.
        .target(name: "FaultTesting", path: "Tests/FaultTesting", swiftSettings: swift),
        .target(
            name: "StoreTesting",
            dependencies: [
                "StoreDomain", "StoreContracts", "StorefrontCore", "StorefrontTUI", "TerminalKit",
            ],
            path: "Tests/StoreTesting",
            swiftSettings: swift
        ),
        .testTarget(
            name: "StoreDomainTests", dependencies: ["StoreDomain", "StoreContracts"],
            swiftSettings: swift),
        .testTarget(
            name: "StoreSearchTests", dependencies: ["StoreSearch", "StoreDomain", "StoreContracts"],
            swiftSettings: swift),
        .executableTarget(
            name: "store-storm",
            dependencies: ["StoreSQLite", "StorePostgres", "StoreService", "StoreCrypto", "StoreDomain"],
            path: "Tests/store-storm",
            swiftSettings: swift
        ),
        .testTarget(
            name: "StoreSQLiteTests",
            dependencies: [
                "StoreSQLite", "StoreService", "StoreSearch", "StoreCrypto", "StoreContracts", "StoreTesting",
                "FaultTesting", "store-storm",
                "storefront-bench", .product(name: "GRDB", package: "GRDB.swift"),
            ],
            exclude: ["Fixtures"],
            swiftSettings: swift
        ),
        // A PostgreSQL cluster of the tests' own.
        .target(
            name: "PostgresTesting",
            dependencies: ["StorePostgres", "StoreService", "StoreDomain", "CPostgres"],
            path: "Tests/PostgresTesting", swiftSettings: swift),
        .testTarget(
            name: "StorePostgresTests",
            dependencies: [
                "StorePostgres", "StoreSQLite", "StoreService", "StoreSearch", "StoreCrypto", "StoreDomain",
                "StoreContracts", "StoreTesting", "FaultTesting", "PostgresTesting", "store-storm",
                .product(name: "GRDB", package: "GRDB.swift"),
            ],
            swiftSettings: swift
        ),
        .testTarget(
            name: "StoreTransferTests", dependencies: ["StoreTransfer", "StoreDomain"], swiftSettings: swift),
        .testTarget(
            name: "StoreWireTests", dependencies: ["StoreWire", "StoreDomain"], swiftSettings: swift),
        .testTarget(
            name: "StoreServerTests",
            dependencies: [
                "StoreServer", "StoreWire", "StoreDomain", "StoreService", "StoreContracts", "StoreSQLite",
                "StorePostgres", "PostgresTesting", "StoreTesting", "FaultTesting", "ProgramKit",
                "storefront-server",
                .product(name: "HummingbirdTesting", package: "hummingbird"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "GRDB", package: "GRDB.swift"),
            ],
            exclude: ["Goldens"],
            swiftSettings: swift
        ),
        .testTarget(
            name: "StoreRemoteTests",
            dependencies: [
                "StoreRemote", "StoreServer", "StoreWire", "StoreService", "StoreDomain", "StoreContracts",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "NIOCore", package: "swift-nio"),
            ],
            swiftSettings: swift),
        .testTarget(name: "TerminalKitTests", dependencies: ["TerminalKit"], swiftSettings: swift),
        .executableTarget(
            name: "terminal-probe",
            dependencies: ["TerminalNcurses", "TerminalKit"],
            path: "Tests/terminal-probe",
            swiftSettings: swift
        ),
        .target(name: "PtyTesting", path: "Tests/PtyTesting", swiftSettings: swift),
        .testTarget(
            name: "TerminalNcursesTests",
            dependencies: ["TerminalNcurses", "TerminalKit", "CNcurses", "PtyTesting", "terminal-probe"],
            swiftSettings: swift
        ),
        .testTarget(
            name: "StorefrontCoreTests",
            dependencies: ["StorefrontCore", "StoreDomain", "StoreTesting", "StoreContracts"],
            swiftSettings: swift
        ),
        .testTarget(
            name: "StorefrontTUITests",
            dependencies: [
                "StorefrontTUI", "StorefrontCore", "StoreDomain", "StoreService", "StoreSQLite",
                "TerminalKit",
                "TerminalNcurses", "StoreTesting", "StoreContracts",
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "Logging", package: "swift-log"),
            ],
            exclude: ["Goldens"],
            swiftSettings: swift
        ),
        .testTarget(
            name: "StorefrontTapeTests",
            dependencies: [
                "StorefrontTape", "StorefrontTUI", "StorefrontCore", "StoreDomain", "StoreSQLite",
                "TerminalKit",
                "StoreTesting", "StoreContracts", "storefront-bench",
            ],
            exclude: ["Tapes"],
            swiftSettings: swift
        ),
        .testTarget(
            name: "StorefrontBenchTests", dependencies: ["storefront-bench"], swiftSettings: swift),
        .testTarget(
            name: "EndToEndTests",
            dependencies: [
                "storefront", "storefront-server", "ProgramKit", "BuildFacts", "StoreDomain", "StoreService",
                "StoreSQLite",
                "StoreTesting", "PostgresTesting",
                "StoreContracts", "PtyTesting", "TerminalKit", .product(name: "GRDB", package: "GRDB.swift"),
            ],
            exclude: ["Tapes"],
            swiftSettings: swift
        ),
    ],
    swiftLanguageModes: [.v6]
)
