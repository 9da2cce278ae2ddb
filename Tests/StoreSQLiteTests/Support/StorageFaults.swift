import StoreDomain
import Testing

/// The storage fault that `body` fails with; nil, and an issue, when it does not.
func storageFault(
    sourceLocation: SourceLocation = #_sourceLocation, _ body: () async throws -> Void
) async -> StorageFault? {
    do {
        try await body()
        Issue.record("nothing was refused", sourceLocation: sourceLocation)
    } catch let error as StoreError {
        if case .storage(let fault) = error { return fault }
        Issue.record(error, sourceLocation: sourceLocation)
    } catch {
        Issue.record(error, sourceLocation: sourceLocation)
    }
    return nil
}
