/// A form of faults, as a tape spells it: help, the list of a running session, the random hand and the documentation
/// all have these.
public struct FaultForm: Sendable {
    /// With `CALL` and `REQUEST` for any of those.
    public let text: String
    public let summary: String
    /// One with each of its words, as a list offers them; none where they are without number.
    public let faults: [TapedFault]
    /// Whether a running session can have it: it goes wrong in its shop, and not in the terminal, in hands or in the
    /// program, where whoever tests has them before him.
    public let isLive: Bool

    private init(_ text: String, _ summary: String, _ faults: [TapedFault], isLive: Bool = false) {
        self.text = text
        self.summary = summary
        self.faults = faults
        self.isLive = isLive
    }

    private static func ofCall(_ text: String, _ summary: String, _ how: TapedFault.OfCall) -> FaultForm {
        FaultForm(text, summary, TapedFault.Call.allCases.map { .call($0, how) }, isLive: true)
    }

    private static func one(_ fault: TapedFault, _ summary: String, isLive: Bool = false) -> FaultForm {
        FaultForm(fault.text, summary, [fault], isLive: isLive)
    }

    private static let changing = TapedFault.Call.allCases.filter(\.changes)

    /// All there are.
    public static let all: [FaultForm] = [
        .ofCall("fails CALL next", "the next such call cannot reach the shop, and nothing is done", .fails),
        .ofCall(
            "error CALL next", "the shop refuses the next such call as broken, and nothing is done", .errs),
        .ofCall("signed-out CALL next", "the sign-in counts no more at the next such call", .signsOut),
        .ofCall(
            "lost CALL next", "the next such call does what it is asked, and its answer is lost", .loses),
        .ofCall("slow CALL 3", "the answer to the next such call comes three steps later", .slow(3)),
        .ofCall(
            "never CALL next", "the answer to the next such call comes only when all is well again", .never),
        .one(.signedOut, "the sign-in counts no more, until somebody signs in anew", isLive: true),
        .one(.store(.full), "nothing more can be stored", isLive: true),
        .one(.store(.readOnly), "nothing can be stored", isLive: true),
        .one(.store(.busy), "another program holds the store", isLive: true),
        .one(.others(.sells), "another till sells all there is of what is in the cart"),
        .one(.others(.prices), "another till makes it dearer"),
        .one(.others(.deletes), "another till takes it out of the shop"),
        .one(.others(.shares), "another till adds a piece of it to the same account's cart"),
        .one(.net(.offline), "nothing can be reached", isLive: true),
        .one(.net(.slow(2)), "each answer comes two steps later", isLive: true),
        .one(.net(.cut), "each answer ends in the middle, and what was asked is done", isLive: true),
        FaultForm(
            "clock +3600", "the shop's clock goes on by an hour (or back: clock -3600)",
            [.clock(.moves(3_600)), .clock(.moves(-3_600))], isLive: true),
        .one(
            .clock(.changesTime), "the clock goes to a second before summer time begins or ends",
            isLive: true),
        FaultForm(
            "clock runs", "each step takes a second (clock stops: no time passes)",
            [.clock(.runs), .clock(.stops)]),
        .one(.terminal(.storm), "the terminal has many sizes, one after the other"),
        .one(.terminal(.suspend), "the program is stopped and goes on"),
        .one(.terminal(.eightColors), "the terminal has eight colours"),
        .one(.terminal(.small), "the terminal has 40 by 12 cells"),
        .one(
            .terminal(.slow),
            "the terminal is read slowly: pictures come late, and what is typed all at once",
            isLive: true),
        .one(
            .terminal(.hangup),
            "the window is closed: what must be stored is, and a session begins on the same shop"),
        .one(.hands(.scan), "a label is scanned, whatever has the keys"),
        .one(.hands(.repeats(30)), "the last key is held down"),
        .one(.hands(.paste), "a long text is pasted, whatever has the keys"),
        .one(.process(.now), "the session ends without a word and begins anew on the same shop"),
        FaultForm(
            "killed before CALL", "the same, where the next such call would be made",
            changing.map { .process(.before($0)) }),
        FaultForm(
            "killed after CALL", "the same, where the next such call is done and nobody has heard of it",
            changing.map { .process(.after($0)) }),
        .one(.answers(.wait), "requests are carried out and answered only when a line says so"),
        FaultForm("answer REQUEST", "the oldest such request is carried out and answered", []),
        .one(.over, "all is well again, and every answer comes", isLive: true),
    ]
}

extension TapedFault: CaseIterable {
    /// Those of all forms; the answers to requests, whose names are many, are not among them.
    public static let allCases: [TapedFault] = FaultForm.all.flatMap(\.faults)
}
