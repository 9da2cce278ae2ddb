import Foundation
import StoreDomain
import StoreWire
import Synchronization

/// Orders that were sent to a server which knows no keys, and whose answer was lost: kept in a file, so that
/// the next start looks for them before it sends them again.
final class OrderAttempts: Sendable {
    /// One order that may stand.
    struct Attempt: Codable, Sendable {
        let draft: OrderDraft
        /// When it was sent, by our clock.
        let tries: [Timestamp]

        /// How far the server's time of an order may be from ours of the try that placed it.
        static let seconds: Int64 = 120

        /// Whether an order may be this one: pending, of the same lines, code and total, placed about when it
        /// was sent.
        func mayHavePlaced(_ order: Order) -> Bool {
            let pieces = order.items.reduce(into: [Int64: Int]()) {
                $0[$1.productID, default: 0] += $1.quantity
            }
            // Without an agreement there is no total to compare, and a code may have given nothing.
            let total = draft.agreement?.total ?? order.total
            let code =
                draft.agreement.map(\.discountCode) ?? order.discountCode.flatMap { _ in draft.discountCode }
            return order.status == .pending && pieces == draft.demand && order.total == total
                && order.discountCode.map(Discount.key) == code.map(Discount.key)
                && tries.contains { order.createdAt.seconds(since: $0).magnitude <= Self.seconds.magnitude }
        }
    }

    /// Older ones are forgotten.
    private static let lifetime: Int64 = 86_400

    private let file: PrivateFile?
    private let attempts: Mutex<[String: Attempt]>

    /// - Parameter directory: where the files of all servers lie; nil keeps the attempts in memory.
    init(directory: String?, server: ServerAddress) {
        let file = directory.map { PrivateFile(path: "\($0)/\(PercentCoding.encode(server.text)).orders") }
        self.file = file
        let kept = file?.read().flatMap { try? JSONDecoder().decode([String: Attempt].self, from: $0) }
        attempts = Mutex(kept ?? [:])
    }

    func attempt(under key: IdempotencyKey) -> Attempt? { attempts.withLock { $0[key.text] } }

    /// Notes that an order is about to be sent.
    func open(_ key: IdempotencyKey, _ draft: OrderDraft, at now: Timestamp) {
        change { attempts in
            attempts = attempts.filter { attempt in
                attempt.value.tries.contains { now.seconds(since: $0) < Self.lifetime }
            }
            let tries = attempts[key.text]?.tries ?? []
            attempts[key.text] = Attempt(draft: draft, tries: tries + [now])
        }
    }

    /// Notes that its outcome is known.
    func close(_ key: IdempotencyKey) { change { $0[key.text] = nil } }

    /// Where the file cannot be written, only this run knows of the attempt; the order is sent all the same.
    private func change(_ body: (inout [String: Attempt]) -> Void) {
        attempts.withLock { attempts in
            body(&attempts)
            guard let file else { return }
            if attempts.isEmpty {
                file.remove()
            } else if let data = try? JSONEncoder().encode(attempts) {
                _ = file.write([UInt8](data))
            }
        }
    }
}
