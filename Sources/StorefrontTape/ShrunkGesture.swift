import TerminalKit

extension Shrinker {
    /// What a person does in one go, or one thing that goes wrong: left out as a whole, or not at all.
    struct Gesture: Hashable {
        var lines: [TapeLine]

        init(_ lines: [TapeLine]) { self.lines = lines }

        /// Keys that type follow each other in one; signing in is one.
        static func all(of lines: [TapeLine]) -> [Gesture] { joined(lines.map { Gesture([$0]) }) }

        static func joined(_ gestures: [Gesture]) -> [Gesture] {
            gestures.reduce(into: []) { all, next in
                if let last = all.last, last.types && next.types || last.beginsToSignIn && next.signsIn {
                    all[all.count - 1].lines += next.lines
                } else {
                    all.append(next)
                }
            }
        }

        /// Nothing but keys that type characters.
        var types: Bool {
            lines.allSatisfy { if case .event(.key(.character, _)) = $0 { true } else { false } }
        }

        private var key: Key? {
            if lines.count == 1, case .event(.key(let key, _)) = lines[0] { key } else { nil }
        }

        private var beginsToSignIn: Bool { key == .function(5) }
        private var signsIn: Bool { (10...12).contains { key == .function($0) } }

        // MARK: - What is left out first

        /// A size, or a window that comes and goes.
        static func isOfWindow(_ gesture: Gesture) -> Bool {
            gesture.lines.allSatisfy { line in
                switch line {
                case .event(.resize), .event(.focus), .fault(.terminal): true
                case .event, .fault, .action, .plain, .effects, .frame, .text, .state, .lineState, .mark,
                    .check, .end, .unreadable:
                    false
                }
            }
        }

        /// It only looks elsewhere.
        static func isOfView(_ gesture: Gesture) -> Bool {
            gesture.lines.allSatisfy { if case .event(.wheel) = $0 { true } else { false } }
        }

        /// Two that take each other back: a step and the step back, something opened and closed.
        static func cancels(_ one: Gesture, _ next: Gesture) -> Bool {
            guard let key = one.key, let back = next.key else { return false }
            let opposites: [(Key, Key)] = [
                (.up, .down), (.left, .right), (.pageUp, .pageDown), (.home, .end), (.tab, .backTab),
            ]
            if opposites.contains(where: { (key, back) == $0 || (back, key) == $0 }) { return true }
            return back == .escape && key != .escape
        }

        static func repeats(_ one: Gesture, _ next: Gesture) -> Bool { one == next }

        /// Without such pairs; of equal ones the first stays.
        static func without(_ isPair: (Gesture, Gesture) -> Bool, in all: [Gesture]) -> [Gesture] {
            all.reduce(into: []) { left, next in
                guard let last = left.last, isPair(last, next) else { return left.append(next) }
                if last != next { left.removeLast() }
            }
        }

        // MARK: - Plainer values

        /// The same with plainer values, the plainest first.
        var plainer: [Gesture] {
            if types, lines.count > 0 {
                let typed = lines.compactMap { line -> Character? in
                    if case .event(.key(.character(let character), _)) = line { character } else { nil }
                }
                let texts: [String] =
                    typed.contains(where: \.isNumber)
                    ? ["1", String(typed.map { $0.isNumber ? "1" : $0 })] : typed.count > 1 ? ["a"] : []
                return texts.filter { $0 != String(typed) && $0.count <= typed.count }.map { text in
                    Gesture(text.map { .event(.key(.character($0), isAlone: true)) })
                }
            }
            guard lines.count == 1 else { return [] }
            switch lines[0] {
            case .event(.paste(let text)): return text == "a" ? [] : [Gesture([.event(.paste("a"))])]
            case .fault(.call(let call, .slow(let steps))) where steps > 1:
                return [Gesture([.fault(.call(call, .slow(1)))])]
            case .fault(.net(.slow(let steps))) where steps > 1: return [Gesture([.fault(.net(.slow(1)))])]
            case .fault(.hands(.repeats(let times))) where times > 2:
                return [Gesture([.fault(.hands(.repeats(2)))])]
            case .event, .fault, .action, .plain, .effects, .frame, .text, .state, .lineState, .mark, .check,
                .end, .unreadable:
                return []
            }
        }
    }
}
