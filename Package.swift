// swift-tools-version: 6.2
import PackageDescription

/// CI turns warnings into errors; a newer compiler's new warnings must not stop a newcomer's build.
let strict: [SwiftSetting] =
    Context.environment["STOREFRONT_STRICT"] == nil ? [] : [.treatAllWarnings(as: .error)]
let swift: [SwiftSetting] = strict + [.enableUpcomingFeature("ExistentialAny")]

// The half that knows the shop and nothing of terminals, the half that knows terminals and nothing of
// shops, and the targets that join them. Every arrow that architecture allows is spelled out here.
let package = Package(
    name: "storefront",
    products: [
        .executable(name: "storefront", targets: ["storefront"]),
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
    ],
    targets: [
        // MARK: C shims
        .target(
            name: "CNcurses",
            linkerSettings: [.linkedLibrary("ncursesw"), .linkedLibrary("tinfo")]
        ),
        .target(name: "CCrypt", linkerSettings: [.linkedLibrary("crypt")]),
        .target(name: "COpenSSL", linkerSettings: [.linkedLibrary("crypto")]),

        // MARK: The shop
        .target(name: "StoreDomain", swiftSettings: swift),
        .target(
            name: "StoreSQLite",
            dependencies: [
                "StoreDomain", "CCrypt", "COpenSSL", .product(name: "GRDB", package: "GRDB.swift"),
            ],
            swiftSettings: swift
        ),

        // CSV is parsed here, a row at a time and by bytes: SwiftCSV wants the whole file as one String,
        // walks it by Character, takes invalid UTF-8 for replaced, and cannot say where a row is wrong.
        .target(name: "StoreTransfer", dependencies: ["StoreDomain"], swiftSettings: swift),

        // MARK: The REST API; nothing of the server is linked into the terminal program
        .target(name: "StoreWire", dependencies: ["StoreDomain"], swiftSettings: swift),

        // What both programs share: settings from every source, the usual places, clock, keys, passwords.
        .target(
            name: "ProgramKit",
            dependencies: [
                "StoreDomain", .product(name: "Configuration", package: "swift-configuration"),
            ],
            swiftSettings: swift
        ),

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
            dependencies: ["StorefrontCore", "StoreDomain", "TerminalKit"],
            swiftSettings: swift
        ),
        .executableTarget(
            name: "storefront",
            dependencies: [
                "StoreDomain", "StoreSQLite", "StoreTransfer", "StorefrontCore", "StorefrontTUI",
                "ProgramKit", "TerminalKit", "TerminalNcurses",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Yams", package: "Yams"),
            ],
            swiftSettings: swift
        ),
        .executableTarget(
            name: "storefront-bench",
            dependencies: [
                "StoreDomain", "StoreSQLite",
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: swift
        ),

        // MARK: Tests
        .target(
            name: "StoreTesting",
            dependencies: ["StoreDomain", "StorefrontCore", "StorefrontTUI", "TerminalKit"],
            path: "Tests/StoreTesting",
            swiftSettings: swift
        ),
        .testTarget(
            name: "StoreDomainTests", dependencies: ["StoreDomain", "StoreTesting"], swiftSettings: swift),
        .executableTarget(
            name: "store-storm",
            dependencies: ["StoreSQLite", "StoreDomain"],
            path: "Tests/store-storm",
            swiftSettings: swift
        ),
        .testTarget(
            name: "StoreSQLiteTests",
            dependencies: [
                "StoreSQLite", "StoreTesting", "store-storm", "storefront-bench",
                .product(name: "GRDB", package: "GRDB.swift"),
            ],
            swiftSettings: swift
        ),
        .testTarget(
            name: "StoreTransferTests", dependencies: ["StoreTransfer", "StoreDomain"], swiftSettings: swift),
        .testTarget(
            name: "StoreWireTests", dependencies: ["StoreWire", "StoreDomain"], swiftSettings: swift),
        .testTarget(name: "TerminalKitTests", dependencies: ["TerminalKit"], swiftSettings: swift),
        .executableTarget(
            name: "terminal-probe",
            dependencies: ["TerminalNcurses", "TerminalKit"],
            path: "Tests/terminal-probe",
            swiftSettings: swift
        ),
        .testTarget(
            name: "TerminalNcursesTests",
            dependencies: ["TerminalNcurses", "TerminalKit", "CNcurses", "terminal-probe"],
            swiftSettings: swift
        ),
        .testTarget(
            name: "StorefrontCoreTests",
            dependencies: ["StorefrontCore", "StoreDomain", "StoreTesting"],
            swiftSettings: swift
        ),
        .testTarget(
            name: "StorefrontTUITests",
            dependencies: [
                "StorefrontTUI", "StorefrontCore", "StoreDomain", "StoreSQLite", "TerminalKit",
                "StoreTesting",
            ],
            exclude: ["Goldens"],
            swiftSettings: swift
        ),
        .testTarget(
            name: "EndToEndTests",
            dependencies: ["storefront", "ProgramKit", "StoreDomain", "StoreSQLite", "StoreTesting"],
            swiftSettings: swift
        ),
    ],
    swiftLanguageModes: [.v6]
)
