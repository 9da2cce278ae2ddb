import ArgumentParser
import Foundation

/// The command line as ArgumentParser describes it to other tools.
struct CommandTree: Decodable, Sendable {
    struct Argument: Decodable, Sendable {
        struct Name: Decodable, Sendable {
            let kind: String
            let name: String

            var text: String { (kind == "long" ? "--" : "-") + name }
        }

        let kind: String
        let shouldDisplay: Bool
        let isOptional: Bool
        let isRepeating: Bool
        let names: [Name]?
        let valueName: String?
        let abstract: String?

        /// `--db path`, `--json`, `id`
        var spelling: String {
            let value = valueName ?? ""
            if kind == "positional" { return value + (isRepeating ? " ..." : "") }
            let all = (names ?? []).map(\.text).joined(separator: ", ")
            return kind == "option" ? "\(all) \(value)" : all
        }
    }

    let commandName: String
    let abstract: String?
    let discussion: String?
    let shouldDisplay: Bool?
    let subcommands: [CommandTree]?
    let arguments: [Argument]?

    /// - Throws: when ArgumentParser describes itself in another way than it did.
    static func whole() throws -> CommandTree {
        struct Tool: Decodable { let command: CommandTree }
        return try JSONDecoder().decode(Tool.self, from: Data(Storefront._dumpHelp().utf8)).command
    }

    /// Subcommands that do something, those that say how to use them aside.
    var children: [CommandTree] {
        (subcommands ?? []).filter { $0.shouldDisplay != false && $0.commandName != "help" }
    }

    /// Arguments of its own; every command has --help and --version.
    var ownArguments: [Argument] {
        (arguments ?? []).filter { argument in
            argument.shouldDisplay
                && !(argument.names ?? []).contains { $0.text == "--help" || $0.text == "--version" }
        }
    }

    /// `product list [--page n] [--json]`
    func synopsis(after path: String) -> String {
        let parts = ownArguments.map { argument in
            argument.isOptional || argument.kind == "flag" ? "[\(argument.spelling)]" : argument.spelling
        }
        return ([path, commandName].filter { !$0.isEmpty } + parts).joined(separator: " ")
    }
}
