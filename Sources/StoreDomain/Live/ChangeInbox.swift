import Synchronization

/// Changes on their way to one reader. What comes while the reader is busy is put together, so that an inbox
/// holds one value, however much happens and however slow the reader is.
public final class ChangeInbox: Sendable {
    private struct State {
        var pending = ShopChanges()
        var waiter: CheckedContinuation<ShopChanges?, Never>?
        var isEnded = false
    }

    private let state = Mutex(State())

    public init() {}

    public func put(_ changes: ShopChanges) {
        guard !changes.isEmpty else { return }
        let (waiter, whole) = state.withLock { state in
            state.pending.merge(changes)
            let whole = state.pending
            defer { state.waiter = nil }
            if state.waiter != nil { state.pending = ShopChanges() }
            return (state.waiter, whole)
        }
        waiter?.resume(returning: whole)
    }

    /// Waits for changes; nil once the inbox is ended. It ends when the waiting task is cancelled.
    public func next() async -> ShopChanges? {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let answer = state.withLock { state -> ShopChanges?? in
                    if state.isEnded { return .some(nil) }
                    guard state.pending.isEmpty else {
                        defer { state.pending = ShopChanges() }
                        return state.pending
                    }
                    state.waiter = continuation
                    return nil
                }
                if let answer { continuation.resume(returning: answer) }
            }
        } onCancel: {
            end()
        }
    }

    /// The reader hears nothing more.
    public func end() {
        let waiter = state.withLock { state in
            state.isEnded = true
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume(returning: nil)
    }

    var isEnded: Bool { state.withLock { $0.isEnded } }
}
