import Foundation
import StoreDomain
import Synchronization

/// A PostgreSQL database through a bounded number of connections, each with a thread of its own: the only way in
/// which this module reads and writes. Errors leave it as `StoreError`.
///
/// Who finds every connection taken waits, but not for long, and no more than `waitingLimit` do.
public final class PostgresDatabase: Sendable {
    public let address: PostgresAddress
    let errors: PostgresErrors
    private let state: Mutex<State>
    private let signal = DispatchSemaphore(value: 0)

    private let patience: Duration
    /// So many wait for each connection.
    private static let waitingLimit = 200

    private struct Job {
        let number: Int
        let run: @Sendable (PostgresWorker) -> Void
        let refuse: @Sendable () -> Void
    }

    private struct State {
        var waiting: [Job] = []
        var first = 0
        var idle: Int
        let connections: Int
        var isClosed = false
        var lastNumber = 0

        /// The job that waits longest.
        mutating func next() -> Job? {
            guard first < waiting.count else { return nil }
            let job = waiting[first]
            first += 1
            // What is done is let go of, at once where nobody waits.
            if first == waiting.count || first > 1_000 {
                waiting.removeFirst(first)
                first = 0
            }
            return job
        }
    }

    /// Connects to nothing yet.
    ///
    /// - Parameter connections: at most; 1 or more.
    public init(_ address: PostgresAddress, connections: Int, limits: PostgresLimits = PostgresLimits()) {
        self.address = address
        errors = PostgresErrors(name: address.name)
        patience = limits.waiting
        state = Mutex(State(idle: max(1, connections), connections: max(1, connections)))
        for number in 0..<max(1, connections) {
            Thread.detachNewThread { [signal] in
                let worker = PostgresWorker(address, limits, number: number)
                while true {
                    signal.wait()
                    guard let job = self.take() else { break }
                    job.run(worker)
                    self.finish()
                }
                worker.close()
                // The next thread's turn to end.
                signal.signal()
            }
        }
    }

    /// Reads one state.
    func read<T: Sendable>(_ body: @escaping @Sendable (PostgresConnection) throws -> T)
        async throws(StoreError) -> T
    {
        try await perform(.read, body)
    }

    /// Runs `body` in one transaction, which is on disk when this returns and undone when it throws. It may run
    /// several times. Cancelling the task does not stop it half-way.
    func write<T: Sendable>(_ body: @escaping @Sendable (PostgresConnection) throws -> T)
        async throws(StoreError) -> T
    {
        try await perform(.write, body)
    }

    /// Makes the tables in an empty database, but no store in them.
    package func makeSchema() async throws(StoreError) {
        try await write { db in try PostgresSchema.migrate(db) }
    }

    /// Ends all connections as soon as what is under way is done; what comes later is refused.
    public func close() {
        state.withLock { $0.isClosed = true }
        signal.signal()
    }

    private func perform<T: Sendable>(
        _ access: PostgresAccess, _ body: @escaping @Sendable (PostgresConnection) throws -> T
    ) async throws(StoreError) -> T {
        let result = await withCheckedContinuation {
            (continuation: CheckedContinuation<Result<T, StoreError>, Never>) in
            let busy = StoreError.storage(errors.busy)
            let job = enter(
                run: { continuation.resume(returning: $0.perform(access, body)) },
                refuse: { continuation.resume(returning: .failure(busy)) })
            guard let job else { return continuation.resume(returning: .failure(busy)) }
            signal.signal()
            if job.mustWait { Task { await self.expire(job.number) } }
        }
        return try result.get()
    }

    /// nil when no more may wait.
    private func enter(
        run: @escaping @Sendable (PostgresWorker) -> Void, refuse: @escaping @Sendable () -> Void
    ) -> (number: Int, mustWait: Bool)? {
        state.withLock { state in
            let waiting = state.waiting.count - state.first
            guard !state.isClosed, waiting < Self.waitingLimit * state.connections else { return nil }
            state.lastNumber += 1
            state.waiting.append(Job(number: state.lastNumber, run: run, refuse: refuse))
            return (state.lastNumber, waiting >= state.idle)
        }
    }

    /// Refuses a job that has waited too long.
    private func expire(_ number: Int) async {
        try? await Task.sleep(for: patience)
        let late = state.withLock { state -> Job? in
            guard let place = state.waiting[state.first...].firstIndex(where: { $0.number == number })
            else { return nil }
            return state.waiting.remove(at: place)
        }
        late?.refuse()
    }

    /// nil when the database is closed and nothing is left to do.
    private func take() -> Job? {
        while true {
            let (job, isClosed) = state.withLock { state -> (Job?, Bool) in
                let job = state.next()
                if job != nil { state.idle -= 1 }
                return (job, state.isClosed)
            }
            if job != nil || isClosed { return job }
            // What the signal was for has expired.
            signal.wait()
        }
    }

    private func finish() { state.withLock { $0.idle += 1 } }
}
