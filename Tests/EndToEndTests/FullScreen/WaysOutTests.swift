import Foundation
import Glibc
import PtyTesting
import StoreSQLite
import Testing

/// Every way out of the real program: the terminal is as it was, and nothing that was in the cart is lost.
@Suite(.serialized, .timeLimit(.minutes(20))) struct WaysOutTests {
    enum WayOut: Int32, CaseIterable {
        case quit = 0
        case hangUp = 1
        case interrupt = 2
        case quitSignal = 3
        case user = 10
        case terminate = 15
        case controlC = 100
    }

    /// From the shop, and with a question open.
    @Test(arguments: WayOut.allCases, [false, true])
    func leavesTheTerminalAsItWas(_ way: WayOut, hasQuestion: Bool) throws {
        let shop = try PtyShop(Program(), ["--demo"])
        try shop.see("of 240")
        if hasQuestion {
            try shop.addOne()
            try shop.press("q", "throw-away store", "Stay")
        }
        switch way {
        // Towards Quit, and pressed.
        case .quit: shop.session.send(hasQuestion ? "\t\r" : "q")
        case .controlC: shop.session.send(PtyShop.ctrlC)
        default: shop.session.signal(way.rawValue)
        }
        let isAsked = way == .quit || way == .controlC
        #expect(try shop.exit() == .code(isAsked ? 0 : 128 + way.rawValue))
        try shop.expectUntouched()
        #expect(try shop.crashReports() == [])
    }

    // MARK: - A dropped line

    enum Drop: String, CaseIterable { case closedLine, hangUp, terminate }

    @Test(arguments: Drop.allCases) func keepsTheCartWhenTheLineDrops(_ drop: Drop) throws {
        let program = try Program()
        let store = try PtyShop.store(program)
        let shop = try PtyShop(program, ["--db", store], keepsSlave: false)
        try shop.signIn()
        try shop.addOne()
        switch drop {
        case .closedLine: shop.session.hangUp()
        case .hangUp: shop.session.signal(SIGHUP)
        case .terminate: shop.session.signal(SIGTERM)
        }
        #expect(try shop.exit() == .code(128 + (drop == .terminate ? SIGTERM : SIGHUP)))
        try Self.expectCart(program, store)
    }

    private static func expectCart(_ program: Program, _ store: String) throws {
        #expect(try program.run("verify", "--db", store).code == 0)
        let next = try PtyShop(program, ["--db", store])
        try next.signIn(isKnown: true)
        try next.see("Cart 1")
        next.session.send("q")
        #expect(try next.exit() == .code(0))
    }

    /// Under nohup no signal says so: the error of reading has to do.
    @Test func endsWhenOnlyReadingTellsOfTheEnd() throws {
        let shop = try PtyShop(Program(), ["--demo"], keepsSlave: false, shell: "trap '' HUP; exec \"$@\"")
        try shop.see("of 240")
        shop.session.hangUp()
        #expect(try shop.exit() == .code(128 + SIGHUP))
    }

    // MARK: - While something is under way

    enum Interruption: String, CaseIterable { case closedLine, terminate, controlC, crash }

    /// Another program holds the store, so that the order waits. It is given up with the program, offered
    /// again at the next start, and placed once.
    @Test(arguments: Interruption.allCases)
    func anOrderUnderWayIsOfferedAgain(_ interruption: Interruption) throws {
        let program = try Program()
        let store = try PtyShop.store(program)
        let before = try Self.orders(program, store)
        let shop = try PtyShop(program, ["--db", store])
        try shop.signIn()
        try shop.goToPayment()
        do {
            let lock = try HeldLock(store)
            defer { lock.release() }
            try shop.press("\r", "Placing the order")
            switch interruption {
            case .closedLine: shop.session.hangUp()
            case .terminate: shop.session.signal(SIGTERM)
            case .controlC: shop.session.send(PtyShop.ctrlC + PtyShop.ctrlC)
            case .crash: shop.session.signal(SIGSEGV)
            }
            let exit = try shop.exit()
            switch interruption {
            case .closedLine: #expect(exit == .code(128 + SIGHUP))
            case .terminate: #expect(exit == .code(128 + SIGTERM))
            case .controlC: #expect(exit == .code(0))
            case .crash: #expect(exit == .signal(SIGSEGV))
            }
            if interruption != .closedLine { try shop.expectUntouched() }
        }
        #expect(try program.run("verify", "--db", store).code == 0)
        let next = try PtyShop(program, ["--db", store])
        try next.signIn(isKnown: true, sees: "A checkout was interrupted")
        try next.press("\r", "is paid")
        next.session.send(PtyShop.ctrlC)
        #expect(try next.exit() == .code(0))
        #expect(try Self.orders(program, store) == before + 1)
        #expect(try program.run("verify", "--db", store).code == 0)
    }

    /// Reading products may be anywhere on its way when the session ends.
    @Test func endsInTheMiddleOfASearch() throws {
        let program = try Program()
        for round in 0..<12 as Range<useconds_t> {
            let shop = try PtyShop(program, ["--demo"])
            try shop.see("of 240")
            try shop.press("/", "to the list")
            for letter in "wool" { shop.session.send(String(letter)) }
            usleep(round * 1_000)
            shop.session.send(PtyShop.ctrlC)
            try #require(try shop.exit() == .code(0), "round \(round)")
            try shop.expectUntouched()
        }
    }

    private static func orders(_ program: Program, _ store: String) throws -> Int {
        let run = try program.run("order", "list", "--json", "--db", store)
        return try #require(run.json()["count"] as? Int)
    }

    // MARK: - Crashes

    /// The password that was being typed is nowhere, and the file is for nobody else.
    @Test(arguments: [
        (SIGSEGV, "SIGSEGV"), (SIGABRT, "SIGABRT"), (SIGBUS, "SIGBUS"), (SIGILL, "SIGILL"),
        (SIGFPE, "SIGFPE"), (SIGTRAP, "SIGTRAP"),
    ])
    func aCrashTellsNothingSecret(_ signal: Int32, _ name: String) throws {
        let program = try Program()
        let store = try PtyShop.store(program)
        let shop = try PtyShop(program, ["--db", store])
        try shop.see("E-mail")
        try shop.press("somebody@example.com\tcorrect-horse-9\u{12}", "correct-horse-9")
        shop.session.forgetOutput()
        shop.session.signal(signal)
        #expect(try shop.exit() == .signal(signal))
        try shop.expectUntouched()
        let path = try #require(try shop.crashReports().first)
        #expect(shop.text.contains("The program crashed; a report is in \(path)"))
        let report = try String(contentsOfFile: path, encoding: .utf8)
        for line in ["ended by: \(name)\n", "storefront: ", "screen: Sign in\n", "size: 80×24\n", "last: "] {
            #expect(report.contains(line), "\(report)")
        }
        #expect(!report.contains("horse") && !report.contains("somebody"), "\(report)")
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
    }

    // MARK: - Messages

    /// What a library writes to standard error stands in the log while the screen is up, and is seen after.
    @Test(arguments: [false, true]) func messagesAreKeptOffTheScreenAndShownAfter(_ hasLog: Bool) throws {
        let program = try Program()
        let log = program.home.path("messages.log")
        let shop = try PtyShop(
            program, ["--demo"], environment: hasLog ? ["STOREFRONT_LOG_FILE": log] : [:])
        try shop.see("of 240")
        // The descriptor that a library would write to.
        let messages = try FileHandle(
            forWritingTo: URL(filePath: "/proc/\(shop.session.process)/fd/2"))
        try messages.seekToEnd()
        try messages.write(contentsOf: Data("a library complains\n".utf8))
        try messages.close()
        try shop.press(PtyShop.ctrlL, "of 240", "quit")
        #expect(!shop.text.contains("complains"))
        if hasLog {
            #expect(try String(contentsOfFile: log, encoding: .utf8).contains("a library complains\n"))
        }
        shop.session.forgetOutput()
        shop.session.send("q")
        #expect(try shop.exit() == .code(0))
        #expect(shop.text.contains("a library complains"))
        let output = shop.session.outputText
        let left = try #require(output.range(of: "\u{1b}[?1049l"))
        let shown = try #require(output.range(of: "a library complains"))
        #expect(left.upperBound <= shown.lowerBound)
    }
}

/// The store's lock, held as another program holds it while it writes.
private struct HeldLock {
    private let descriptor: Int32

    init(_ store: String) throws {
        descriptor = open("\(store)-lock", O_RDWR | O_CLOEXEC)
        var lock = flock(l_type: Int16(F_WRLCK), l_whence: 0, l_start: 0, l_len: 1, l_pid: 0)
        // F_OFD_SETLK, which Swift's view of the C library leaves out.
        try #require(descriptor >= 0 && fcntl(descriptor, 37, &lock) == 0, "error \(errno)")
    }

    func release() { close(descriptor) }
}
