import ArgumentParser
import Foundation
import PostgresTesting

/// `storefront-bench faults`: tries to break what is promised of loss, for as long as it is told to.
struct FaultsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "faults",
        abstract: "Make faults, again and again, and count what was lost or done twice.",
        discussion: """
            Each round makes a shop, has tills or a server with customers work in it, makes one fault, and then looks for \
            every document that was acknowledged and verifies the shop. Faults and stores take turns. What happens by \
            chance is determined by the seed and the round's number; which of two programs is faster is not. \
            `--first N --rounds 1` repeats a round. Needs storefront-server and store-storm beside this program, and root \
            to fill disks.
            """)

    @Option(help: "Determines what happens by chance.") var seed: UInt64 = 1
    @Option(help: "The number of the first round.") var first = 0
    @Option(help: "End after so many rounds.") var rounds: Int?
    @Option(name: .customLong("for"), help: "End after so long, such as 90s, 10m or 1h.") var time: FuzzTime?
    @Option(help: "Make this fault alone; may be repeated.") var fault: [FaultKind] = []
    @Option(help: "On this kind of store alone: SQLite or PostgreSQL.") var store: FaultShop.Kind?
    @Option(help: "Also write the table to this file, as JSON.") var json: String?
    @Option(help: "Where storefront-server is; the folder of this program unless it is named.")
    var programs: String?
    @Option(help: "Where temporary data lie.") var directory: String?

    func validate() throws {
        if rounds == nil, time == nil { throw ValidationError("say how long: --rounds or --for") }
        if first < 0 || (rounds ?? 1) < 1 {
            throw ValidationError("--first and --rounds count from 0 and from 1")
        }
        if turns.isEmpty { throw ValidationError("no such fault can be made on \(store?.rawValue ?? "it")") }
    }

    /// Faults and stores in the order in which they take turns.
    var turns: [(fault: FaultKind, store: FaultShop.Kind)] {
        FaultKind.allCases.filter { fault.isEmpty || fault.contains($0) }.flatMap { fault in
            FaultShop.Kind.allCases.filter { (store == nil || store == $0) && fault.canBe(on: $0) }
                .map { (fault, $0) }
        }
    }

    func run() async throws {
        let signals = Children.endWithProgram()
        defer { withExtendedLifetime(signals) { Children.shared.endAll() } }
        let place = BenchPlace(
            folder: try Children.makeFolder(below: directory ?? "/tmp"), cache: "",
            programs: programs ?? BenchPlace.ownFolder, seedService: nil, isQuick: true, products: 0,
            orders: 0)
        let turns = possible(turns)
        guard !turns.isEmpty else { throw ValidationError("none of these faults can be made here") }
        let cluster =
            turns.contains { $0.store == .postgres && $0.fault != .diskFull } ? try PostgresCluster() : nil
        defer { cluster?.stop() }
        var tallies = turns.map { FaultTally(fault: $0.fault, store: $0.store) }
        let clock = ContinuousClock()
        let end = time.map { clock.now + $0.duration }
        var number = first
        while rounds.map({ number < first + $0 }) ?? true, end.map({ clock.now < $0 }) ?? true {
            let turn = number % turns.count
            let round = FaultRound(
                fault: turns[turn].fault, store: turns[turn].store, number: number, seed: seed, place: place,
                cluster: cluster)
            do { tallies[turn].add(try await round.run(), round: number, seed: seed) } catch {
                tallies[turn].fail(error, round: number, seed: seed)
            }
            if let breach = tallies[turn].breaches.last, breach.contains("--first \(number):") {
                AllCommand.note(breach)
            }
            number += 1
        }
        print("seed \(seed), rounds \(first) to \(number - 1)")
        print(FaultTable(tallies: tallies).lines.joined(separator: "\n"))
        if let json { try JSONEncoder().encode(tallies).write(to: URL(fileURLWithPath: json)) }
        if tallies.contains(where: { !$0.breaches.isEmpty }) { throw ExitCode.failure }
    }

    /// Without what this machine cannot do, which is said.
    private func possible(_ turns: [(fault: FaultKind, store: FaultShop.Kind)]) -> [(
        fault: FaultKind, store: FaultShop.Kind
    )] {
        let isRoot = geteuid() == 0
        if !isRoot { AllCommand.note("disks are not filled: that takes root") }
        let hasPostgres = PeerProgram.postgres.isInstalled
        if !hasPostgres { AllCommand.note(PeerProgram.postgres.lack) }
        return turns.filter {
            (isRoot || $0.fault != .diskFull) && (hasPostgres || $0.store != .postgres)
        }
    }
}
