import StoreDomain

/// What a service answered: the value asked for, or why there is none. `Result` with a fixed error, so that it
/// can be written and read.
public enum Answer<Value: Hashable & Codable & Sendable>: Hashable, Codable, Sendable {
    case success(Value)
    case failure(StoreError)

    public var failure: StoreError? {
        switch self {
        case .success: nil
        case .failure(let error): error
        }
    }

    /// Runs `body` and keeps what it returns or throws.
    public static func of(_ body: () async throws(StoreError) -> Value) async -> Answer {
        do { return .success(try await body()) } catch { return .failure(error) }
    }
}

/// The value of an answer that only says that something is done.
public struct Done: Hashable, Codable, Sendable {
    public init() {}
}
