/// What a mouse did, in cells from the top left corner.
public struct MouseEvent: Hashable, Sendable {
    public enum Kind: Hashable, Sendable { case press, release, wheelUp, wheelDown }
    public enum Button: Hashable, Sendable { case left, middle, right, none }

    public let kind: Kind
    public let button: Button
    public let position: Point

    public init(kind: Kind, button: Button = .left, position: Point) {
        self.kind = kind
        self.button = button
        self.position = position
    }
}

/// Why the terminal will send nothing more.
public enum EndReason: Hashable, Sendable {
    /// The line is gone: end of file, POLLHUP, EIO or SIGHUP. Nothing can be shown any more.
    case hangup
    case terminated(signal: Int32)
    /// SIGINT from outside; the Ctrl-C key comes as a key.
    case interrupted
    /// More came than its sender is allowed (`InputAllowance`).
    case flooded
}

/// What comes from a terminal.
public enum TerminalEvent: Hashable, Sendable {
    case key(Key)
    /// What a scanner typed, where scans are gathered.
    case scan(Scan)
    /// Pasted text, raw: it may hold newlines and anything else, and must never act as keys.
    case paste(String)
    case mouse(MouseEvent)
    case resize(Size)
    /// The window gained or lost the focus.
    case focus(Bool)
    /// The program came back from being suspended; everything is painted anew.
    case resumed
    case ended(EndReason)
}

/// An event and the moment it was read.
public struct TimedEvent: Hashable, Sendable {
    public let event: TerminalEvent
    /// From a clock that never goes back; only differences mean something.
    public let nanoseconds: UInt64

    public init(_ event: TerminalEvent, nanoseconds: UInt64) {
        self.event = event
        self.nanoseconds = nanoseconds
    }
}
