import Foundation
import StorefrontCore
import StorefrontTUI
import TerminalKit

/// One line of a tape.
public enum TapeLine: Hashable, Sendable {
    /// `k`, and `r` for a size: what a person did.
    case event(TapedEvent)
    /// `a`: what no event has caused.
    case action(AppAction)
    /// `a` of a session in lines.
    case plain(PlainEvent)
    /// `e`: what the model ordered, in its order.
    case effects([String])
    /// `f`: the picture of all lines before, as its hash and now and then as text.
    case frame(hash: String, text: String?)
    /// `o`: what was printed line by line since the last such line.
    case text(hash: String, text: String)
    /// `s`: all there is.
    case state(AppState, RecordedCount)
    case lineState(PlainState)
    /// `m`: a step that a tester has marked.
    case mark
    /// `c`: what must hold after the step.
    case check(String)
    /// `!`: something goes wrong from here on.
    case fault(TapedFault)
    /// `x`: the end, and why.
    case end(String)
    /// A line that another build has written and this one cannot read.
    case unreadable(code: String)

    /// Whether it does something: a person counts these.
    public var isStep: Bool {
        switch self {
        case .event, .action, .plain: true
        case .effects, .frame, .text, .state, .lineState, .mark, .check, .fault, .end, .unreadable: false
        }
    }

    /// What happened, as a person says it.
    public var words: String {
        switch self {
        case .event(let event): event.words
        case .action(.replied(let id, _)): "answer \(id.number)"
        case .action(let action): ActionCode(action).rawValue
        case .plain(.action(.replied(let id, _))): "answer \(id.number)"
        case .plain(.action(let action)): ActionCode(action).rawValue
        case .plain(.started): "start"
        case .plain(.replaced(let id)): "request \(id.number) is replaced"
        case .plain(.takesLong): "it takes long"
        case .plain(.input): "a line"
        case .effects, .frame, .text, .state, .lineState, .mark, .check, .end, .unreadable: code
        case .fault(let fault): "fault: \(fault.text)"
        }
    }

    public var code: String {
        switch self {
        case .event(.resize): "r"
        case .event: "k"
        case .action, .plain: "a"
        case .effects: "e"
        case .frame: "f"
        case .text: "o"
        case .state, .lineState: "s"
        case .mark: "m"
        case .check: "c"
        case .fault: "!"
        case .end: "x"
        case .unreadable(let code): code
        }
    }
}

extension TapeLine {
    /// How a program exits that ended so; nil where it did not end by itself, as on a tape that somebody wrote.
    static func exitCode(of reason: String) -> Int? {
        switch reason {
        case "hangup": 128 + 1
        case "interrupted": 128 + 2
        case "flooded": 1
        default: Int(reason.filter(\.isNumber)).flatMap { reason.hasPrefix("terminated") ? 128 + $0 : nil }
        }
    }

    /// A frame's text stands on the tape so often.
    static let framesToText = 256

    /// The line as it is written, without its end.
    ///
    /// - Parameter milliseconds: since the line before.
    func written(after milliseconds: Int) -> String {
        let fraction = String(milliseconds % 1_000)
        let seconds =
            "\(milliseconds / 1_000)." + String(repeating: "0", count: 3 - fraction.count) + fraction
        let data: String =
            switch self {
            case .event(let event): TapeCoder.text(of: event)
            case .action(let action):
                "[\"\(ActionCode(action).rawValue)\",\(TapeCoder.text(of: action))]"
            case .plain(let event): "[\"lines\",\(TapeCoder.text(of: event))]"
            case .effects(let effects): TapeCoder.text(of: effects)
            case .frame(let hash, let text): TapeCoder.text(of: [hash] + (text.map { [$0] } ?? []))
            case .text(let hash, let text): TapeCoder.text(of: [hash, text])
            case .state(let state, let count):
                "[\"screen\",\(TapeCoder.text(of: count)),\(TapeCoder.text(of: state))]"
            case .lineState(let state): "[\"lines\",\(TapeCoder.text(of: state))]"
            case .mark: "\"\""
            case .check(let sentence): TapeCoder.text(of: sentence)
            case .fault(let fault): TapeCoder.text(of: fault.text)
            case .end(let reason): TapeCoder.text(of: reason)
            case .unreadable: "null"
            }
        return "[\(seconds),\"\(code)\",\(data)]"
    }

    /// nil for what is no line of a tape.
    static func read(_ text: some StringProtocol) -> (milliseconds: Int, line: TapeLine)? {
        TapeCoder.value(Raw.self, of: text).map { ($0.milliseconds, $0.line) }
    }

    private struct Raw: Decodable {
        let milliseconds: Int
        let line: TapeLine

        init(from decoder: any Decoder) throws {
            var container = try decoder.unkeyedContainer()
            let seconds = try container.decode(Double.self)
            guard (0...Self.longestPause).contains(seconds) else {
                throw DecodingError.dataCorruptedError(
                    in: container, debugDescription: "a time that cannot be")
            }
            milliseconds = Int((seconds * 1_000).rounded())
            let code = try container.decode(String.self)
            do {
                line = try Self.line(code, &container)
            } catch {
                line = .unreadable(code: code)
            }
        }

        /// In seconds; some thirty years.
        private static let longestPause = 1e9

        private static func line(_ code: String, _ container: inout any UnkeyedDecodingContainer) throws
            -> TapeLine
        {
            switch code {
            case "k": return .event(try container.decode(TapedEvent.self))
            case "r":
                let parts = try container.decode(String.self).split(separator: "x").compactMap { Int($0) }
                guard parts.count == 2 else { return .unreadable(code: code) }
                return .event(.resize(Size(width: parts[0], height: parts[1])))
            case "a":
                var pair = try container.nestedUnkeyedContainer()
                return try pair.decode(String.self) == "lines"
                    ? .plain(try pair.decode(PlainEvent.self)) : .action(try pair.decode(AppAction.self))
            case "e": return .effects(try container.decode([String].self))
            case "f":
                let parts = try container.decode([String].self)
                guard let hash = parts.first else { return .unreadable(code: code) }
                return .frame(hash: hash, text: parts.count > 1 ? parts[1] : nil)
            case "o":
                let parts = try container.decode([String].self)
                guard parts.count == 2 else { return .unreadable(code: code) }
                return .text(hash: parts[0], text: parts[1])
            case "s":
                var pair = try container.nestedUnkeyedContainer()
                if try pair.decode(String.self) == "lines" {
                    return .lineState(try pair.decode(PlainState.self))
                }
                let count = try pair.decode(RecordedCount.self)
                return .state(try pair.decode(AppState.self), count)
            case "m": return .mark
            case "c": return .check(try container.decode(String.self))
            case "!":
                guard let fault = TapedFault(try container.decode(String.self)) else {
                    return .unreadable(code: code)
                }
                return .fault(fault)
            case "x": return .end(try container.decode(String.self))
            default: return .unreadable(code: code)
            }
        }
    }
}
