import TerminalKit
import Testing

@Suite struct ScanDetectorTests {
    /// A key and how many milliseconds after the one before it comes.
    struct Press {
        let key: Key
        let after: UInt64
    }

    /// Feeds as the terminal's thread does: what waits goes on when its time is over before the next key.
    private func events(
        _ presses: [Press], passing: Set<Key>? = []
    ) -> [(event: TerminalEvent, waited: UInt64)] {
        var detector = ScanDetector()
        #expect(detector.gather(passing: passing).isEmpty)
        var now: UInt64 = 1_000_000_000
        var all: [(TerminalEvent, UInt64)] = []
        func take(_ out: [TimedEvent], at time: UInt64) {
            for event in out { all.append((event.event, (time - event.nanoseconds) / 1_000_000)) }
        }
        for press in presses {
            now += press.after * 1_000_000
            if let due = detector.due, due < now { take(detector.flush(), at: due) }
            var out: [TimedEvent] = []
            detector.feed(TimedEvent(.key(press.key), nanoseconds: now), into: &out)
            take(out, at: now)
        }
        if let due = detector.due { take(detector.flush(), at: due) }
        #expect(detector.due == nil)
        return all
    }

    private func presses(_ text: String, every milliseconds: UInt64) -> [Press] {
        text.map { character in
            Press(
                key: character == "\r" ? .enter : character == "\t" ? .tab : .character(character),
                after: milliseconds)
        }
    }

    private func events(
        _ text: String, every milliseconds: UInt64, passing: Set<Key>? = []
    ) -> [TerminalEvent] {
        events(presses(text, every: milliseconds), passing: passing).map(\.event)
    }

    private func keys(_ text: String) -> [TerminalEvent] {
        presses(text, every: 0).map { .key($0.key) }
    }

    /// Only an Enter right behind a scan is its line feed.
    @Test func anEnterBehindOtherKeysIsOne() {
        let scan = presses("CS-100\r", every: 1)
        let keys = [Press(key: .character("o"), after: 3), Press(key: .control("l"), after: 1)]
        let enter = Press(key: .enter, after: 2)
        #expect(
            events(scan + keys + [enter]).map(\.event) == [
                .scan(Scan("CS-100")), .key(.character("o")), .key(.control("l")), .key(.enter),
            ])
        #expect(events(scan + [enter]).map(\.event) == [.scan(Scan("CS-100"))])
    }

    @Test(arguments: [0, 1, 8, 16, 20] as [UInt64])
    func aBurstIsOneScan(every milliseconds: UInt64) {
        #expect(events("CS-100\r", every: milliseconds) == [.scan(Scan("CS-100"))])
        #expect(events("4006381333931\t", every: milliseconds) == [.scan(Scan("4006381333931", end: .tab))])
        #expect(
            events("CS-100\rkey + 7 é\r", every: milliseconds)
                == [.scan(Scan("CS-100")), .scan(Scan("key + 7 é"))])
    }

    @Test func aPersonIsSlower() {
        for text in ["CS-100\r", "4006381333931\r", "3+jjc\r"] {
            #expect(events(text, every: 21) == keys(text))
        }
    }

    @Test func aNumberTypedBeforeIsApart() {
        let before = [Press(key: .character("3"), after: 200), Press(key: .character("C"), after: 300)]
        #expect(
            events(before + presses("S-100\r", every: 5)).map(\.event)
                == [.key(.character("3")), .scan(Scan("CS-100"))])
    }

    @Test(arguments: ["12\r", "abc\r", "jjjj\r", "aaaaaaaaaaaa\r", "+CS\r", "CS-100", "/te\r"])
    func whatIsShortOrOneKeyOrHasNoEndIsKeys(_ text: String) {
        #expect(events(text, every: 1) == keys(text))
    }

    @Test func theSameDigitIsACode() {
        #expect(events("00000000000\r", every: 1) == [.scan(Scan("00000000000"))])
    }

    @Test func bothEndsOfALineEndOneScan() {
        #expect(events("CS-100\r\r", every: 2) == [.scan(Scan("CS-100"))])
        #expect(events("CS-100\r\r\r", every: 2) == [.scan(Scan("CS-100")), .key(.enter)])
        #expect(
            events(presses("CS-100\r", every: 2) + [Press(key: .enter, after: 60)]).map(\.event)
                == [.scan(Scan("CS-100")), .key(.enter)])
    }

    /// Nothing of a code acts, whatever its keys mean, and what only moves the selection need not wait.
    @Test func keysThatWalkPassAtOnceAndStillBeginACode() {
        let walking: Set<Key> = [.character("j"), .character("G")]
        #expect(
            events("jqa-1\r", every: 30, passing: walking) == keys("jqa-1\r"))
        #expect(
            events([Press(key: .character("j"), after: 500)] + presses("qa-1\r", every: 8), passing: walking)
                .map(\.event) == [.key(.character("j")), .scan(Scan("jqa-1", passed: 1))])
        let held = events(presses(String(repeating: "j", count: 50), every: 16), passing: walking)
        #expect(held.count == 50 && held.allSatisfy { $0.waited == 0 })
    }

    @Test func aCodeMayBeginWithAnySign() {
        for code in [
            "\u{27}\u{E0}\u{E0}-\"_&\"\"\"\u{E7}\"&", "/kimchi", "+4006", "?a-1", "-12345", "\u{F6}98765",
        ] {
            #expect(events(code + "\r", every: 4) == [.scan(Scan(code))])
        }
    }

    /// What came just before may change what the key means, as `/` does, which opens a field.
    @Test func aKeyThatWalksWaitsInTheMiddleOfABurst() {
        let walking: Set<Key> = [.character("k")]
        #expect(
            events([Press(key: .up, after: 500)] + presses("kimchi\r", every: 1), passing: walking)
                .map(\.event) == [.key(.up), .scan(Scan("kimchi"))])
    }

    /// Elsewhere it would mark a row.
    @Test func aSpaceMayBeginACodeAndAHeldOneDoesNot() {
        #expect(events(" 4006381\r", every: 4) == [.scan(Scan(" 4006381"))])
        #expect(events(presses(" ", every: 300)).map(\.event) == [.key(.character(" "))])
        let held = events(presses(String(repeating: " ", count: 20) + "\r", every: 16))
        #expect(held.map(\.event) == Array(repeating: .key(.character(" ")), count: 20) + [.key(.enter)])
    }

    @Test func aCodeStaysWholeWhenOtherKeysPassFromNowOn() {
        var detector = ScanDetector()
        _ = detector.gather(passing: [.character("k")])
        var out: [TimedEvent] = []
        for (index, event) in (keys("/K12") + keys("345\r")).enumerated() {
            if index == 4 { out += detector.gather(passing: []) }
            detector.feed(TimedEvent(event, nanoseconds: UInt64(index) * 1_000), into: &out)
        }
        #expect(out.map(\.event) == [.scan(Scan("/K12345"))])
    }

    @Test func onlyCharactersWait() {
        let passing: [Key] = [
            .enter, .tab, .up, .escape, .function(2), .control("c"),
        ]
        for key in passing {
            let out = events([Press(key: key, after: 500)])
            #expect(out.map(\.event) == [.key(key)] && out[0].waited == 0)
        }
        let out = events(presses("ab", every: 300))
        #expect(out.map(\.event) == keys("ab") && out.allSatisfy { $0.waited == 20 })
    }

    @Test func otherEventsEndABurst() {
        var detector = ScanDetector()
        _ = detector.gather(passing: [])
        var out: [TimedEvent] = []
        let sent: [TerminalEvent] = keys("CS-1") + [.paste("CS-100\r"), .key(.enter)]
        for event in sent { detector.feed(TimedEvent(event, nanoseconds: 5), into: &out) }
        #expect(out.map(\.event) == sent)
    }

    @Test func nothingWaitsWhereNothingIsGathered() {
        let out = events(presses("CS-100\r", every: 1), passing: nil)
        #expect(out.map(\.event) == keys("CS-100\r") && out.allSatisfy { $0.waited == 0 })
        // Neither what was waiting when that began.
        var detector = ScanDetector()
        _ = detector.gather(passing: [])
        var waiting: [TimedEvent] = []
        detector.feed(TimedEvent(.key(.character("c")), nanoseconds: 5), into: &waiting)
        #expect(waiting.isEmpty && detector.due == 5 + ScanDetector.gap)
        #expect(detector.gather(passing: nil).map(\.event) == keys("c") && detector.due == nil)
    }

    @Test func aFloodPasses() {
        let text = String(repeating: "ab", count: ScanDetector.longest / 2 + 20)
        #expect(events(text, every: 0) == keys(text))
    }

    /// However people and scanners take turns: every key comes out once, in order, in time, and codes whole.
    @Test(arguments: 0..<200)
    func noKeyIsLostOrMoved(seed: UInt64) {
        var random = SplitMix(seed: seed)
        let letters = Array("aCj3k0-+/ é")
        var sent: [Press] = []
        var codes: [String] = []
        for _ in 0..<30 {
            if Int.random(in: 0..<2, using: &random) == 0 {
                let code =
                    "X"
                    + (0..<3 + Int.random(in: 0..<20, using: &random)).map { _ in
                        String(letters[Int.random(in: 0..<11, using: &random)])
                    }.joined()
                codes.append(code)
                sent.append(Press(key: .character("X"), after: 50))
                for character in code.dropFirst() {
                    sent.append(
                        Press(
                            key: .character(character), after: UInt64(Int.random(in: 0..<21, using: &random)))
                    )
                }
                sent.append(Press(key: .enter, after: UInt64(Int.random(in: 0..<21, using: &random))))
            } else {
                let keys: [Key] = [.enter, .tab, .down, .escape] + letters.map { .character($0) }
                sent.append(
                    Press(
                        key: keys[Int.random(in: 0..<keys.count, using: &random)],
                        after: UInt64(21 + Int.random(in: 0..<500, using: &random))))
            }
        }
        let out = events(sent, passing: [.character("j"), .character("k")])
        let whole = out.flatMap { one -> [Key] in
            switch one.event {
            case .key(let key): [key]
            case .scan(let scan): scan.code.dropFirst(scan.passed).map { .character($0) } + [scan.end]
            default: []
            }
        }
        #expect(whole == sent.map(\.key), "seed \(seed)")
        let found = out.compactMap { if case .scan(let scan) = $0.event { scan.code } else { nil } }
        #expect(found == codes, "seed \(seed)")
        let keysThatWaited = out.filter { if case .key = $0.event { $0.waited > 20 } else { false } }
        #expect(keysThatWaited.isEmpty, "seed \(seed)")
    }
}
