import Foundation
import StorefrontCore
import Testing

@testable import storefront

@Suite struct ManualTests {
    /// Every subcommand, setting, and name that a key can be bound to, whoever adds one.
    @Test func thePageHasEverything() throws {
        let page = try Program().run("manual").output
        #expect(page.hasPrefix(".TH STOREFRONT 1 "))
        #expect(page.utf8.allSatisfy { $0 < 128 })
        for setting in SettingTable.all where !setting.isHidden {
            #expect(page.contains("\\fB\(setting.key), \(setting.environmentName)\\fR\n"))
        }
        for spec in CommandSpec.all where !spec.traits.contains(.unbindable) {
            #expect(page.contains(" [\(spec.command.rawValue)]\n"), "\(spec.command)")
        }
        for subcommand in Storefront.configuration.subcommands {
            let name = try #require(subcommand.configuration.commandName)
            let written = name.replacing("-", with: "\\-")
            #expect(page.contains(".SS \"storefront \(written)"), "\(name)")
        }
        // No line is a request that roff does not know, none starts with what it would swallow.
        let requests = Set(
            page.split(separator: "\n").filter { $0.hasPrefix(".") || $0.hasPrefix("'") }.map { $0.prefix(3) }
        )
        #expect(requests == [".TH", ".SH", ".SS", ".PP", ".TP"])
    }

    @Test func installsPageAndCompletions() throws {
        let program = try Program()
        let files = [
            "man/man1/storefront.1", "bash-completion/completions/storefront",
            "zsh/site-functions/_storefront", "fish/vendor_completions.d/storefront.fish",
        ]
        for (arguments, share) in [([], "data"), (["--prefix", program.home.path("usr")], "usr/share")] {
            // Again is harmless.
            for _ in 1...2 {
                let run = try program.run(["manual", "--install"] + arguments)
                #expect(run.code == 0)
                let wrote = files.map { "wrote \(program.home.path("\(share)/\($0)"))" }
                #expect(run.output.split(separator: "\n").map(String.init).dropLast() == wrote[...])
            }
            let page = try String(contentsOfFile: program.home.path("\(share)/\(files[0])"), encoding: .utf8)
            #expect(try page == program.run("manual").output)
            for file in files.dropFirst() {
                let script = try String(
                    contentsOfFile: program.home.path("\(share)/\(file)"), encoding: .utf8)
                #expect(script.contains("doctor"), "\(file)")
            }
        }
        #expect(!program.home.exists("data/storefront"))
    }

    @Test func saysWhereItCannotWrite() throws {
        let program = try Program()
        let file = try program.home.file("taken", "")
        let run = try program.run("manual", "--install", "--prefix", file.path)
        #expect(run.code == 1)
        #expect(
            run.complaints == [
                "storefront: \(file.path)/share/man/man1/storefront.1 cannot be written; --prefix names another place"
            ])
        #expect(try program.run("manual", "--prefix", "usr").code == 64)
    }
}
