import Foundation
import StorefrontTUI
import TerminalKit
import Testing

/// Compares a screen with the one on file, cell by cell and style by style, or a text with the one there;
/// `UPDATE_GOLDENS=1` writes it anew.
enum Golden {
    static func check(_ surface: Surface, _ name: String, sourceLocation: SourceLocation = #_sourceLocation)
        throws
    {
        try check(surface.text + "\n\n" + surface.styleLayer() + "\n", name, sourceLocation: sourceLocation)
    }

    static func check(_ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation)
        throws
    {
        let file = directory.appending(path: "\(name).txt")
        if ProcessInfo.processInfo.environment["UPDATE_GOLDENS"] == "1" {
            try Data(text.utf8).write(to: file)
            return
        }
        guard let data = try? Data(contentsOf: file) else {
            Issue.record(
                "there is no golden \(name); UPDATE_GOLDENS=1 writes it", sourceLocation: sourceLocation)
            return
        }
        let golden = String(decoding: data, as: UTF8.self)
        guard golden != text else { return }
        Issue.record(
            "\(name) differs\n--- golden\n\(golden)\n--- now\n\(text)\n--- lines that differ\n\(difference(golden, text))",
            sourceLocation: sourceLocation)
    }

    private static let directory = URL(filePath: #filePath).deletingLastPathComponent().appending(
        path: "Goldens")

    private static func difference(_ old: String, _ new: String) -> String {
        let (old, new) = (
            old.split(separator: "\n", omittingEmptySubsequences: false),
            new.split(separator: "\n", omittingEmptySubsequences: false)
        )
        return (0..<max(old.count, new.count)).compactMap { line in
            let (before, after) = (line < old.count ? old[line] : "", line < new.count ? new[line] : "")
            return before == after ? nil : "\(line + 1) -\(before)\n\(line + 1) +\(after)"
        }.joined(separator: "\n")
    }
}
