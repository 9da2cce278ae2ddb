import StorefrontCore
import TerminalKit

/// Why keys from a configuration cannot be used.
public struct KeyMapProblem: Error, Hashable, Sendable, CustomStringConvertible {
    /// The command as the configuration names it.
    public let entry: String
    /// One clause for people.
    public let reason: String

    public var description: String { "keys.\(entry): \(reason)" }
}

extension KeyMap {
    /// The standard keys, some commands' replaced.
    ///
    /// - Parameter overrides: names of keys by the command's raw value, the one for hints first; `none` alone
    ///   leaves a command without keys.
    /// - Throws: the first problem by the commands' names: an unknown command or key, a key that means two
    ///   things in one place, or one that a text field would take from a command that is needed there.
    public init(overrides: [String: [String]]) throws(KeyMapProblem) {
        var keys = KeyMap.standard.keys
        let entries = overrides.keys.sorted()
        for entry in entries {
            guard let command = Command(rawValue: entry), command != .setQuantity else {
                throw KeyMapProblem(entry: entry, reason: Self.unknown(entry))
            }
            keys[command] = try Self.keys(named: overrides[entry] ?? [], of: entry)
        }
        self.init(keys: keys)
        for command in entries.compactMap(Command.init(rawValue:)) {
            try checkThatFieldsLeaveOne(to: command)
            try checkThatNoneIsTaken(of: command)
        }
    }

    private static func unknown(_ entry: String) -> String {
        let close = Command.allCases.first {
            $0.rawValue.lowercased() == entry.lowercased() || $0.title.lowercased() == entry.lowercased()
        }
        let hint = close.map { "; the name is \($0.rawValue)" } ?? ""
        return "there is no command of that name\(close == .setQuantity ? " to bind" : hint)"
    }

    private static func keys(named names: [String], of entry: String) throws(KeyMapProblem) -> [Key] {
        if names.map({ $0.lowercased() }) == ["none"] { return [] }
        var keys: [Key] = []
        for name in names {
            guard let key = Key(name: name) else {
                throw KeyMapProblem(
                    entry: entry,
                    reason: "\"\(Sanitizer.harmless(name))\" is no key; write a character, "
                        + "Ctrl-X, Alt-X, F1, Enter, Up, PgDn and the like, or none alone")
            }
            if case .character(let character) = key, character.isNumber {
                throw KeyMapProblem(
                    entry: entry,
                    reason: "digits are for numbers before a command, so \(name) can mean nothing else")
            }
            if !keys.contains(key) { keys.append(key) }
        }
        guard !keys.isEmpty else {
            throw KeyMapProblem(entry: entry, reason: "names no key; write none to leave it without one")
        }
        return keys
    }

    private func checkThatFieldsLeaveOne(to command: Command) throws(KeyMapProblem) {
        let isEssential = Self.essential.contains(command)
        guard isEssential || Self.usedInForms.contains(command) && !keys(of: command).isEmpty,
            keys(of: command).allSatisfy(\.isTakenByFields)
        else { return }
        let example =
            Self.standard.keys(of: command).first { !$0.isTakenByFields }?.name(ascii: true) ?? "F12"
        throw KeyMapProblem(
            entry: command.rawValue,
            reason:
                "it is needed while a text field has the keys, so give it one that is not typed, such as \(example)"
        )
    }

    private func checkThatNoneIsTaken(of command: Command) throws(KeyMapProblem) {
        for other in Command.allCases where other != command {
            // What forms confirm, lists open: one key by design.
            if [command, other].allSatisfy({ $0 == .open || $0 == .submit }) { continue }
            guard let place = Self.sharedPlace(command.scope, other.scope),
                let key = keys(of: command).first(where: { keys(of: other).contains($0) })
            else { continue }
            throw KeyMapProblem(
                entry: command.rawValue,
                reason: "\(key.name(ascii: true)) already means \(other.rawValue) \(place); "
                    + "give \(other.rawValue) another key, or none")
        }
    }

    /// Nobody could go on, back or out without these.
    private static let essential: [Command] = [.back, .quit, .nextField, .open, .submit, .up, .down]
    private static let usedInForms: [Command] = [.previousField, .reveal, .register, .browseAsGuest]

    /// Where both apply, in words; nil when nowhere. Lists are everywhere.
    private static func sharedPlace(_ one: CommandScope, _ other: CommandScope) -> String? {
        switch (one, other) {
        case (.screens(let some), .screens(let others)):
            some.first(where: others.contains).map { "on the screen \($0.title)" }
        case (.screens(let some), _), (_, .screens(let some)): some.first.map { "on the screen \($0.title)" }
        case (.lists, _), (_, .lists): "in lists"
        case (.everywhere, .everywhere): "everywhere"
        }
    }
}
