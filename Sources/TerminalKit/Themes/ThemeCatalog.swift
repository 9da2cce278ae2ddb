import Foundation

/// Finds theme files along a list of directories; the first that has a name wins. The standard theme and the
/// one without colours are always there.
public struct ThemeCatalog: Sendable {
    /// Theme files are small; a larger one is not one.
    private static let sizeLimit = 256 * 1024

    public let directories: [String]

    public init(directories: [String]) {
        self.directories = directories
    }

    /// A theme that can be chosen.
    public struct Entry: Hashable, Sendable {
        /// The name of its file, without `.yaml`.
        public let name: String
        /// Nil for a compiled-in theme that no file replaces.
        public let path: String?
    }

    /// All themes by name, sorted, the standard one first. Files are not opened.
    public func entries() -> [Entry] {
        var paths: [String: String?] = Dictionary(uniqueKeysWithValues: Self.builtIn.map { ($0.name, nil) })
        for directory in directories.reversed() {
            let names = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
            for file in names where file.hasSuffix(".yaml") {
                paths[String(file.dropLast(5))] = directory + "/" + file
            }
        }
        let standard = Theme.standard.name
        return paths.map { Entry(name: $0.key, path: $0.value) }
            .sorted { ($0.name == standard ? "" : $0.name) < ($1.name == standard ? "" : $1.name) }
    }

    fileprivate static let builtIn = [Theme.standard, .mono]

    /// The theme of that name, or in that file when it holds a slash or ends in `.yaml`.
    public func theme(named name: String) throws(ThemeError) -> Theme {
        if name.contains("/") || name.hasSuffix(".yaml") { return try Self.load(name) }
        guard let entry = entries().first(where: { $0.name == name }) else {
            throw ThemeError(file: name, reason: "no such theme")
        }
        if let path = entry.path { return try Self.load(path) }
        return Self.builtIn.first { $0.name == name } ?? .standard
    }

    /// Reads one theme file.
    public static func load(_ path: String) throws(ThemeError) -> Theme {
        let data: Data
        do {
            let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
            defer { try? handle.close() }
            data = try handle.read(upToCount: sizeLimit + 1) ?? Data()
        } catch {
            throw ThemeError(file: path, reason: "cannot be opened")
        }
        guard data.count <= sizeLimit else {
            throw ThemeError(file: path, reason: "is too large for a theme")
        }
        guard let text = String(validating: data, as: UTF8.self) else {
            throw ThemeError(file: path, reason: "is not UTF-8 text")
        }
        return try Theme.parse(text, file: path)
    }
}

extension Theme {
    /// It is compiled in as it is, so that it needs no file.
    public var isBuiltIn: Bool { ThemeCatalog.builtIn.contains(self) }
}
