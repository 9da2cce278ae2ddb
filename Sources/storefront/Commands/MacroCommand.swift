import ArgumentParser
import ProgramKit
import StoreDomain
import StorefrontCore
import StorefrontTUI

struct MacroCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "macro", abstract: "List, add and remove words that are played at the till.",
        discussion: """
            A macro is what is typed at the till, a line each, under a name; a key plays it, or the word macro and \
            the name. Macros are this account's own and lie in macros.txt beside the configuration, which only its \
            owner may write.
            """,
        subcommands: [ListMacros.self, ShowMacro.self, AddMacro.self, RemoveMacro.self])
}

struct ListMacros: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the macros; exits with 1 where something is wrong in their file."
    )

    @OptionGroup var output: OutputOptions

    func run() async throws {
        let shelf = try await MacroPlace().shelf
        if output.json {
            Console.write(OutputJSON.array(shelf.macros.map(OutputJSON.macro)).text + "\n")
        } else if shelf.macros.isEmpty, shelf.problems.isEmpty {
            Console.line("There are no macros.")
        } else {
            var table = TextTable([.init("Name"), .init("Key"), .init("Lines", .right), .init("Words")])
            Console.write(
                table.lines(
                    shelf.macros.map { [$0.name, $0.key ?? "", String($0.words.count), $0.summary] }))
        }
        for problem in shelf.problems { Console.complain(problem) }
        if !shelf.problems.isEmpty { throw ExitCode.failure }
    }
}

struct ShowMacro: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "Show a macro's lines.")

    @OptionGroup var output: OutputOptions

    @Argument(help: "The macro's name.")
    var name: String

    func run() async throws {
        let place = try await MacroPlace()
        guard let macro = place.shelf.macros.first(where: { $0.name.lowercased() == name.lowercased() })
        else {
            throw CommandFailure("there is no macro \(name) in \(place.file.path)")
        }
        MacroOutput.print(macro, json: output.json)
    }
}

struct AddMacro: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Add a macro, such as: macro add coffee 4006381333931 '20 cash' --key F6")

    @OptionGroup var output: OutputOptions

    @Argument(help: "The macro's name.")
    var name: String

    @Argument(parsing: .remaining, help: "What is typed, a line each.")
    var words: [String]

    @Option(help: "The key that plays it, such as F6 or Alt-c.")
    var key: String?

    func run() async throws {
        let place = try await MacroPlace()
        let macro = TillMacro(name: name.cleanText, key: key, words: words.map(\.trimmedText))
        let shelf = try place.file.add(macro, place.currency, place.keyMap)
        guard let added = shelf.macros.first(where: { $0.name == macro.name }) else {
            throw CommandFailure("\(place.file.path) does not have the macro")
        }
        MacroOutput.print(added, json: output.json)
    }
}

struct RemoveMacro: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "remove", abstract: "Take a macro away.")

    @OptionGroup var output: OutputOptions

    @Argument(help: "The macro's name.")
    var name: String

    func run() async throws {
        let place = try await MacroPlace()
        let shelf = try place.file.remove(name, place.currency, place.keyMap)
        guard output.json else { return Console.line("The macro \(name) is gone.") }
        Console.write(OutputJSON.array(shelf.macros.map(OutputJSON.macro)).text + "\n")
    }
}

/// The file of macros and what it is read by.
private struct MacroPlace {
    let file: MacroFile
    let currency: Currency
    let keyMap: KeyMap

    init() async throws {
        let places = Places.current()
        file = MacroFile(path: places.macros)
        currency = try await Settings.load(SettingTable.all, flags: [:], in: places).checked().policy.currency
        keyMap = try KeyBindings.load(from: places).map()
    }

    var shelf: MacroShelf { file.shelf(currency, keyMap) }
}

private enum MacroOutput {
    static func print(_ macro: TillMacro, json: Bool) {
        Console.write(json ? OutputJSON.macro(macro).text + "\n" : MacroBook.text(of: macro))
    }
}

extension OutputJSON {
    fileprivate static func macro(_ macro: TillMacro) -> OutputJSON {
        .object([
            ("name", .string(macro.name)), ("key", .text(macro.key)),
            ("words", .array(macro.words.map(OutputJSON.string))),
        ])
    }
}
