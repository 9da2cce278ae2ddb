import ArgumentParser
import Foundation

/// The command line as ArgumentParser describes it to other tools.
package struct CommandTree: Decodable, Sendable {
    package struct Argument: Decodable, Sendable {
        package struct Name: Decodable, Sendable {
            let kind: String
            let name: String

            package var text: String { (kind == "long" ? "--" : "-") + name }
        }

        let kind: String
        let shouldDisplay: Bool
        let isOptional: Bool
        let isRepeating: Bool
        let names: [Name]?
        let valueName: String?
        package let abstract: String?

        /// `--db path`, `--json`, `id`
        package var spelling: String {
            let value = valueName ?? ""
            if kind == "positional" { return value + (isRepeating ? " ..." : "") }
            let all = (names ?? []).map(\.text).joined(separator: ", ")
            return kind == "option" ? "\(all) \(value)" : all
        }
    }

    package let commandName: String
    package let abstract: String?
    package let discussion: String?
    let shouldDisplay: Bool?
    let subcommands: [CommandTree]?
    let arguments: [Argument]?

    /// - Throws: when ArgumentParser describes itself in another way than it did.
    package static func whole(_ program: (some ParsableCommand).Type) throws -> CommandTree {
        return try JSONDecoder().decode(Tool.self, from: Data(program._dumpHelp().utf8)).command
    }

    /// Subcommands that do something, those that say how to use them aside.
    package var children: [CommandTree] {
        (subcommands ?? []).filter { $0.shouldDisplay != false && $0.commandName != "help" }
    }

    /// Arguments of its own; every command has --help and --version.
    package var ownArguments: [Argument] {
        (arguments ?? []).filter { argument in
            argument.shouldDisplay
                && !(argument.names ?? []).contains { $0.text == "--help" || $0.text == "--version" }
        }
    }

    /// `product list [--page n] [--json]`
    package func synopsis(after path: String) -> String {
        let parts = ownArguments.map { argument in
            argument.isOptional || argument.kind == "flag" ? "[\(argument.spelling)]" : argument.spelling
        }
        return ([path, commandName].filter { !$0.isEmpty } + parts).joined(separator: " ")
    }
}

/// What ArgumentParser puts around the tree.
private struct Tool: Decodable {
    let command: CommandTree
}
