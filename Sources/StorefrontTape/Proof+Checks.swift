import StoreDomain
import StorefrontCore
import StorefrontTUI
import TerminalKit

/// What the tape says of a step, and what must hold.
extension Proof {
    mutating func follow(_ line: TapeLine) async {
        switch line {
        case .effects(let expected):
            let got = Array(untold.prefix(expected.count))
            untold.removeFirst(got.count)
            if answers == .taped, result.divergence == nil,
                got.map(\.withoutHash) != expected.map(\.withoutHash)
            {
                result.divergence = Film.Difference(
                    step: result.steps, screen: "\(state.kind)", expected: expected.joined(separator: ", "),
                    got: got.isEmpty ? "nothing" : got.joined(separator: ", "))
            }
        case .frame(let hash, _):
            result.pictures += 1
            if case .screen(let screen) = shell, screen.shows(hash, count) { result.samePictures += 1 }
        case .text(let hash, _):
            result.pictures += 1
            let text = String(decoding: printed.utf8.dropFirst(told), as: UTF8.self)
            told = printed.utf8.count
            if StableHash(text).text == hash { result.samePictures += 1 }
        case .check(let sentence):
            keep(line)
            count.checks += 1
            result.checks += 1
            await check(sentence)
        case .fault(let fault):
            guard !mustWait(line) else { return keptBack.append(line) }
            keep(line)
            allIsWell = fault == .over
            shop.faults.arm(fault)
            await suffer(fault)
        case .mark: keep(line)
        case .end(let reason):
            if answers == .atOnce, allIsWell { await lookAtTheEnd() }
            keep(line)
            exit = state.isEnding ? 0 : TapeLine.exitCode(of: reason)
            await checkEnd()
        case .state(_, let count): self.count = count
        case .lineState, .event, .action, .plain, .unreadable: break
        }
    }

    mutating func check(_ sentence: String) async {
        do throws(TapeProblem) {
            let check = try Check(sentence)
            if case .exit = check.kind, exit == nil { return checksOfEnd.append(sentence) }
            let scene = scene
            if let doubt = check.doubt(in: scene) {
                result.doubts.append(failure(sentence, doubt))
            } else if let problem = await check.problem(in: scene) {
                fail(sentence, problem)
            }
        } catch {
            fail(sentence, error.description)
        }
    }

    var scene: CheckedScene {
        let surface = surface
        guard case .screen(let screen) = shell else {
            return CheckedScene(
                state: state, surface: surface, text: printed, ordered: ordered, shop: shop.checked,
                milliseconds: time.milliseconds, exit: exit)
        }
        return CheckedScene(
            state: state, surface: surface, text: surface.text, ordered: ordered, shop: shop.checked,
            dialog: screen.dialog, style: { screen.style($0) }, milliseconds: time.milliseconds, exit: exit)
    }

    /// What can only be told at the end.
    mutating func checkEnd() async {
        for sentence in checksOfEnd {
            if let problem = await (try? Check(sentence))?.problem(in: scene) { fail(sentence, problem) }
        }
        checksOfEnd = []
    }

    mutating func fail(_ sentence: String, _ problem: String) {
        result.failures.append(failure(sentence, problem))
    }

    func failure(_ sentence: String, _ problem: String) -> ProofResult.Failure {
        ProofResult.Failure(
            step: result.steps, screen: "\(state.kind)", sentence: sentence, problem: problem)
    }

    /// Asked after each step, whether or not anybody wrote it down.
    mutating func lookAtWhatAlwaysHolds() {
        guard case .screen(let screen) = shell else { return }
        for (sentence, problem) in AlwaysHolds.problems(
            of: screen.state, on: screen.surface(), size: screen.size, in: screen.render)
        {
            failOnce(sentence, problem)
        }
    }

    /// Nothing is open for ever, and no sale is in doubt for ever.
    mutating func lookAtTheEnd() async {
        let open = state.desk.requests.open.map(\.ask.name)
        if !open.isEmpty { failOnce("every request is answered", open.joined(separator: ", ")) }
        let services = shop.checked.services
        for problem in await Settling(services: services, ids: shop.outside.ids).problems() {
            failOnce("no sale stays in doubt", problem)
        }
        for (sentence, problem) in await AlwaysHolds.problems(inShop: services) {
            failOnce(sentence, problem)
        }
    }

    mutating func failOnce(_ sentence: String, _ problem: String) {
        if !result.failures.contains(where: { $0.sentence == sentence }) { fail(sentence, problem) }
    }
}

extension String {
    /// The number and the name of what was ordered: what exactly it asks may differ between builds.
    fileprivate var withoutHash: String {
        let words = split(separator: " ")
        return words.count == 3 ? words.prefix(2).joined(separator: " ") : self
    }
}
