import Foundation
import StoreDomain
import StoreService
import Synchronization

/// Joins the servers on one database by LISTEN and NOTIFY, on a connection and a thread of its own. Both sleep while
/// nothing changes.
///
/// What a transaction changed is told once it is on disk, and what several changed meanwhile is one notice: a NOTIFY
/// within the transactions would have them wait for each other at every commit (see <doc:Decisions>).
final class PostgresLink: ChangeLink {
    private struct State {
        /// What is still to be told.
        var untold = ShopChanges()
        var heard: (@Sendable (ShopChanges) -> Void)?
        var isRunning = false
        var isClosed = false
    }

    private let address: PostgresAddress
    private let limits: PostgresLimits
    private let state = Mutex(State())
    private let bell: Bell
    private let hasEnded = DispatchSemaphore(value: 0)

    static let channel = "storefront_changes"
    /// Milliseconds between tries to connect: the first, and the longest.
    private static let pauses: (first: Int32, longest: Int32) = (200, 30_000)
    /// How long closing waits for what is still to be told.
    private static let patience = DispatchTimeInterval.seconds(2)

    /// Connects to nothing yet.
    ///
    /// - Returns: nil when the system has no more descriptors.
    init?(_ address: PostgresAddress, _ limits: PostgresLimits) {
        guard let bell = Bell() else { return nil }
        self.bell = bell
        self.address = address
        var limits = limits
        limits.applicationName += " changes"
        self.limits = limits
    }

    func listen(_ heard: @escaping @Sendable (ShopChanges) -> Void) { wake { $0.heard = heard } }

    func tell(_ changes: ShopChanges) { wake { $0.untold.merge(changes) } }

    /// Tells what is still to be told, if that takes no more than a moment.
    func close() {
        let isRunning = state.withLock { state in
            state.isClosed = true
            return state.isRunning
        }
        bell.ring()
        if isRunning { _ = hasEnded.wait(timeout: .now() + Self.patience) }
    }

    private func wake(_ change: (inout State) -> Void) {
        let starts = state.withLock { state in
            change(&state)
            guard !state.isRunning, !state.isClosed else { return false }
            state.isRunning = true
            return true
        }
        if starts { Thread.detachNewThread { self.run() } }
        bell.ring()
    }

    // MARK: - On the thread

    private func run() {
        var connection: PostgresConnection?
        var pause = Self.pauses.first
        while true {
            bell.quieten()
            let (untold, heard, isClosed) = state.withLock { state in
                defer { state.untold = ShopChanges() }
                return (state.untold, state.heard, state.isClosed)
            }
            if isClosed, untold.isEmpty { break }
            do {
                let open = try connection ?? PostgresConnection(address, limits: limits)
                if connection == nil {
                    connection = open
                    try open.script("LISTEN \(Self.channel)")
                    // Nobody knows what happened while nobody listened.
                    heard?(.everything)
                }
                pause = Self.pauses.first
                if !untold.isEmpty {
                    try open.run("SELECT pg_notify($1, $2)", [Self.channel, untold.notice])
                }
                if isClosed { break }
                try hear(open, heard)
                bell.wait(beside: open.descriptor)
            } catch {
                connection?.close()
                connection = nil
                if isClosed { break }
                state.withLock { $0.untold.merge(untold) }
                rest(pause)
                pause = min(2 * pause, Self.pauses.longest)
            }
        }
        connection?.close()
        state.withLock { $0.isRunning = false }
        hasEnded.signal()
    }

    /// Returns after so many milliseconds, or when the link is closed.
    private func rest(_ milliseconds: Int32) {
        let end = ContinuousClock.now + .milliseconds(Int(milliseconds))
        while !state.withLock({ $0.isClosed }) {
            let left = (end - .now) / .milliseconds(1)
            guard left > 0 else { return }
            bell.wait(atMost: Int32(left.rounded(.up)))
            bell.quieten()
        }
    }

    private func hear(_ open: PostgresConnection, _ heard: (@Sendable (ShopChanges) -> Void)?) throws {
        var changes = ShopChanges()
        for notice in try open.notices() where notice.backend != open.backend {
            changes.merge(ShopChanges(notice: notice.text))
        }
        if !changes.isEmpty { heard?(changes) }
    }
}
