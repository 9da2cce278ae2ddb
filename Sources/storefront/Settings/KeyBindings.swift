import ProgramKit
import StorefrontTUI
import Yams

/// The section `keys` of the configuration file.
///
/// swift-configuration finds values by names that it is asked for, so a misspelt command would go unseen;
/// that section is read as it stands.
struct KeyBindings: Sendable {
    /// Names of keys by the name of the command.
    let overrides: [String: [String]]
    private let path: String

    /// - Throws: `CommandFailure` when the section is no map of commands to keys.
    static func load(from places: Places) throws -> KeyBindings {
        let path = places.configuration
        guard let section = try ConfigurationFile.root(places)?["keys"], section.null == nil else {
            return KeyBindings(overrides: [:], path: path)
        }
        guard let mapping = section.mapping else {
            throw CommandFailure("\(path), keys: must be a map of commands to keys")
        }
        var overrides: [String: [String]] = [:]
        for (name, value) in mapping {
            let command = name.scalar?.string ?? ""
            let names = value.scalar.map { [$0.string] } ?? value.sequence?.compactMap(\.scalar?.string)
            guard let names else {
                throw CommandFailure("\(path), keys.\(command): must be a key or a list of keys")
            }
            overrides[command] = names
        }
        return KeyBindings(overrides: overrides, path: path)
    }

    /// - Throws: `CommandFailure` that names file, entry and what is wrong with it.
    func map() throws -> KeyMap {
        do { return try KeyMap(overrides: overrides) } catch { throw CommandFailure("\(path), \(error)") }
    }

    /// What `map()` would throw, in words.
    var problem: String? {
        do throws(KeyMapProblem) {
            _ = try KeyMap(overrides: overrides)
            return nil
        } catch { return "\(path), \(error)" }
    }
}
