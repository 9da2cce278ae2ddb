import StoreDomain

/// An engine that tells what is written through it once that is on disk: what was undone is told to nobody, and no
/// transaction waits for the telling. Everything that is written to a shop is written through one.
struct TellingEngine: StoreEngine {
    let engine: any StoreEngine
    let changes: ChangeHub

    var isReadOnly: Bool { engine.isReadOnly }

    func read<Value: Sendable>(_ body: @escaping @Sendable (any StoreTransaction) throws -> Value)
        async throws(StoreError) -> Value
    {
        try await engine.read(body)
    }

    func write<Value: Sendable>(_ body: @escaping @Sendable (any StoreTransaction) throws -> Value)
        async throws(StoreError) -> Value
    {
        try await write(asked: true, body)
    }

    /// - Parameter asked: whether somebody at this program wants it; what the clock does is news to its own screens, too.
    func write<Value: Sendable>(
        asked: Bool, _ body: @escaping @Sendable (any StoreTransaction) throws -> Value
    ) async throws(StoreError) -> Value {
        let (value, changed): (Value, ShopChanges)
        do {
            (value, changed) = try await engine.write { tx in
                let noting = NotingTransaction(tx)
                return (try body(noting), noting.changes)
            }
        } catch {
            // It may be on disk.
            if error == .outcomeUnknown { changes.committed(.everything, asked: asked) }
            throw error
        }
        changes.committed(changed, asked: asked)
        return value
    }
}
