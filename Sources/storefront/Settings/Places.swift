import Glibc

/// The environment of this run, and the files and directories that follow from it (XDG base directories).
struct Places: Sendable {
    let environment: [String: String]

    static func current() -> Places {
        var variables: [String: String] = [:]
        var entry = environ
        while let pointer = entry.pointee {
            let text = String(cString: pointer)
            if let equals = text.firstIndex(of: "=") {
                variables[String(text[..<equals])] = String(text[text.index(after: equals)...])
            }
            entry += 1
        }
        return Places(environment: variables)
    }

    var dotEnv: String { ".env" }
    var configuration: String { "\(directory("XDG_CONFIG_HOME", ".config"))/config.yaml" }
    /// Where theme files are looked for: the user's own, those beside the program, those of the system.
    var themeDirectories: [String] {
        ["\(directory("XDG_CONFIG_HOME", ".config"))/themes"] + besideProgram + [
            "/usr/share/storefront/themes"
        ]
    }
    var store: String { "\(data)/store.db" }
    var receipts: String { "\(data)/receipts" }
    var state: String { "\(directory("XDG_STATE_HOME", ".local/state"))/state.db" }

    /// A program in PREFIX/bin has its themes in PREFIX/share; one in .build/release has them in ./themes.
    private var besideProgram: [String] {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = readlink("/proc/self/exe", &buffer, buffer.count)
        guard count > 0 else { return [] }
        let program = String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
        var parts = program.split(separator: "/").dropLast()
        guard let folder = parts.popLast() else { return [] }
        let prefix = "/" + parts.joined(separator: "/")
        if folder == "bin" { return ["\(prefix)/share/storefront/themes"] }
        guard let build = parts.lastIndex(where: { $0.hasPrefix(".build") }) else { return [] }
        return ["/" + parts[..<build].joined(separator: "/") + "/themes"]
    }

    /// Where the user's own manual pages and completions belong.
    var share: String { String(data.dropLast("/storefront".count)) }

    private var data: String { directory("XDG_DATA_HOME", ".local/share") }

    /// A relative XDG directory does not count, as its specification says.
    private func directory(_ name: String, _ underHome: String) -> String {
        if let set = environment[name], set.hasPrefix("/") { return "\(set)/storefront" }
        return "\(home)/\(underHome)/storefront"
    }

    private var home: String {
        if let home = environment["HOME"], !home.isEmpty { return home }
        return getpwuid(getuid()).flatMap { $0.pointee.pw_dir }.map { String(cString: $0) } ?? "/"
    }
}
