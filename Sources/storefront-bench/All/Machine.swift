import Foundation

/// What figures belong to.
struct Machine: Codable, Sendable {
    let cores: Int
    let processor: String
    let memoryMB: Int
    let kernel: String
    let date: String
    let build: String
    let isReleaseBuild: Bool
    /// What else ran before the first row.
    let load: Double
    /// Where temporary data lie.
    let folder: String
    /// Where nothing is flushed to a disk.
    let isInMemory: Bool

    init(folder: String, build: String) {
        cores = ProcessInfo.processInfo.activeProcessorCount
        let facts = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
        processor =
            facts.split(separator: "\n").first { $0.hasPrefix("model name") }?
            .split(separator: ":", maxSplits: 1).last.map { $0.trimmingCharacters(in: .whitespaces) }
            ?? "unknown"
        memoryMB = Int(ProcessInfo.processInfo.physicalMemory / 1_000_000)
        var name = utsname()
        uname(&name)
        kernel = withUnsafeBytes(of: name.release) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
        date = Date().ISO8601Format()
        self.build = build
        #if DEBUG
        isReleaseBuild = false
        #else
        isReleaseBuild = true
        #endif
        load =
            (try? String(contentsOfFile: "/proc/loadavg", encoding: .utf8))?.split(separator: " ").first
            .flatMap { Double($0) } ?? 0
        self.folder = folder
        isInMemory = Self.isInMemory(
            folder, mounts: (try? String(contentsOfFile: "/proc/mounts", encoding: .utf8)) ?? "")
    }

    /// Whether what holds a folder is a disk in memory. What is mounted last hides what lies there.
    static func isInMemory(_ folder: String, mounts: String) -> Bool {
        var (found, length) = ("", -1)
        for line in mounts.split(separator: "\n") {
            let words = line.split(separator: " ")
            guard words.count > 2 else { continue }
            let place = String(words[1])
            guard folder == place || folder.hasPrefix(place.hasSuffix("/") ? place : place + "/"),
                place.count >= length
            else { continue }
            (found, length) = (String(words[2]), place.count)
        }
        return found == "tmpfs" || found == "ramfs"
    }

    /// Others take enough of it to distort figures.
    var isBusy: Bool { load > Double(cores) / 4 }

    var lines: [String] {
        var lines = [
            "\(cores) cores, \(processor), \(memoryMB / 1_000) GB, Linux \(kernel), \(date)",
            "storefront-bench \(build), \(isReleaseBuild ? "release" : "DEBUG") build; temporary data in \(folder)",
        ]
        if !isReleaseBuild {
            lines.append(
                "A debug build is several times slower: these figures say nothing of the shop's speed.")
        }
        if isBusy { lines.append("The machine is busy (load \(load)): figures are worse than they are.") }
        if isInMemory { lines.append("Temporary data lie in memory: orders are not flushed to a disk.") }
        return lines
    }
}
