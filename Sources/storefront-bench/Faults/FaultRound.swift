import ArgumentParser
import Foundation
import PostgresTesting
import FaultTesting
import StorefrontTape
import Synchronization

/// One round: a shop, those who use it, a fault, and what is left afterwards.
struct FaultRound: Sendable {
    let fault: FaultKind
    let store: FaultShop.Kind
    let number: Int
    let seed: UInt64
    let place: BenchPlace
    /// For all rounds that need none of their own.
    let cluster: PostgresCluster?

    /// All that happens by chance in it is determined by this.
    private var chance: UInt64 {
        var random = SeededRandom(seed: seed &+ UInt64(number) &* 0x1_0001)
        return random.next()
    }

    func run() async throws -> FaultResult {
        let folder = try place.makeFolder("round")
        defer { try? FileManager.default.removeItem(atPath: folder) }
        switch store {
        case .sqlite:
            let isSmall = fault == .diskFull
            if isSmall { try Children.shared.mount(folder, megabytes: 24) }
            defer { if isSmall { Children.shared.unmount(folder) } }
            return try await run(.file("\(folder)/shop.db"))
        case .postgres:
            if fault == .diskFull {
                let own = try PostgresCluster(.onDisk(megabytes: 96), settings: ["max_wal_size=16MB"])
                defer { own.stop() }
                return try await run(.postgres(own))
            }
            guard let cluster else { throw ValidationError(PeerProgram.postgres.lack) }
            return try await run(.postgres(cluster))
        }
    }

    private func run(_ shop: FaultShop) async throws -> FaultResult {
        defer { shop.remove() }
        let before = try await shop.books()
        var outcome = KeyedClients.Outcome()
        switch fault {
        case .tillsKilled: outcome.acknowledged = try killTills(shop)
        case .answersDropped:
            outcome = try await order(shop, dropsOneIn: 2) { _, random in
                usleep(UInt32(500_000 + random.next(1_000_000)))
            }
        case .serverKilled:
            outcome = try await order(shop) { try await Self.kill($0, &$1) }
        case .manyKilled: outcome = try await killMany(shop)
        case .fileLocked:
            outcome = try await order(shop) { _, random in
                for _ in 0..<3 {
                    usleep(UInt32(random.next(200_000)))
                    // Shorter and longer than a program waits for another.
                    try shop.lock(microseconds: UInt32(random.next(6_500_000)))
                }
            }
        case .diskFull:
            outcome = try await order(shop) { _, random in
                usleep(UInt32(random.next(300_000)))
                try shop.fillDisk(microseconds: UInt32(100_000 + random.next(1_000_000)))
                usleep(300_000)
            }
        case .databaseKilled:
            outcome = try await order(shop) { _, random in
                for _ in 0..<2 {
                    usleep(UInt32(20_000 + random.next(500_000)))
                    try shop.restartDatabase(after: UInt32(random.next(500_000)))
                }
            }
        }
        return FaultResult(
            acknowledged: outcome.acknowledged, twins: outcome.twins, before: before,
            after: try await shop.books(), violations: try await shop.violations())
    }

    // MARK: - Tills

    /// Four tills sell, exchange, take back and close, until each is killed.
    private func killTills(_ shop: FaultShop) throws -> [String: Int64] {
        var random = SeededRandom(seed: chance)
        let storms = try (1...4).map { till in
            try StormProcess(
                "till", store: shop.address, name: String(till), seed: chance &+ UInt64(till),
                tries: 1_000_000)
        }
        defer { for storm in storms where storm.isRunning { _ = storm.kill() } }
        for storm in storms { try storm.go() }
        var lines: [String] = []
        for storm in storms {
            for _ in 0...random.next(30) {
                guard let line = storm.nextLine() else {
                    throw ValidationError("a till ends by itself: \(lines.last ?? "at once")")
                }
                lines.append(line)
            }
        }
        usleep(UInt32(random.next(20_000)))
        for storm in storms { lines += storm.kill() }
        var acknowledged: [String: Int64] = [:]
        for line in lines {
            let words = line.split(separator: " ")
            guard words.count == 3, ["sold", "issued", "exchanged", "refunded", "voided"].contains(words[0])
            else { continue }
            acknowledged[String(words[1])] = Int64(words[2])
        }
        return acknowledged
    }

    // MARK: - Servers

    /// Kills a server at three random moments, and starts it again.
    private static func kill(_ server: FaultServer, _ random: inout SeededRandom) async throws {
        for _ in 0..<3 {
            usleep(UInt32(20_000 + random.next(500_000)))
            try await server.killAndStart()
        }
    }

    /// Two servers with customers and four tills on one store: what waits in one program shares a commit, and the
    /// programs wait for each other.
    private func killMany(_ shop: FaultShop) async throws -> KeyedClients.Outcome {
        async let first = order(shop, name: "a") { try await Self.kill($0, &$1) }
        async let second = order(shop, name: "b") { try await Self.kill($0, &$1) }
        var outcome = KeyedClients.Outcome()
        outcome.acknowledged = try killTills(shop)
        for other in [try await first, try await second] { outcome.merge(other) }
        return outcome
    }

    /// A server, customers who order from it, and a fault meanwhile.
    ///
    /// - Parameter name: tells its customers from those of another server of the round.
    private func order(
        _ shop: FaultShop, name: String = "", dropsOneIn: Int = 8,
        _ disturb: @escaping @Sendable (FaultServer, inout SeededRandom) async throws -> Void
    ) async throws -> KeyedClients.Outcome {
        let chance = chance &+ UInt64(name.utf8.first ?? 0)
        let server = try await FaultServer(place, shop)
        defer { server.stop() }
        let stop = StopFlag()
        let clients = try KeyedClients(
            port: server.port, name: "r\(number)\(name)", seed: chance, dropsOneIn: dropsOneIn, stop: stop)
        async let outcome = clients.run()
        let trouble: (any Error)?
        var random = SeededRandom(seed: chance &+ 1)
        do {
            try await disturb(server, &random)
            trouble = nil
        } catch { trouble = error }
        stop.set()
        let all = try await outcome
        if let trouble { throw trouble }
        return all
    }
}

/// The server of a round, which is killed and started again on the same port.
private final class FaultServer: Sendable {
    let port: Int
    private let place: BenchPlace
    private let shop: FaultShop
    private let running: Mutex<BenchServer>

    init(_ place: BenchPlace, _ shop: FaultShop) async throws {
        (self.place, self.shop) = (place, shop)
        let server = try await Self.start(place, shop, port: nil)
        port = server.port
        running = Mutex(server)
    }

    func killAndStart() async throws {
        running.withLock { $0 }.kill()
        let server = try await Self.start(place, shop, port: port)
        running.withLock { $0 = server }
    }

    func stop() { running.withLock { $0 }.stop() }

    private static func start(_ place: BenchPlace, _ shop: FaultShop, port: Int?) async throws -> BenchServer
    {
        let program = try place.program("storefront-server")
        return try await BenchServer(
            "storefront-server", port: port, log: "\(place.folder)/server.log",
            variables: place.variables(["SECRET_KEY=\(BenchPlace.secret)"] + shop.serverVariables)
        ) { port in [program, "--port", String(port)] + shop.serverArguments }
    }
}
