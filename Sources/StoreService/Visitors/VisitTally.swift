import StoreDomain
import Synchronization

/// Counts what one visit has done, whoever of it signs in.
public final class VisitTally: Sendable {
    private let count = Mutex(0)

    public init() {}

    /// Counts one more; false when there were as many as may be.
    func take(upTo most: Int) -> Bool {
        count.withLock { count in
            guard count < most else { return false }
            count += 1
            return true
        }
    }

    /// Takes one back that came to nothing.
    func giveBack() { count.withLock { $0 = max(0, $0 - 1) } }
}

/// Counts what came from one network in the last hour, on the whole host.
public protocol HourlyTally: Sendable {
    /// Counts one more; false when there were as many as may be.
    func take(upTo most: Int) -> Bool
    /// Takes one back that came to nothing.
    func giveBack()
}

/// Lets a visitor make a few accounts.
struct RegistrationGate: Sendable {
    let limits: VisitorLimits
    let visit: VisitTally
    /// nil where nobody counts, as on a counter.
    let hour: (any HourlyTally)?
    let note: @Sendable (VisitorNote) -> Void

    /// Runs `body`, which makes an account unless it throws.
    ///
    /// - Throws: `invalid` for one account too many; what `body` throws.
    func pass(_ body: () async throws(StoreError) -> Session) async throws(StoreError) -> Session {
        guard visit.take(upTo: limits.registrations) else {
            throw refusal("no more than \(limits.registrations) a visit")
        }
        guard hour?.take(upTo: limits.registrationsAnHour) != false else {
            visit.giveBack()
            throw refusal("made here too often just now; come again in an hour")
        }
        do throws(StoreError) { return try await body() } catch {
            visit.giveBack()
            hour?.giveBack()
            throw error
        }
    }

    private func refusal(_ reason: String) -> StoreError {
        note(.limit("registrations"))
        return .invalid([FieldProblem("accounts", "are \(reason)")])
    }
}
