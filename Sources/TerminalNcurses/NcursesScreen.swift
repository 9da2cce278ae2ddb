import CNcurses
import Glibc
import TerminalKit

/// ncurses itself. Made on one thread, then used by the owner thread alone.
final class NcursesScreen {
    let abilities: TerminalAbilities
    private(set) var size: Size
    /// Whether the screen is ours just now.
    private(set) var isUp = true
    private let screen: OpaquePointer
    /// What the terminal sends for its keys.
    let keys: KeySequences
    /// Milliseconds after which the rest of a key's bytes no longer comes.
    let escapeDelay: Int
    private var modes: TerminalModes
    private let stderrLog: StderrLog
    private var painter: CellWriter
    private var capturesMouse: Bool

    /// Takes the terminal.
    ///
    /// - Parameters:
    ///   - wakes: where signals about the screen write their number.
    ///   - ends: where those write that ask the program to end.
    init(options: NcursesOptions, wakes: Pipe, ends: Pipe) throws(TerminalError) {
        guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else { throw .notATerminal }
        let isUTF8 = TerminalType.usesUTF8()
        let type = try TerminalType.choose()
        // They would freeze the size.
        unsetenv("LINES")
        unsetenv("COLUMNS")
        cn_signals_save()
        cn_signals_take_stop()
        guard cn_guard_save_termios(STDIN_FILENO) else { throw .system(call: "tcgetattr", code: errno) }
        // It makes room for every cell of the window at once.
        let limit = Self.limited
        if let limit {
            setenv("COLUMNS", String(limit.width), 1)
            setenv("LINES", String(limit.height), 1)
        }
        defer {
            if limit != nil {
                unsetenv("COLUMNS")
                unsetenv("LINES")
            }
        }
        let colors = Self.allowedColors(options)
        let opened =
            TerminalType.takesDirect(type.name, choice: colors)
            ? DirectDescription.whileKnown { cn_newterm(DirectDescription.name) } : cn_newterm(type.name)
        guard let screen = opened else {
            cn_signals_restore()
            throw .unknownTerminal(term: type.name)
        }
        self.screen = screen
        raw()
        noecho()
        nonl()
        intrflush(nil, false)
        typeahead(-1)
        keypad(cn_stdscr(), true)
        keys = Self.describedKeys()
        Self.setEscapeDelay(options.escapeDelay)
        escapeDelay = Int(get_escdelay())
        let depth = Self.depth(atMost: colors ?? .direct)
        modes = TerminalModes(options, name: type.name)
        capturesMouse = modes.hasMouse
        abilities = TerminalAbilities(
            name: type.name, colors: depth, unicode: isUTF8 && !options.asciiOnly, mouse: modes.hasMouse,
            clipboard: modes.hasClipboard, isInTmux: modes.isInTmux, notice: type.notice)
        size = Size(width: Int(getmaxx(cn_stdscr())), height: Int(getmaxy(cn_stdscr())))
        painter = CellWriter(depth: depth, usesUnicode: abilities.unicode)
        stderrLog = StderrLog(path: options.logPath)
        prepareGuard()
        _ = cn_report_to(options.crashReportPath)
        cn_guard_arm(stderrLog.realStderr, stderrLog.log, stderrLog.start)
        cn_signals_install(wakes.writeEnd, ends.writeEnd)
        cn_use_signal_stack()
        stderrLog.redirect()
        modes.write(modes.on(mouse: capturesMouse) + modes.question)
    }

    /// No picture is larger: a window may claim millions of cells.
    private static let largest = Size(width: 500, height: 200)

    /// What is used of a window that is too large; nil for all others.
    private static var limited: Size? {
        guard let size = windowSize(), size.width > largest.width || size.height > largest.height else {
            return nil
        }
        return clamped(size)
    }

    private static func clamped(_ size: Size) -> Size {
        Size(width: min(size.width, largest.width), height: min(size.height, largest.height))
    }

    private static func windowSize() -> Size? {
        var (columns, rows): (Int32, Int32) = (0, 0)
        guard cn_window_size(STDOUT_FILENO, &columns, &rows) else { return nil }
        return Size(width: Int(columns), height: Int(rows))
    }

    private static func setEscapeDelay(_ wanted: Int?) {
        if let wanted {
            set_escdelay(Int32(clamping: wanted))
        } else if TerminalType.environment("ESCDELAY") == nil {
            set_escdelay(Int32(clamping: TerminalType.escapeDelay.milliseconds))
        }
    }

    /// The flag counts most, then NO_COLOR, then the settings; nil for as many as there are.
    private static func allowedColors(_ options: NcursesOptions) -> ColorDepth? {
        let noColor = TerminalType.environment("NO_COLOR").map { !$0.isEmpty } ?? false
        return options.forcedColors ?? (noColor ? .mono : options.configuredColors)
    }

    /// Starts colours where they are wanted; none makes a terminal show more than the description in use says.
    private static func depth(atMost limit: ColorDepth) -> ColorDepth {
        guard limit > .mono, has_colors(), start_color() == OK, use_default_colors() == OK else {
            return .mono
        }
        // Whatever starts colours has at least eight.
        let own = max(
            ColorDepth.ansi8, TerminalType.depth(colors: Int(cn_colors()), isDirect: cn_flag("RGB")))
        return min(own, limit)
    }

    // MARK: - Coming and going

    /// Gives the terminal back for a while.
    func leave() {
        guard isUp else { return }
        isUp = false
        modes.write(modes.off)
        endwin()
        cn_guard_restore_termios()
        cn_guard_disarm()
        stderrLog.giveBack()
    }

    /// Takes it again, or makes sure of it: whoever stopped the program may have changed its modes.
    func enter() {
        let wasUp = isUp
        if wasUp { endwin() }
        stderrLog.redirect()
        cn_guard_arm(stderrLog.realStderr, stderrLog.log, stderrLog.start)
        reset_prog_mode()
        keypad(cn_stdscr(), true)
        isUp = true
        modes.write(modes.on(mouse: capturesMouse, again: wasUp))
        redraw()
    }

    /// Gives the terminal back for good.
    func close() {
        if cn_guard_fired() {
            cn_signals_restore()
            return
        }
        leave()
        cn_signals_restore()
        delscreen(screen)
        stderrLog.finish()
    }

    func setMouseCapture(_ isOn: Bool) {
        capturesMouse = isOn && modes.hasMouse
        if isUp { modes.write(capturesMouse ? modes.mouseOn : modes.mouseOff) }
    }

    // MARK: - What good terminals offer

    /// Adopts what the terminal answered to a question.
    func heard(_ answer: ModeAnswer) {
        guard modes.adopt(answer) else { return }
        prepareGuard()
    }

    private func prepareGuard() {
        let way = modes.wayOut
        _ = cn_guard_prepare(way, way.count)
    }

    func setTitle(_ title: String) {
        let text = modes.title(title)
        // Before it is written: whatever ends the program then puts back what there was.
        prepareGuard()
        if isUp { modes.write(text) }
    }

    func setProgress(_ progress: TerminalProgress?) {
        let text = modes.progress(progress)
        prepareGuard()
        if isUp { modes.write(text) }
    }

    func copy(_ text: String) {
        if isUp { modes.write(modes.copying(text)) }
    }

    func ring() {
        if isUp { CNcurses.beep() }
    }

    // MARK: - Drawing

    func show(_ surface: Surface) {
        painter.surface = surface
        if isUp, !cn_guard_fired() { paint() }
    }

    func redraw() {
        guard isUp else { return }
        painter.forget()
        paint()
    }

    /// As `redraw`, and what has scrolled out of the screen goes too, where the terminal knows how.
    func forget() {
        guard isUp else { return }
        modes.write(modes.forgetting)
        redraw()
    }

    /// One frame, which the terminal shows at once where it can.
    private func paint() {
        guard painter.prepare() else { return }
        modes.write(modes.frameBegin)
        painter.flush()
        modes.write(modes.linking(painter.surface, painter.looks(of:)) + modes.frameEnd)
    }

    /// Adopts the size that the kernel knows; nil when it is the one there was.
    func fitSize() -> Size? {
        guard let new = Self.windowSize().map(Self.clamped), new != size else { return nil }
        size = new
        resizeterm(Int32(new.height), Int32(new.width))
        painter.forget()
        return new
    }

    // MARK: - Reading

    enum Reading {
        /// How many bytes were read; 0 when there are none after all, and again and again when the line is gone.
        case bytes(Int)
        /// The line is gone.
        case failed
    }

    /// Reads what is there, into `buffer`. To be called when there is something, else it waits.
    func read(into buffer: UnsafeMutableRawBufferPointer) -> Reading {
        let count = Glibc.read(STDIN_FILENO, buffer.baseAddress, buffer.count)
        if count >= 0 { return .bytes(count) }
        return errno == EINTR || errno == EAGAIN ? .bytes(0) : .failed
    }

    /// Whether something can be read.
    var hasInput: Bool {
        var source = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
        return poll(&source, 1, 0) > 0 && Int32(source.revents) & POLLIN != 0
    }

    /// What the terminal's description says of the keys that mean something here.
    private static func describedKeys() -> KeySequences {
        var keys: [(bytes: [UInt8], name: String)] = []
        for code in KEY_MIN...KEY_MAX {
            guard let name = keyname(code).map({ String(cString: $0) }),
                EscapeSequence.event(keyName: name) != nil
            else { continue }
            var number: Int32 = 0
            while let sent = keybound(code, number) {
                keys.append((bytes(sent), name))
                free(sent)
                number += 1
            }
        }
        for name in EscapeSequence.extendedNames {
            if let sent = cn_string(name) { keys.append((bytes(sent), name)) }
        }
        return KeySequences(keys)
    }

    private static func bytes(_ text: UnsafePointer<CChar>) -> [UInt8] {
        UnsafeRawBufferPointer(start: text, count: strlen(text)).map { $0 }
    }
}
