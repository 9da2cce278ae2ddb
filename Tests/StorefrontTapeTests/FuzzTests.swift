import Foundation
import StorefrontTape
import Testing

@testable import storefront_bench

/// The short form of `storefront-bench fuzz`: every file of the corpora, and some hundred changed ones of each.
@Suite struct FuzzTests {
    private static let package = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path

    @Test(arguments: FuzzTarget.allCases) func whatOthersWroteIsReadOrRefused(_ target: FuzzTarget) throws {
        let corpus = try target.corpus(in: Self.package)
        let fuzzer = Fuzzer(target: target, seed: 1, corpus: corpus)
        for number in 0..<corpus.count + 150 {
            let input = fuzzer.input(number)
            do { try target.read(input) } catch { Issue.record("run \(number): \(error)") }
        }
    }

    /// Times that no clock tells; writing or reading them ended the program.
    @Test(arguments: ["1e308", "-0.123", "9e18", "-1"]) func aTimeThatCannotBeIsRefused(_ seconds: String)
        throws
    {
        let file = "\(Self.package)/Tests/EndToEndTests/Tapes/lines.tape"
        let lines = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n").filter {
            !$0.hasPrefix("#")
        }
        let header = try #require(lines.first)
        let end = #"[0.5,"m",""]"#
        #expect(throws: TapeProblem.self) { try Tape("\(header)\n[\(seconds),\"m\",\"\"]\n\(end)\n") }
        #expect(try Tape("\(header)\n[0.25,\"m\",\"\"]\n\(end)\n").entries.map(\.milliseconds) == [250, 500])
    }

    @Test func aRunIsDeterminedByItsNumber() throws {
        let corpus = try FuzzTarget.json.corpus(in: Self.package)
        let fuzzers = [1, 1, 2].map { Fuzzer(target: .json, seed: $0, corpus: corpus) }
        let inputs = fuzzers.map { fuzzer in (0..<50).map { fuzzer.input(corpus.count + $0) } }
        #expect(inputs[0] == inputs[1])
        #expect(inputs[0] != inputs[2])
    }
}
