import StoreDomain
import TerminalKit

/// A till in lines, for who reads rather than looks: what is new since the last scene.
public struct DisplayText: Sendable {
    private let till: String
    private let isForOwner: Bool
    private var last: TillScene??

    public init(till: String, isForOwner: Bool) {
        self.till = till
        self.isForOwner = isForOwner
    }

    /// - Parameter scene: nil where the till is not open.
    public mutating func lines(_ scene: TillScene?) -> [String] {
        let before = last ?? nil
        defer { last = .some(scene) }
        if case .some(let known) = last, known == scene { return [] }
        guard let scene else { return ["Till \(till) is not open."] }
        var lines: [String] = []
        if isForOwner, scene.staff != before?.staff {
            lines.append("\(scene.staffWords(.ascii)).")
        }
        switch scene.stage {
        case .idle:
            if before?.stage != .idle { lines.append("\(scene.shop): nothing is being sold.") }
            return lines.map { Sanitizer.harmless($0) }
        case .selling:
            let known = before?.stage == .selling ? before?.lines ?? [] : []
            lines += scene.lines.filter { !known.contains($0) }.map { "\($0.words) \($0.amount.displayText)" }
            lines += known.filter { !scene.lines.contains($0) }.map { "No longer: \($0.words)" }
        case .sold(let receipt): lines.append(receipt.map { "Sold, receipt \($0)." } ?? "Sold.")
        }
        lines += scene.figures.filter { before?.figures.contains($0) != true }
            .map { "\($0.title) \($0.amount.displayText)" }
        if let main = scene.main, main != before?.main || scene.stage != before?.stage {
            let cash = scene.inCash.map { ", in cash \($0.displayText)" } ?? ""
            lines.append("\(main.title.uppercased()) \(main.amount.displayText)\(cash)")
        }
        return lines.map { Sanitizer.harmless($0) }
    }
}
