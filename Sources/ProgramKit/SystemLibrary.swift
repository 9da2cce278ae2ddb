import Foundation

/// A library of the system's that this process has loaded, and what Debian's package of it says of its licence.
package struct SystemLibrary: Sendable, Equatable {
    package let path: String
    /// nil where dpkg knows of none, as on another system.
    package let package: String?
    /// What the package's machine-readable copyright file names for all files that it names no other for; nil where
    /// there is none, or one for people alone.
    package let licence: String?
    /// Where the licence stands; nil where there is no such file.
    package let copyrightFile: String?

    /// All that are loaded now, by path.
    package static func loaded() -> [SystemLibrary] {
        find(paths(in: ownMaps()), root: "")
    }

    /// To its end: the kernel makes the file while it is read, a part at a time, and tells no size.
    private static func ownMaps() -> String {
        guard let file = fopen("/proc/self/maps", "r") else { return "" }
        defer { fclose(file) }
        var text = Data()
        var part = [UInt8](repeating: 0, count: 1 << 16)
        while case let count = fread(&part, 1, part.count, file), count > 0 {
            text.append(contentsOf: part[..<count])
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The libraries that the lines of a `maps` file name.
    static func paths(in maps: String) -> [String] {
        let paths = maps.split(separator: "\n").compactMap { line -> String? in
            guard let start = line.firstIndex(of: "/") else { return nil }
            let path = String(line[start...])
            return (path as NSString).lastPathComponent.contains(".so") ? path : nil
        }
        return Set(paths).sorted()
    }

    /// - Parameter root: what stands before `/var/lib/dpkg` and `/usr/share/doc`; for tests.
    static func find(_ paths: [String], root: String) -> [SystemLibrary] {
        let owners = packages(owning: paths, root: root)
        return paths.map { path in
            let package = owners[path]
            let file = package.map { "\(root)/usr/share/doc/\($0)/copyright" }
            let text = file.flatMap { try? String(contentsOfFile: $0, encoding: .utf8) }
            return SystemLibrary(
                path: path, package: package, licence: text.flatMap(licence),
                copyrightFile: text == nil ? nil : file)
        }
    }

    /// dpkg lists the files of each package, in the place where the package puts them: `/lib` may since be a link to
    /// `/usr/lib`.
    private static func packages(owning paths: [String], root: String) -> [String: String] {
        var wanted: [String: String] = [:]
        for path in paths {
            wanted[path] = path
            if path.hasPrefix("/usr/lib") { wanted[String(path.dropFirst("/usr".count))] = path }
        }
        let directory = "\(root)/var/lib/dpkg/info"
        let names = ((try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []).sorted()
        var owners: [String: String] = [:]
        for name in names where name.hasSuffix(".list") && owners.count < paths.count {
            guard let text = try? String(contentsOfFile: "\(directory)/\(name)", encoding: .utf8) else {
                continue
            }
            // `libc6:amd64.list` is of `libc6`.
            let package = String(name.dropLast(".list".count).prefix { $0 != ":" })
            for line in text.utf8.split(separator: UInt8(ascii: "\n")) {
                if let path = wanted[String(Substring(line))] { owners[path] = package }
            }
        }
        return owners
    }

    /// The licence of the paragraph for all files; nil in a file that is written for people alone.
    private static func licence(in copyright: String) -> String? {
        guard copyright.hasPrefix("Format:") else { return nil }
        var isForAll = false
        for line in copyright.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.isEmpty {
                isForAll = false
            } else if line.hasPrefix("Files:") {
                isForAll = line.dropFirst("Files:".count).split(separator: " ").contains("*")
            } else if isForAll, line.hasPrefix("License:") {
                return line.dropFirst("License:".count).trimmingCharacters(in: .whitespaces)
            }
        }
        return nil
    }
}
