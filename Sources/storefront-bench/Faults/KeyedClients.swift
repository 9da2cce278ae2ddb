import ArgumentParser
import Foundation
import StorefrontTape
import Synchronization

/// Customers who order over HTTP, each order under a key of its own, and ask again under it until they are answered,
/// whatever happens to server, line or answer.
struct KeyedClients: Sendable {
    private let port: Int
    private let name: String
    private let seed: UInt64
    private let dropsOneIn: Int
    private let stop: StopFlag
    private let token: String

    struct Outcome: Sendable {
        var acknowledged: [String: Int64] = [:]
        /// Keys that were answered with two numbers.
        var twins = 0

        mutating func merge(_ other: Outcome) {
            acknowledged.merge(other.acknowledged) { first, _ in first }
            twins += other.twins
        }
    }

    private static let clients = 8
    /// Who is not answered for so long is not served any more.
    private static let patience = Duration.seconds(90)

    /// Signs in, while nothing is wrong yet.
    ///
    /// - Parameters:
    ///   - name: begins their keys.
    ///   - dropsOneIn: one answer in so many is not waited for.
    init(port: Int, name: String, seed: UInt64, dropsOneIn: Int, stop: StopFlag) throws {
        let answer = try BenchCustomer.post(
            port, "/api/auth/login",
            #"{"email":"customer@example.com","password":"\#(FaultShop.password)"}"#)
        guard let token = answer["access_token"] as? String else {
            throw ValidationError("signing in gives no token")
        }
        (self.port, self.name, self.seed, self.dropsOneIn) = (port, name, seed, dropsOneIn)
        (self.stop, self.token) = (stop, token)
    }

    /// Orders until it is told to stop; what is begun is brought to an end.
    func run() async throws -> Outcome {
        return try await withThrowingTaskGroup(of: Outcome.self) { group in
            for client in 0..<Self.clients { group.addTask { try await work(client) } }
            return try await group.reduce(into: Outcome()) { $0.merge($1) }
        }
    }

    private func work(_ client: Int) async throws -> Outcome {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(with: Result { try order(client) })
            }
        }
    }

    private func order(_ client: Int) throws -> Outcome {
        var random = SeededRandom(seed: seed &+ UInt64(client) &* 0x9E37)
        var (outcome, number) = (Outcome(), 0)
        while number == 0 || !stop.isSet {
            let key = "\(name)-\(client)-\(number)"
            let body = #"{"items":[{"product_id":\#(1 + random.next(3)),"quantity":\#(1 + random.next(3))}]}"#
            let request = HTTPLoad.bytes("POST", "/api/orders", token: token, key: key, body: body)
            let id = try placed(key, request, &random)
            outcome.acknowledged[key] = id
            if random.next(4) == 0, try placed(key, request, &random) != id { outcome.twins += 1 }
            number += 1
        }
        return outcome
    }

    /// Asks until there is an order.
    private func placed(_ key: String, _ request: [UInt8], _ random: inout SeededRandom) throws -> Int64 {
        let end = ContinuousClock.now + Self.patience
        var last = "nothing"
        while ContinuousClock.now < end {
            do {
                if random.next(dropsOneIn) == 0 {
                    try HTTPLoad.drop(port: port, request, after: UInt32(random.next(4_000)))
                    continue
                }
                let (status, body) = try HTTPLoad.call(port: port, request)
                let answer = try? JSONSerialization.jsonObject(with: Data(body)) as? [String: Any]
                if (200..<300).contains(status),
                    let id = (answer?["order"] as? [String: Any])?["id"] as? Int64
                {
                    return id
                }
                last = "\(status) \(String(decoding: body.prefix(200), as: UTF8.self))"
            } catch { last = "\(error)" }
            usleep(20_000)
        }
        throw ValidationError("\(key) has no order after \(Self.patience): \(last)")
    }
}

/// Says when to stop.
final class StopFlag: Sendable {
    private let flag = Mutex(false)

    var isSet: Bool { flag.withLock { $0 } }
    func set() { flag.withLock { $0 = true } }
}

extension SeededRandom {
    /// 0..<limit
    mutating func next(_ limit: Int) -> Int { Int.random(in: 0..<limit, using: &self) }
}
