import Dispatch
import Glibc
import TerminalKit
import TerminalNcurses

/// A small program on the real terminal for the tests: reports what happens on descriptor 3, a line each,
/// and ends in whatever way a key asks for.
@main
struct Probe {
    static func main() {
        if has("--drops") { blockDropSignal() }
        let executor = OneThreadExecutor()
        Task(executorPreference: executor) {
            await run()
            executor.stop()
        }
        executor.run()
    }

    private static func run() async {
        let terminal: NcursesTerminal
        do {
            terminal = try NcursesTerminal(
                NcursesOptions(
                    forcedColors: forcedColors, asciiOnly: has("--ascii"),
                    crashReportPath: value(of: "--crash-report")))
        } catch {
            print("probe: \(error)")
            exit(1)
        }
        let abilities = terminal.abilities
        if has("--scans") { terminal.gatherScans(passing: []) }
        if has("--held") { terminal.events.hold(true) }
        if has("--drops") { dropOnSignal(terminal) }
        terminal.noteForCrash("an old note that is longer than the new one\n")
        terminal.noteForCrash("notes of the probe\n")
        report("ready \(terminal.size) \(abilities.name) \(abilities.colors) unicode=\(abilities.unicode)")
        if let notice = abilities.notice { report("notice \(notice)") }
        var probe = Probe(terminal: terminal)
        probe.draw()
        for await timed in terminal.events {
            report("\(timed.event)")
            if probe.act(on: timed.event) { break }
            probe.draw()
        }
        terminal.close()
        report("closed")
    }

    private static var dropSignal: sigset_t {
        var set = sigset_t()
        sigemptyset(&set)
        sigaddset(&set, SIGUSR1)
        return set
    }

    /// Before there are threads, which would get it otherwise.
    private static func blockDropSignal() {
        var set = dropSignal
        pthread_sigmask(SIG_BLOCK, &set, nil)
    }

    /// SIGUSR1 has what was typed forgotten, and all that comes then is handled.
    private static func dropOnSignal(_ terminal: NcursesTerminal) {
        DispatchQueue(label: "drop").async {
            var (set, number) = (dropSignal, CInt(0))
            guard sigwait(&set, &number) == 0 else { return }
            terminal.dropInput()
            terminal.events.hold(false)
            // Done behind what was asked for before.
            terminal.outside { report("dropped") }
        }
    }

    private let terminal: NcursesTerminal
    private var row = 0
    private var isLinked = false

    private init(terminal: NcursesTerminal) { self.terminal = terminal }

    private static func has(_ flag: String) -> Bool { CommandLine.arguments.contains(flag) }

    private static func value(of flag: String) -> String? {
        CommandLine.arguments.first { $0.hasPrefix("\(flag)=") }.map { String($0.dropFirst(flag.count + 1)) }
    }

    private static var forcedColors: ColorDepth? {
        ColorDepth.allCases.first { has("--colors=\($0)") }
    }

    private static func report(_ line: String) {
        write(line + "\n", to: 3)
    }

    private static func write(_ text: String, to descriptor: Int32) {
        let bytes = Array(text.utf8)
        _ = Glibc.write(descriptor, bytes, bytes.count)
    }

    /// True when the program is over.
    private mutating func act(on event: TerminalEvent) -> Bool {
        switch event {
        case .ended: return true
        case .key(.character("q")): return true
        case .key(.character("T")): fatalError("a trap on purpose")
        case .key(.character("S")): UnsafeMutablePointer<Int>(bitPattern: 8)?.pointee = 1
        case .key(.character("A")): abort()
        case .key(.character("X")): exit(3)
        case .key(.character("E")): Self.write("a line for stderr\n", to: STDERR_FILENO)
        case .key(.character("O")): terminal.outside { Self.report("outside") }
        case .key(.character("M")): terminal.setMouseCapture(false)
        case .key(.character("W")): terminal.setTitle("the probe")
        case .key(.character("C")): Self.report("copied \(terminal.copy("probe"))")
        case .key(.character("P")): terminal.setProgress(.percent(row))
        case .key(.character("L")): isLinked = true
        case .key(.character("j")): row += 1
        case .key(.character("k")): row -= 1
        case .key(.pageDown): row += 500
        case .key(.pageUp): row -= 500
        case .key(.control("z")): terminal.suspend()
        default: break
        }
        return false
    }

    private func draw() {
        let context = RenderContext(theme: .standard, glyphs: terminal.abilities.glyphs)
        var surface = context.surface(terminal.size)
        let list = ListViewport(count: 1_000, height: max(0, surface.size.height - 2), selection: row)
        surface.write(" probe zażółć 日本 ", at: Point(x: 0, y: 0), style: context.style(.header))
        let columns = [
            TableColumn("Name", minWidth: 10, grows: true),
            TableColumn("Price", minWidth: 8, alignment: .right),
        ]
        let (_, body) = surface.bounds.splitTop(1)
        surface.drawTable(columns, in: body, viewport: list, context: context) { row, column in
            [TextRun(column == 0 ? "Product number \(row)" : "\(row).00 €")]
        }
        surface.cursor = Point(x: 0, y: 2 + (list.selection ?? 0) - list.offset)
        if isLinked {
            surface.link = SurfaceLink(Rect(x: 1, y: 0, width: 5, height: 1), path: "/tmp/a receipt é.txt")
        }
        terminal.present(surface)
    }
}
