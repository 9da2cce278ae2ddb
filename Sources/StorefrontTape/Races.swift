import StorefrontCore
import TerminalKit

/// Plays a tape with its answers in every order in which they may come: each request is answered before or after what
/// is done next, and before or after others, as far as lanes and slots allow.
public struct Races {
    /// What came of it.
    public struct Result: Sendable {
        /// So many orders were tried.
        public let orders: Int
        /// There are no others.
        public let areAll: Bool
        /// The first order in which something does not hold, as a tape that is proved with answers at once.
        public let finding: Finding?
    }

    public struct Finding: Sendable {
        public let tape: Tape
        public let failure: ProofResult.Failure
        /// What was answered, in its order, from the first thing that was done.
        public let answers: [String]
    }

    /// One way through the choices of a tape.
    private struct Way {
        var taken: [Int] = []
        /// How many there were each time.
        var counts: [Int] = []
    }

    private let tape: Tape
    private let most: Int
    private let seed: UInt64
    /// Gives a new shop.
    private let inShop: (_ body: (ProofShop) async -> ProofResult) async throws -> ProofResult

    /// - Parameters:
    ///   - most: so many orders are tried one after the other; where there are more, as many again by the seed.
    ///   - inShop: gives a new shop.
    /// - Throws: `TapeProblem` for a session in lines, which has one order.
    public init(
        _ tape: Tape, most: Int, seed: UInt64,
        inShop: @escaping (_ body: (ProofShop) async -> ProofResult) async throws -> ProofResult
    ) throws(TapeProblem) {
        guard tape.header.lines == nil else {
            throw TapeProblem("It is a session in lines, where each answer is waited for")
        }
        self.tape = tape.withStandingClock
        self.most = most
        self.seed = seed
        self.inShop = inShop
    }

    public func run() async throws -> Result {
        var ways = [[Int]()][...]
        var orders = 0
        while orders < most, let prefix = ways.popFirst() {
            orders += 1
            let (result, way) = try await play { index, _ in index < prefix.count ? prefix[index] : 0 }
            if let finding = finding(result) {
                return Result(orders: orders, areAll: false, finding: finding)
            }
            // Those with few choices that are not the usual ones come first.
            for index in prefix.count..<max(prefix.count, way.taken.count) where ways.count < most {
                for choice in 1..<max(1, way.counts[index]) { ways.append(way.taken[..<index] + [choice]) }
            }
        }
        guard !ways.isEmpty else { return Result(orders: orders, areAll: true, finding: nil) }
        for number in 0..<UInt64(most) {
            orders += 1
            var random = SeededRandom(seed: seed &+ number)
            let (result, _) = try await play { _, count in Int.random(in: 0..<count, using: &random) }
            if let finding = finding(result) {
                return Result(orders: orders, areAll: false, finding: finding)
            }
        }
        return Result(orders: orders, areAll: false, finding: nil)
    }

    private func finding(_ result: ProofResult) -> Finding? {
        guard let failure = result.failures.first else { return nil }
        let answers = result.played.entries.compactMap { entry in
            if case .fault(.answers(.comes(let name))) = entry.line { name } else { nil }
        }
        return Finding(tape: result.played, failure: failure, answers: answers)
    }

    /// - Parameter choose: one of so many, at the choice of that number.
    private func play(_ choose: (_ index: Int, _ count: Int) -> Int) async throws -> (ProofResult, Way) {
        var way = Way()
        let result = try await inShop { shop in
            var proof = Proof(Tape(header: tape.header, entries: []), in: shop, answers: .atOnce)
            let lines = tape.linesToRepeat
            for (position, line) in lines.enumerated() {
                if line.isOwn, !proof.answersWait { await proof.take(Tape.Entry(.fault(.answers(.wait)))) }
                await proof.take(Tape.Entry(line))
                // What must hold is looked at when everything is answered.
                let mayGoOn = position + 1 < lines.count && lines[position + 1].isOwn
                while proof.answersWait, proof.result.failures.isEmpty {
                    let names = proof.waiting.map(\.ask.name).reduce(into: [String]()) { names, name in
                        if !names.contains(name) { names.append(name) }
                    }
                    guard !names.isEmpty else { break }
                    let count = names.count + (mayGoOn ? 1 : 0)
                    let choice = min(count - 1, max(0, count > 1 ? choose(way.taken.count, count) : 0))
                    if count > 1 {
                        way.taken.append(choice)
                        way.counts.append(count)
                    }
                    guard choice < names.count else { break }
                    await proof.take(Tape.Entry(.fault(.answers(.comes(names[choice])))))
                }
                if !proof.result.failures.isEmpty { break }
            }
            await proof.take(Tape.Entry(.fault(.over)))
            await proof.take(Tape.Entry(.end("played with its answers in another order")))
            return proof.outcome
        }
        return (result, way)
    }
}

extension Tape {
    /// How it begins, what a person did, what went wrong on purpose and what must hold; neither answers nor pictures.
    fileprivate var linesToRepeat: [TapeLine] {
        entries.map(\.line).filter { line in
            switch line {
            case .action(.replied), .plain(.action(.replied)), .fault(.answers): false
            case .event, .action, .fault, .check, .mark: true
            case .plain, .effects, .frame, .text, .state, .lineState, .end, .unreadable: false
            }
        }
    }

    /// The same with a line for each answer: in that order they come where it is proved with answers at once.
    func withItsOrder() -> Tape {
        var names: [Int: String] = [:]
        for entry in entries {
            guard case .effects(let effects) = entry.line else { continue }
            for words in effects.map({ $0.split(separator: " ") }) where words.count == 3 {
                if let number = Int(words[0]) { names[number] = String(words[1]) }
            }
        }
        var lines: [TapeLine] = [.fault(.answers(.wait))]
        for entry in entries {
            switch entry.line {
            case .action(.replied(let id, _)):
                if let name = names[id.number] { lines.append(.fault(.answers(.comes(name)))) }
            case .fault(.answers): break
            case .event, .action, .plain, .effects, .frame, .text, .state, .lineState, .mark, .check, .end,
                .fault, .unreadable:
                lines.append(entry.line)
            }
        }
        let last = lines.lastIndex { if case .end = $0 { false } else { true } } ?? 0
        lines.insert(.fault(.over), at: last + 1)
        return Tape(header: header, entries: lines.map { Entry($0) })
    }
}
