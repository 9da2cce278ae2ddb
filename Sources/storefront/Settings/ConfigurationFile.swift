import Foundation
import ProgramKit
import Yams

/// The configuration file as it stands.
enum ConfigurationFile {
    /// nil when there is no file, or nothing in it.
    ///
    /// - Throws: `CommandFailure` when it is no YAML.
    static func root(_ places: Places) throws -> Node? {
        let path = places.configuration
        guard let data = FileManager.default.contents(atPath: path), !data.isEmpty else { return nil }
        do { return try Yams.compose(yaml: String(decoding: data, as: UTF8.self)) } catch {
            let reason = "\(error)".split(whereSeparator: \.isNewline).joined(separator: " ")
            throw CommandFailure("\(path) cannot be read: \(reason)")
        }
    }
}
