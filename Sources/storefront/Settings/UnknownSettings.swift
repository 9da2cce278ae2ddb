import Foundation
import ProgramKit
import Yams

/// What the configuration file, `.env` and the environment set that is no setting.
///
/// Values are found by the names that are asked for, so a misspelt one would go unseen.
enum UnknownSettings {
    private static let settings: [any AnySetting] = SettingTable.all + ServerSettings.all
    private static let keys = settings.map(\.key)
    private static let variables = settings.map(\.environmentName)

    /// One sentence each, in the order in which the sources count.
    ///
    /// - Throws: `CommandFailure` when the configuration file is no YAML.
    static func problems(_ places: Places) throws -> [String] {
        inEnvironment(places.environment) + inDotEnv(places.dotEnv) + (try inConfiguration(places))
    }

    /// The same in one sentence for a screen, without the way to the file; nil when there is nothing.
    static func notice(_ places: Places) throws -> String? {
        let problems = try problems(places)
        guard let first = problems.first?.replacing(places.configuration, with: "config.yaml") else {
            return nil
        }
        return problems.count == 1 ? first : "\(first) (\(problems.count - 1) more: see storefront doctor)"
    }

    private static func inEnvironment(_ environment: [String: String]) -> [String] {
        environment.keys.filter(isUnknown).sorted().map {
            sentence("\($0) in the environment", $0, variables)
        }
    }

    private static func inDotEnv(_ path: String) -> [String] {
        guard let data = FileManager.default.contents(atPath: path) else { return [] }
        let lines = String(decoding: data, as: UTF8.self).split(
            omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        return lines.enumerated().compactMap { index, line in
            guard let equals = line.firstIndex(of: "=") else { return nil }
            let name = String(line[..<equals]).trimmingCharacters(in: .whitespaces)
            return isUnknown(name) ? sentence("\(path), line \(index + 1): \(name)", name, variables) : nil
        }
    }

    private static func isUnknown(_ variable: String) -> Bool {
        variable.hasPrefix("STOREFRONT_") && !variables.contains(variable)
    }

    private static func inConfiguration(_ places: Places) throws -> [String] {
        guard let root = try ConfigurationFile.root(places), root.null == nil else { return [] }
        guard let mapping = root.mapping else {
            return ["\(places.configuration) holds no settings; it wants lines such as theme: dark"]
        }
        return inSection(mapping, below: "", path: places.configuration)
    }

    private static func inSection(_ section: Node.Mapping, below prefix: String, path: String) -> [String] {
        section.flatMap { name, value -> [String] in
            let key = prefix + (name.scalar?.string ?? "?")
            let place = "\(path), line \(name.mark?.line ?? 1): \(key)"
            // The bindings of keys say themselves what is wrong with them.
            if key == "keys" { return [] }
            if keys.contains(key) {
                return value.mapping == nil ? [] : ["\(place) is a single value, not a section"]
            }
            let within = keys.filter { $0.hasPrefix(key + ".") }
            if within.isEmpty { return [sentence(place, key, keys)] }
            if let mapping = value.mapping { return inSection(mapping, below: key + ".", path: path) }
            return value.null == nil ? ["\(place) is a section, of \(SettingText.names(within))"] : []
        }
    }

    private static func sentence(_ place: String, _ name: String, _ names: [String]) -> String {
        "\(place) is no setting" + (NearName.find(name, in: names).map { "; \($0) is one" } ?? "")
    }
}
