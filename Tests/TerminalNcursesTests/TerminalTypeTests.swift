import Foundation
import PtyTesting
import TerminalKit
import Testing

@testable import TerminalNcurses

/// What the program makes of the many kinds of terminal.
@Suite struct TerminalTypeTests {
    @Test(arguments: [
        ("xterm-256color", "indexed256"), ("xterm", "ansi8"), ("screen-256color", "indexed256"),
        ("tmux-256color", "indexed256"), ("linux", "ansi8"), ("vt100", "mono"), ("ansi", "ansi8"),
        ("vt220", "mono"),
    ])
    func worksOn(_ term: String, _ colors: String) throws {
        let session = try Probe.start(term: term)
        let ready = try session.waitForReport(beginning: "ready")
        #expect(ready == "ready 80×24 \(term) \(colors) unicode=true")
        session.send("\u{1b}[B")
        try session.waitForReport("key(TerminalKit.Key.down)")
        session.send("q")
        #expect(try session.waitForExit() == .code(0))
    }

    @Test(arguments: ["no-such-terminal", nil])
    func unknownOnesAreTakenForXterm(_ term: String?) throws {
        let session = try Probe.start(term: term)
        #expect(try session.waitForReport(beginning: "ready").contains(" xterm-256color "))
        #expect(try session.waitForReport(beginning: "notice").contains("using xterm-256color"))
        session.send("q")
        #expect(try session.waitForExit() == .code(0))
    }

    /// Their descriptions come with them, not with the host.
    @Test(arguments: ["xterm-kitty", "xterm-ghostty", "alacritty", "foot", "wezterm", "st-256color", "rio-x"])
    func terminalsThatAreXtermsAreTakenForItWithoutAWord(_ term: String) throws {
        let session = try Probe.start(term: term, environment: ["TERMINFO_DIRS": "/usr/share/terminfo"])
        let ready = try session.waitForReport(beginning: "ready")
        #expect(ready.contains(" xterm-256color ") || ready.contains(" \(term) "))
        session.send("q")
        #expect(try session.waitForExit() == .code(0))
        #expect(!session.report.contains { $0.hasPrefix("notice") })
    }

    @Test(arguments: ["stone", "xtermite", "footling"]) func aNameThatOnlyBeginsAlikeIsTold(_ term: String)
        throws
    {
        let session = try Probe.start(term: term)
        #expect(try session.waitForReport(beginning: "notice").contains(term))
        session.send("q")
        #expect(try session.waitForExit() == .code(0))
    }

    /// A client that sends no locale sends what it shows all the same.
    @Test func withoutALocaleTextIsUTF8() throws {
        let session = try Probe.start(environment: ["LANG": "", "LC_ALL": "", "LC_CTYPE": ""])
        #expect(try session.waitForReport(beginning: "ready").hasSuffix("unicode=true"))
        session.send("q")
        #expect(try session.waitForExit() == .code(0))
    }

    @Test func aTerminalThatOnlyPrintsIsRefusedInOneLine() throws {
        let session = try PtySession([Probe.path], term: "dumb")
        #expect(try session.waitForExit() == .code(1))
        #expect(
            session.outputText
                == "probe: this terminal (TERM=dumb) cannot place the cursor; try TERM=xterm-256color\r\n")
        #expect(session.report.isEmpty)
    }

    @Test func aPipeIsRefusedInOneLine() throws {
        let session = try PtySession(["/bin/sh", "-c", "\(Probe.path) | cat"])
        _ = try session.waitForExit()
        #expect(session.outputText.hasPrefix("probe: a full screen needs a terminal"))
        #expect(!session.outputText.contains("\u{1b}"))
    }

    @Test(arguments: [
        (["LC_ALL": "C"], false), (["LC_ALL": "POSIX"], false), (["LC_ALL": "C.UTF-8"], true),
        (["LC_ALL": "xx_YY.UTF-8"], true), (["LC_ALL": "xx_YY.ISO-8859-1"], false),
    ])
    func keepsToASCIIUnlessTheLocaleIsUTF8(_ environment: [String: String], _ isUnicode: Bool) throws {
        let session = try Probe.start(environment: environment)
        #expect(try session.waitForReport(beginning: "ready").hasSuffix("unicode=\(isUnicode)"))
        session.send("q")
        _ = try session.waitForExit()
        #expect(session.output.contains { $0 >= 0x80 } == isUnicode)
        #expect(session.outputText.contains("probe zazolc ??") == !isUnicode)
    }

    @Test func theUserMayKeepItToASCII() throws {
        let session = try Probe.start(["--ascii"])
        session.send("q")
        _ = try session.waitForExit()
        #expect(!session.output.contains { $0 >= 0x80 })
    }

    @Test(arguments: [
        ([], ["NO_COLOR": "1"], "mono"), ([], ["NO_COLOR": ""], "indexed256"),
        (["--colors=ansi8"], ["NO_COLOR": "1"], "ansi8"), (["--colors=direct"], [:], "direct"),
        (["--colors=mono"], [:], "mono"), ([], ["COLORTERM": "truecolor"], "direct"),
        ([], ["COLORTERM": "24bit"], "direct"), ([], ["COLORTERM": "yes"], "indexed256"),
        (["--colors=indexed256"], ["COLORTERM": "truecolor"], "indexed256"),
        ([], ["COLORTERM": "truecolor", "NO_COLOR": "1"], "mono"),
    ])
    func colors(_ arguments: [String], _ environment: [String: String], _ colors: String) throws {
        let session = try Probe.start(arguments, environment: environment)
        #expect(try session.waitForReport(beginning: "ready").contains(" \(colors) "))
        session.send("q")
        _ = try session.waitForExit()
        let hasColor = session.outputText.contains(#/\x1b\[[34]([0-7]|8;5;\d+|8;2;\d+;\d+;\d+)[;m]/#)
        #expect(hasColor == (colors != "mono"))
        #expect(session.ledger.colors.contains(.direct) == (colors == "direct"))
        LifeCycleTests.expectModesPaired(session)
    }

    /// Where the description has nothing of a modern terminal, nobody can know what the variable is worth.
    @Test(arguments: ["vt100", "linux", "screen"]) func oldTerminalsKeepTheirColors(_ term: String) throws {
        let session = try Probe.start(term: term, environment: ["COLORTERM": "truecolor"])
        #expect(!(try session.waitForReport(beginning: "ready").contains(" direct ")))
        session.send("q")
        _ = try session.waitForExit()
        #expect(!session.ledger.colors.contains(.direct))
    }

    @Test func paddingOfOldTerminalsIsLeftOut() {
        #expect(TerminalModes.withoutPadding("\u{1b}[m\u{0f}$<2>") == "\u{1b}[m\u{0f}")
        #expect(TerminalModes.withoutPadding("a$<5/>b$c") == "ab$c")
        #expect(TerminalModes.withoutPadding("$<") == "$<")
    }

    @Test func staysUpAtEverySize() throws {
        let session = try Probe.start()
        for (columns, rows) in [(40, 12), (1, 1), (500, 200), (2, 1), (1, 50), (3, 3), (200, 60), (80, 24)] {
            try session.resize(columns: columns, rows: rows)
            try session.waitForReport("resize(\(columns)×\(rows))")
        }
        session.send("q")
        #expect(try session.waitForExit() == .code(0))
        LifeCycleTests.expectModesPaired(session)
    }

    /// Two of them take numbers below 16 or 256 for the palette.
    @Test(arguments: [
        "xterm-direct", "xterm-direct2", "xterm-direct16", "xterm-direct256", "konsole-direct",
        "kitty-direct",
        "iterm2-direct", "vte-direct", "st-direct", "tmux-direct",
    ])
    func showsEveryColorWhereTheDescriptionSaysSo(_ term: String) throws {
        let session = try Probe.start(term: term)
        #expect(try session.waitForReport(beginning: "ready").contains(" \(term) direct "))
        session.send("q")
        #expect(try session.waitForExit() == .code(0))
        #expect(session.ledger.colors == [.direct])
        #expect(session.ledger.leftOver == [])
        let (red, green, blue) = try #require(Theme.standard.style(.ui).background?.components)
        let isShown = [
            "48;2;\(red);\(green);\(blue)m", "48:2::\(red):\(green):\(blue)m",
            "48:2:\(red):\(green):\(blue)m",
        ]
        .contains { session.outputText.contains($0) }
        #expect(isShown)
    }
}
