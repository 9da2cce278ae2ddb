import Synchronization

/// A value that tasks share.
final class Held<Value: Sendable>: Sendable {
    private let held: Mutex<Value>

    init(_ value: Value) { held = Mutex(value) }

    var value: Value { held.withLock { $0 } }

    func set(_ value: Value) { held.withLock { $0 = value } }

    func change(_ body: @Sendable (inout Value) -> Void) { held.withLock { body(&$0) } }
}
