import CNcurses
import Dispatch
import Glibc
import Synchronization
import TerminalKit

/// The real terminal. One thread of its own owns ncurses; this is only its letter box.
///
/// There is one at a time in a program. Whatever ends the program, the terminal is given back: by `close()`,
/// by `exit()` and by a crash.
public final class NcursesTerminal: Terminal {
    public let abilities: TerminalAbilities
    public let events: EventQueue
    private let mailbox: Mailbox
    private let thread: NcursesThread

    private static let isInUse = Atomic(false)
    private static let notes = Mutex(())

    /// Why there can be no full screen here, without taking the terminal; nil where there can.
    public static var problem: TerminalError? {
        guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else { return .notATerminal }
        do throws(TerminalError) {
            _ = try TerminalType.choose()
            return nil
        } catch { return error }
    }

    /// Takes the terminal of standard input and output.
    public init(_ options: NcursesOptions = NcursesOptions()) throws(TerminalError) {
        guard
            Self.isInUse.compareExchange(expected: false, desired: true, ordering: .acquiringAndReleasing)
                .exchanged
        else { throw .alreadyInUse }
        do throws(TerminalError) {
            let mailbox = try Mailbox()
            let events = EventQueue(eventLimit: options.eventLimit ?? EventQueue.eventLimit) {
                mailbox.wakePipe.write(0)
            }
            let endWatch = try EndWatch {
                events.send(TimedEvent(.ended($0), nanoseconds: monotonicNanoseconds()))
            }
            let screen = try NcursesScreen(options: options, wakes: mailbox.wakePipe, ends: endWatch.pipe)
            endWatch.catchUp()
            mailbox.setSize(screen.size)
            self.events = events
            abilities = screen.abilities
            self.mailbox = mailbox
            thread = NcursesThread(
                screen: screen, mailbox: mailbox, events: events, endWatch: endWatch,
                allowance: options.inputLimit.map { InputAllowance(limit: $0) })
            thread.start()
        } catch {
            Self.isInUse.store(false, ordering: .releasing)
            throw error
        }
    }

    deinit { close() }

    public var size: Size { mailbox.size }

    public func present(_ surface: Surface) { mailbox.post(frame: surface) }
    public func setMouseCapture(_ isOn: Bool) { mailbox.post(.mouse(isOn)) }
    public func gatherScans(passing keys: Set<Key>?) { mailbox.post(.scans(passing: keys)) }
    @discardableResult
    public func dropInput() -> Int {
        defer { mailbox.post(.dropInput) }
        return events.beginDroppingInput()
    }
    public func redraw() { mailbox.post(.redraw) }
    public func forget() { mailbox.post(.forget) }
    public func suspend() { mailbox.post(.suspend) }
    public func beep() { mailbox.post(.beep) }
    public func setTitle(_ title: String) { mailbox.post(.title(title)) }
    public func setProgress(_ progress: TerminalProgress?) { mailbox.post(.progress(progress)) }

    public func copy(_ text: String) -> Bool {
        guard abilities.clipboard, text.utf8.count <= TerminalModes.longestCopy else { return false }
        mailbox.post(.copy(text))
        return true
    }

    public func noteForCrash(_ text: String) {
        Self.notes.withLock { _ in
            var text = text
            text.withUTF8 { cn_report_note($0.baseAddress, $0.count) }
        }
    }

    public func outside<Result: Sendable>(_ body: @Sendable () throws -> Result) rethrows -> Result {
        let left = DispatchSemaphore(value: 0)
        mailbox.post(.leave(left))
        left.wait()
        defer { mailbox.post(.enter) }
        return try body()
    }

    public func close() {
        guard mailbox.beginClosing() else { return thread.waitUntilDone() }
        if !thread.waitUntilDone(within: .milliseconds(500)) {
            dropUnread()
        }
        Self.isInUse.store(false, ordering: .releasing)
    }

    /// Somebody does not read what was written; it is of no use any more. A large picture fills the line
    /// again and again until all of it is gone.
    private func dropUnread() {
        for _ in 0..<100 {
            tcflush(STDOUT_FILENO, TCOFLUSH)
            // Linux wakes a writer that waits for room only when output goes on, not when there is room
            // again.
            tcflow(STDOUT_FILENO, TCOOFF)
            tcflow(STDOUT_FILENO, TCOON)
            guard thread.waitUntilDone(within: .milliseconds(5)) else { continue }
            // Some of what gives the terminal back may have been among it: all of that once more, and alone.
            tcflush(STDOUT_FILENO, TCOFLUSH)
            return cn_guard_repeat()
        }
        thread.abandon()
    }
}
