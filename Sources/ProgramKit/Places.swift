import Glibc

/// The environment of this run, and the files and directories that follow from it (XDG base directories).
package struct Places: Sendable {
    package let environment: [String: String]

    package init(environment: [String: String]) { self.environment = environment }

    package static func current() -> Places {
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

    package var dotEnv: String { ".env" }
    package var configuration: String { "\(directory("XDG_CONFIG_HOME", ".config"))/config.yaml" }
    /// What is played at the till of this account.
    package var macros: String { "\(directory("XDG_CONFIG_HOME", ".config"))/macros.txt" }
    package var store: String { "\(data)/store.db" }
    package var state: String { "\(stateDirectory)/state.db" }
    /// Where state and reports of crashes lie.
    package var stateDirectory: String { directory("XDG_STATE_HOME", ".local/state") }
    /// The sessions with servers, one file each.
    package var sessions: String { "\(stateDirectory)/sessions" }

    /// Where the store lies.
    package var data: String { directory("XDG_DATA_HOME", ".local/share") }

    /// Where a user's own manual pages and completions belong.
    package var share: String { String(data.dropLast("/storefront".count)) }

    /// Where a user's own systemd units belong.
    package var userUnits: String {
        String(directory("XDG_CONFIG_HOME", ".config").dropLast("/storefront".count)) + "/systemd/user"
    }

    /// What the program keeps where an XDG variable says, or under the home directory.
    ///
    /// A relative XDG directory does not count, as its specification says.
    package func directory(_ name: String, _ underHome: String) -> String {
        if let set = environment[name], set.hasPrefix("/") { return "\(set)/storefront" }
        return "\(home)/\(underHome)/storefront"
    }

    private var home: String {
        if let home = environment["HOME"], !home.isEmpty { return home }
        return getpwuid(getuid()).flatMap { $0.pointee.pw_dir }.map { String(cString: $0) } ?? "/"
    }
}
