import ArgumentParser
import ProgramKit
import StorefrontTape

/// `storefront qa faults`: what can go wrong on purpose.
struct QAFaultsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "faults", abstract: "List what can go wrong on purpose.",
        discussion: """
            Each is a line of a tape, such as [0.000,"!","lost pay next"]; CALL and REQUEST stand for a call to the \
            shop and for what the program asks. F12 offers those that a running session can have.
            """)

    @OptionGroup var output: OutputOptions

    func run() throws {
        guard output.json else {
            var table = TextTable([.init("Fault"), .init("In F12"), .init("What goes wrong")])
            let rows = FaultForm.all.map { [$0.text, $0.isLive ? "yes" : "no", $0.summary] }
            let calls = TapedFault.Call.allCases.map(\.rawValue).joined(separator: " ")
            return Console.write(table.lines(rows) + "\nCalls: \(calls)\n")
        }
        Console.write(
            OutputJSON.object([
                (
                    "faults",
                    .array(
                        FaultForm.all.map {
                            .object([
                                ("fault", .string($0.text)), ("summary", .string($0.summary)),
                                ("live", .bool($0.isLive)),
                            ])
                        })
                ), ("calls", .array(TapedFault.Call.allCases.map { .string($0.rawValue) })),
            ]).text + "\n")
    }
}
