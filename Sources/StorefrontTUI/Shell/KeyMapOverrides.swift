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
            let command = Command(entry)
            guard let spec = CommandSpec[command], !spec.traits.contains(.unbindable) else {
                throw KeyMapProblem(entry: entry, reason: Self.unknown(entry))
            }
            keys[command] = try Self.keys(named: overrides[entry] ?? [], of: entry)
        }
        self.init(keys: keys)
        for spec in entries.compactMap({ CommandSpec[Command($0)] }) {
            try checkThatFieldsLeaveOne(to: spec)
            try checkThatNoneIsTaken(of: spec)
        }
    }

    private static func unknown(_ entry: String) -> String {
        let close = CommandSpec.all.first {
            $0.command.rawValue.lowercased() == entry.lowercased()
                || $0.title.lowercased() == entry.lowercased()
        }
        guard let close else { return "there is no command of that name" }
        return close.traits.contains(.unbindable)
            ? "there is no command of that name to bind"
            : "there is no command of that name; the name is \(close.command.rawValue)"
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

    private func checkThatFieldsLeaveOne(to spec: CommandSpec) throws(KeyMapProblem) {
        let command = spec.command
        let isEssential = spec.traits.contains(.essential)
        guard isEssential || spec.traits.contains(.inForms) && !keys(of: command).isEmpty,
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

    private func checkThatNoneIsTaken(of spec: CommandSpec) throws(KeyMapProblem) {
        let command = spec.command
        for (other, place) in CommandSpec.all.map({ ($0.command, $0.place) }) where other != command {
            // What forms confirm, lists open: one key by design.
            if [command, other].allSatisfy({ $0 == .open || $0 == .submit }) { continue }
            if Self.areNeverAtOnce(command, other) || Self.areNeverAtOnce(other, command) { continue }
            // Letters are the till's own there: arrows walk its lines, and there is nothing to load anew.
            if spec.place == .screens([.till]), other.walk != nil || other == .retry { continue }
            if place == .screens([.till]), command.walk != nil || command == .retry { continue }
            guard let place = Self.sharedPlace(spec.place, place),
                let key = keys(of: command).first(where: { keys(of: other).contains($0) })
            else { continue }
            throw KeyMapProblem(
                entry: command.rawValue,
                reason: "\(key.name(ascii: true)) already means \(other.rawValue) \(place); "
                    + "give \(other.rawValue) another key, or none")
        }
    }

    /// Where something is still to be loaded, no cash is asked for; where cash is, or who one is, no shift opens.
    private static func areNeverAtOnce(_ one: Command, _ other: Command) -> Bool {
        [.retry, .openShift].contains(one) && Command.roundAmounts.contains(other)
            || one == .openShift && other == .browseAsGuest
    }

    /// Where both apply, in words; nil when nowhere. Lists are everywhere.
    private static func sharedPlace(_ one: CommandPlace, _ other: CommandPlace) -> String? {
        switch (one, other) {
        case (.screens(let some), .screens(let others)):
            some.first(where: others.contains).map { "on the screen \($0.title)" }
        case (.screens(let some), _), (_, .screens(let some)): some.first.map { "on the screen \($0.title)" }
        case (.lists, _), (_, .lists): "in lists"
        case (.everywhere, .everywhere): "everywhere"
        }
    }
}
