import ArgumentParser

/// Measures how fast the shop is. A program, not a timed test: figures belong to the machine.
@main struct Bench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "storefront-bench", abstract: "Measure the shop's speed.",
        subcommands: [
            AllCommand.self, CatalogBench.self, JournalBench.self, JournalWorker.self, StormWorker.self,
            OrdersBench.self, ShiftBench.self, ReportsBench.self, KioskBench.self, FuzzCommand.self,
            FaultsCommand.self, IdleBench.self, FixedBody.self,
        ])
}
