import StoreDomain

/// Recording and playing words at the till. A line of a macro is carried out as one that is typed, with the rights
/// of who plays it, once all that the line before asked for has been answered; the first refusal ends it.
extension AppState {
    /// Whether a macro is being played that waits for no person: what is typed waits for its end.
    var playsAlone: Bool { desk.macro?.isPlaying == true && !asksForMacro }

    /// Goes on with what is recorded or played, as far as that goes without an answer.
    ///
    /// - Parameter action: what has just happened.
    mutating func goOnWithMacro(after action: AppAction) -> [Effect] {
        guard let run = desk.macro else { return [] }
        guard run.owner == desk.owner, !isLocked, ending == .no else {
            desk.macro = nil
            return []
        }
        switch run.stage {
        case .recording(var words, let trying?):
            guard isQuietForMacro, !asksForMacro else { return [] }
            if macroRefusal == nil { words.append(trying) }
            desk.macro?.stage = .recording(words, trying: nil)
            return []
        case .recording(_, nil), .naming: return []
        case .playing:
            if action == .command(.back) {
                stopMacro()
                return []
            }
            return playOn()
        }
    }

    /// Ends what is played: a question of it was answered with no.
    mutating func stopMacro() {
        guard case .playing(let macro, let begun)? = desk.macro?.stage else { return }
        stop(macro, at: begun, because: "you stopped it", .info)
    }

    private mutating func playOn() -> [Effect] {
        var effects: [Effect] = []
        while case .playing(let macro, let begun)? = desk.macro?.stage, isQuietForMacro {
            if let refusal = macroRefusal {
                stop(macro, at: begun, because: refusal.text, refusal.kind)
                break
            }
            guard begun < macro.words.count else {
                desk.macro = nil
                if desk.status == nil, !asksForMacro { desk.say(.success, "\(macro.name) is done") }
                break
            }
            if asksForMacro { break }
            guard case .till = screen else {
                stop(macro, at: begun + 1, because: "it is for the till, which was left", .warning)
                break
            }
            desk.macro?.stage = .playing(macro, begun: begun + 1)
            desk.status = nil
            let steps = change(TillState.self) { $0.play(macro.words[begun], &$1) } ?? []
            effects += apply(steps) + offerBelowZero()
        }
        return effects
    }

    /// Nothing is under way but looking for a server that is gone.
    private var isQuietForMacro: Bool {
        desk.requests.open.allSatisfy { $0.terms.slot == ProgramRequest.reconnectSlot }
    }

    /// A person has to answer something first.
    private var asksForMacro: Bool {
        if !overlays.isEmpty { return true }
        guard case .till(let till) = screen else { return false }
        return till.asksForCode
    }

    /// Why the line that was begun last does nothing; nil where it does.
    private var macroRefusal: StatusMessage? {
        if case .till(let till) = screen, let problem = till.problem {
            return StatusMessage(.warning, problem)
        }
        guard let status = desk.status, !status.isDone else { return nil }
        return switch status.kind {
        case .warning, .failure: status
        case .info, .success, .keyHint: nil
        }
    }

    private mutating func stop(
        _ macro: TillMacro, at line: Int, because why: String, _ kind: StatusMessage.Kind
    ) {
        desk.macro = nil
        let words = macro.words.indices.contains(line - 1) ? ", \u{201C}\(macro.words[line - 1])\u{201D}" : ""
        desk.say(kind, "\(macro.name) stopped at line \(line) of \(macro.words.count)\(words): \(why)")
    }
}

extension MacroRun {
    var isPlaying: Bool { if case .playing = stage { true } else { false } }
}
