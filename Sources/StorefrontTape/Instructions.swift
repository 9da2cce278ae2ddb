import StoreDomain
import StorefrontCore
import TerminalKit

/// REPRODUCE.md: how anybody sees a defect who has only its bundle.
struct Instructions {
    private let manifest: BundleManifest
    private let found: DefectReporter.Found
    private let header: TapeHeader
    private let isWithCrash: Bool

    init(
        _ manifest: BundleManifest, _ found: DefectReporter.Found, _ header: TapeHeader, isWithCrash: Bool
    ) {
        self.manifest = manifest
        self.found = found
        self.header = header
        self.isWithCrash = isWithCrash
    }

    func text(steps: [String], _ scene: DefectReporter.Scene, named name: String) -> String {
        var text = "# \(title(name))\n\n"
        if let failure = found.failure {
            text += "- Expected: `\(failure.title)`\n- Seen: \(failure.problem), on \(failure.screen)\n\n"
        } else if let difference = found.difference {
            text += "- Expected: \(difference.expected)\n- Seen: \(difference.got)\n\n"
        } else if found.verdict == .unproved {
            text += "The shop is not here: the session can be looked at, and not proved.\n\n"
        } else {
            text += "Every check on the tape holds. The pictures are of its last mark, or of its end.\n\n"
        }
        let isProved = found.verdict != .unproved
        text += "See it, with storefront \(manifest.program), in the folder of this file:\n\n"
        text += "    storefront qa \(isProved ? "open ." : "play session.tape")\n\n"
        text += "## Steps\n\n"
        text +=
            isProved
            ? "Begin with `\(header.facts.beginning)`, on \(header.size).\n\n"
            : "It begins in a shop of its own, on \(header.size).\n\n"
        for (index, line) in steps.enumerated() { text += "\(index + 1). \(line)\n" }
        if let short = found.short {
            text += "\n\(short.after.counted("gesture")), "
            text += "of \(short.before) that were recorded, after \(short.tries) tries.\n"
        } else if found.verdict == .fails {
            text += "\nIt fails only with the answers in the order of the tape, so it was not made short.\n"
        }
        text += "\nThe screen afterwards (\(scene.screen)):\n\n```\n\(scene.after.export(as: .text))```\n\n"
        text += "## Found with\n\n"
        for (name, value) in facts { text += "- \(name): \(value)\n" }
        return text + "\n## Files\n\n" + fileList
    }

    private func title(_ name: String) -> String {
        switch found.verdict {
        case .fails: "\(name): `\(found.failure?.title ?? "a check")` does not hold"
        case .differs: "\(name): something else happens than on the tape"
        case .holds, .unproved: "\(name): a session"
        }
    }

    private var facts: [(String, String)] {
        [
            ("recorded by", "storefront \(header.facts.program)"), ("system", header.facts.system),
            (
                "terminal",
                "\(header.term.type), \(header.size), colours \(header.abilities.colors), theme \(header.theme)"
            ),
            ("seed", "\(header.facts.seed)"), ("clock", header.facts.clock.rfc3339),
            ("zone", header.facts.zone), ("locale", header.facts.locale),
        ] + (header.facts.stage.map { [("stage", $0)] } ?? [])
            + (header.facts.parent.map { [("goes on by hand from", $0.words)] } ?? [])
    }

    private var fileList: String {
        var rows = [("session.tape", "the session as it was recorded; `storefront qa play` shows it")]
        if found.short != nil { rows.append(("short.tape", "what the failure needs of it")) }
        rows += [
            ("before.txt, before.svg", "the screen before the last step"),
            ("after.txt, after.svg", "the screen after it"),
            ("state.json", "what the program knew then"), ("effects.txt", "what the last step ordered"),
            ("doctor.txt, build.txt", "terminal and build"),
        ]
        if isWithCrash { rows.append(("crash.txt", "how the program crashed")) }
        return rows.map { "- \($0.0): \($0.1)\n" }.joined()
    }
}

extension TapeFacts {
    /// The command that opens such a shop.
    var beginning: String {
        "storefront --qa --seed \(seed) --clock \(clock.rfc3339) --demo-products \(products)"
    }
}
