import BuildFacts
import Foundation
import Testing

@testable import ProgramKit

/// What the programs are made of, and under which licences.
@Suite struct LicenceTests {
    private let home: TemporaryHome

    init() throws { home = try TemporaryHome() }

    /// Whoever adds a package to a program adds its licence, which the build must be able to read.
    @Test func everyPackageHasALicence() throws {
        for program in ["storefront", "storefront-server"] {
            let packages = Build.packages(of: program)
            for package in packages {
                #expect(!package.licence.isEmpty && !package.files.isEmpty, "\(program): \(package.name)")
                #expect(!package.version.isEmpty && package.source.hasPrefix("https://"), "\(package.name)")
            }
            let names = packages.map { $0.name.lowercased() }
            #expect(Set(names).count == names.count)
            for name in ["grdb", "swift-argument-parser", "swift"] {
                #expect(names.contains { $0.hasPrefix(name) }, "\(program) without \(name)")
            }
            #expect(names.contains("swift-nio") == (program == "storefront-server"))
            #expect(names.contains("yams") || program == "storefront-server")
        }
    }

    @Test func doctorListsThem() throws {
        let program = try Program()
        let run = try program.run("doctor", "--licences", "--json")
        let packages = try #require(try run.json()["packages"] as? [[String: Any]])
        #expect(packages.count == Build.packages(of: "storefront").count)
        #expect(packages.contains { $0["licence"] as? String == "MIT" })
        let libraries = try #require(try run.json()["libraries"] as? [[String: Any]])
        for name in ["libsqlite3.so", "libncursesw.so", "libc.so", "libcurl.so"] {
            #expect(libraries.contains { ($0["path"] as? String)?.contains(name) == true }, "\(name)")
        }
        let text = try program.run("doctor", "--licences")
        #expect(text.code == 0 && text.output.contains("GRDB") && text.output.contains("libsqlite3"))
        #expect(!program.home.exists("data"))
    }

    // MARK: - The libraries of the system

    @Test func aLibraryIsFoundInItsPackage() throws {
        try home.file("var/lib/dpkg/info/libone1:amd64.list", "/.\n/lib/x86_64-linux-gnu/libone.so.1.2\n")
        try home.file("var/lib/dpkg/info/libtwo.list", "/usr/lib/libtwo.so.2\n")
        try home.file(
            "usr/share/doc/libone1/copyright",
            """
            Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
            License: none

            Files: debian/*
            License: GPL-2+

            Files: *
            Copyright: 1999 Somebody
            License: Zlib
            """)
        try home.file("usr/share/doc/libtwo/copyright", "It is in the public domain.\nLicense: not one\n")
        let maps = """
            7f00-7f01 r-xp 00000000 08:01 12 /usr/lib/x86_64-linux-gnu/libone.so.1.2
            7f01-7f02 r--p 00001000 08:01 12 /usr/lib/x86_64-linux-gnu/libone.so.1.2
            7f02-7f03 r--p 00001000 08:01 12 /usr/lib/libtwo.so.2
            7f03-7f04 r--p 00001000 08:01 12 /opt/own/libthree.so
            7f04-7f05 r-xp 00000000 08:01 12 /usr/bin/storefront
            7f05-7f06 rw-p 00000000 00:00 0 [heap]
            """
        let found = SystemLibrary.find(SystemLibrary.paths(in: maps), root: home.url.path)
        #expect(
            found == [
                SystemLibrary(path: "/opt/own/libthree.so", package: nil, licence: nil, copyrightFile: nil),
                SystemLibrary(
                    path: "/usr/lib/libtwo.so.2", package: "libtwo", licence: nil,
                    copyrightFile: home.path("usr/share/doc/libtwo/copyright")),
                SystemLibrary(
                    path: "/usr/lib/x86_64-linux-gnu/libone.so.1.2", package: "libone1", licence: "Zlib",
                    copyrightFile: home.path("usr/share/doc/libone1/copyright")),
            ])
    }

    // MARK: - What the build notes

    @Test func theBuildReadsLicences() throws {
        try home.file(
            "one/LICENSE", "Permission is hereby granted, free of charge\nCopyright (c) 2020 A \"B\" \\C\n")
        try home.file("two/LICENSE.txt", "Apache License\nVersion 2.0\nCopyright [yyyy] [name]\n")
        try home.file("two/NOTICE.txt", "   Copyright 2024 The Two Project\n")
        try home.file("three/LICENSE.md", "Do as you like.\n")
        let script = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Sources/BuildFactsPlugin/licences.sh").path
        let output = home.path("LinkedPackages.swift")
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments =
            [script, output, "/nonexistent/swiftc"]
            + ["one", "two", "three"].flatMap { [$0, "1.0", "https://\($0)", home.path($0), "storefront"] }
        try Program.finish(process)
        #expect(process.terminationStatus == 0)
        let text = try String(contentsOfFile: output, encoding: .utf8)
        #expect(
            text.contains(#"licence: "MIT", holder: "Copyright (c) 2020 A \"B\" \\C", files: ["LICENSE"]"#),
            "\(text)")
        #expect(
            text.contains(
                #"licence: "Apache-2.0", holder: "Copyright 2024 The Two Project", files: ["LICENSE.txt", "NOTICE.txt"]"#
            ),
            "\(text)")
        #expect(text.contains(#"licence: "", holder: "", files: ["LICENSE.md"]"#), "\(text)")
    }
}
