import Foundation
import StoreDomain
import TerminalKit

/// Reports of crashes, one file each, and a note of the last that was told of.
struct CrashReports: Sendable {
    let directory: String

    private static let prefix = "crash-"
    private static let kept = 10
    private var told: String { "\(directory)/told-crash" }

    /// A file for this session, should it need one; names sort by time.
    func newPath(at clock: any StoreClock) -> String {
        let milliseconds = String(max(0, clock.now().milliseconds))
        let padding = String(repeating: "0", count: max(0, 15 - milliseconds.count))
        return "\(directory)/\(Self.prefix)\(padding)\(milliseconds)-\(getpid()).txt"
    }

    /// The path of the newest report; nil when there is none.
    var newest: String? { names.last.map { "\(directory)/\($0)" } }

    private var names: [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? [])
            .filter { $0.hasPrefix(Self.prefix) && $0.hasSuffix(".txt") }.sorted()
    }

    /// The path of the newest report, the first time it is asked for. Old ones are removed.
    func untold() -> String? {
        let manager = FileManager.default
        let names = names
        guard let newest = names.last else { return nil }
        // That a report cannot be removed or noted must not keep anybody from the shop.
        for name in names.dropLast(Self.kept) { try? manager.removeItem(atPath: "\(directory)/\(name)") }
        let last = manager.contents(atPath: told).map { String(decoding: $0, as: UTF8.self) }
        guard last != newest else { return nil }
        try? Data(newest.utf8).write(to: URL(filePath: told), options: .atomic)
        return "\(directory)/\(newest)"
    }
}
