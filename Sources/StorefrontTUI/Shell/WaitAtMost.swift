/// Returns when `body` has ended, or when `limit` is over and `body` goes on by itself.
///
/// - Parameters:
///   - executor: what both run on; nil for the pool.
///   - sleep: waits; ends early by an error when its task is cancelled.
public func waitAtMost(
    _ limit: Duration, on executor: (any TaskExecutor)?,
    sleep: @escaping @Sendable (Duration) async throws -> Void, for body: @escaping @Sendable () async -> Void
) async {
    let (waiting, end) = AsyncStream<Void>.makeStream()
    let timer = Task(executorPreference: executor) {
        try? await sleep(limit)
        end.finish()
    }
    Task(executorPreference: executor) {
        await body()
        end.finish()
    }
    for await _ in waiting {}
    timer.cancel()
}
