import CLockdown
import Glibc
import ProgramKit

/// What a kiosk's session gives up before a visitor has a say: other files, other programs, new connections. Code
/// that a visitor smuggled into the process would find nothing to reach for.
struct Lockdown: Hashable, Sendable {
    /// Files and directories that stay open to it, by whether they are written to.
    var places: [String: Bool]
    /// A printer's command has to be started.
    var allowsPrograms: Bool
    /// A server has to be reached.
    var allowsSockets: Bool

    init(_ settings: KioskSettings, themes: [String]) {
        places = [:]
        for path in Self.readAlways + themes { places[path] = false }
        allowsPrograms = settings.printer != nil
        switch settings.store {
        case .demo: allowsSockets = false
        case .file(let path):
            allowsSockets = false
            places[Self.folder(of: path)] = true
        case .readOnly(let path):
            allowsSockets = false
            places[Self.folder(of: path)] = false
        case .remote:
            allowsSockets = true
            // Names of hosts, authorities, and the libraries that read both.
            for path in ["/etc", "/usr", "/lib", "/lib64", "/run/systemd/resolve", "/run/resolvconf"] {
                places[path] = false
            }
            if let authorities = settings.authorities { places[authorities] = false }
        }
        places[settings.sessions] = true
    }

    /// Descriptions of terminals, time zones, the locale, random numbers; and what the kernel tells of processes:
    /// libdispatch looks at its own threads as `/proc/NUMBER/stat`, and ends the program where it cannot. What is
    /// secret there the kernel keeps from a process that is locked in.
    private static let readAlways = [
        "/usr/share/terminfo", "/lib/terminfo", "/etc/terminfo", "/usr/lib/terminfo", "/usr/share/zoneinfo",
        "/etc/localtime", "/usr/lib/locale", "/usr/share/locale", "/dev/urandom", "/dev/null",
        "/proc",
    ]

    private static func folder(of path: String) -> String {
        let folder = path[..<(path.lastIndex(of: "/") ?? path.startIndex)]
        return folder.isEmpty ? "/" : String(folder)
    }

    /// Gives it all up. Call it while there is one thread.
    ///
    /// - Returns: a sentence for each thing that the kernel does not take.
    func engage() -> [String] {
        var missing: [String] = []
        let rights = ld_give_up_rights()
        if rights != 0 { missing.append("Rights cannot be given up: \(Self.text(rights))") }
        // A command that prints reads what it needs.
        if !allowsPrograms, Self.kernelKeepsFilesApart {
            let code = keepToPlaces()
            if code != 0 { missing.append("Other files cannot be shut out: \(Self.text(code))") }
        }
        if Self.kernelFiltersCalls {
            let code = ld_filter_calls(allowsPrograms, allowsSockets)
            if code != 0 { missing.append("System calls cannot be filtered: \(Self.text(code))") }
        }
        return missing + Self.missing(allowsPrograms: allowsPrograms)
    }

    private func keepToPlaces() -> Int32 {
        let paths = places.map { (strdup($0.key), $0.value) }
        defer { for (path, _) in paths { free(path) } }
        let list = paths.map { ld_place(path: $0.0.map { UnsafePointer($0) }, is_writable: $0.1) }
        return ld_keep_to(list, list.count)
    }

    private static var kernelKeepsFilesApart: Bool { ld_landlock_version() > 0 }
    private static var kernelFiltersCalls: Bool { ld_can_filter() }

    private static func text(_ code: Int32) -> String { String(cString: strerror(code)) }

    /// What this kernel cannot lock, a sentence each: for `kiosk check`.
    ///
    /// - Parameter allowsPrograms: whether a printer's command is started.
    static func missing(allowsPrograms: Bool) -> [String] {
        var sentences: [String] = []
        if !kernelKeepsFilesApart {
            sentences.append(
                "This kernel has no Landlock: what runs inside a session can read whatever the account can")
        }
        if !kernelFiltersCalls {
            sentences.append(
                "This kernel filters no system calls: what runs inside a session can start programs and connect"
            )
        }
        if allowsPrograms {
            sentences.append(
                "The printer's command has to be started, so sessions can start programs and read what the account can"
            )
        }
        return sentences
    }
}
