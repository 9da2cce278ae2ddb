import Foundation
import Testing

@testable import storefront_bench

@Suite struct TableTests {
    private let rows = [
        BenchRow(
            .key, how: "120 × 40", ours: Figures([0.8, 0.9, 1]), peers: [(.tig, Figures([0.3, 0.3]))]),
        BenchRow(.shift, how: "5,000 sales", ours: Figures([200])),
        BenchRow(.list, how: "", ours: nil, trouble: "storefront-server is not there"),
    ]

    @Test func aRowShowsBarsSpreadRatioAndWhatFallsShort() throws {
        let lines = BenchTable(rows: rows, width: 100).lines
        let start = try #require(lines.firstIndex { $0.hasPrefix(RowID.key.what) })
        #expect(lines[start].hasSuffix("FALLS SHORT"))
        let (ours, tig) = (lines[start + 2], lines[start + 3])
        #expect(ours.contains("0.9 ms") && ours.contains("0.8 – 1 in 3"))
        #expect(tig.contains("0.3 ms"))
        // Bars are as long as figures are large.
        func cells(_ line: String) -> Int { line.count { $0 == "█" } }
        #expect(cells(ours) > 0 && abs(cells(ours) - 3 * cells(tig)) <= 3)
        #expect(lines[start + 4].contains("✗") && lines[start + 4].contains("is 3 × tig"))
    }

    @Test func whatIsReachedAndWhatIsNotMeasuredSaySo() throws {
        let lines = BenchTable(rows: rows, width: 100).lines
        #expect(lines.contains { $0.contains("✓") && $0.contains("at most 1,000 ms") })
        #expect(lines.contains { $0.contains("storefront-server is not there") })
        #expect(try #require(lines.last).contains("3 rows: 1 reached, 1 fall short, 1 not compared"))
    }

    @Test(arguments: [40, 80, 100, 200]) func noLineOfBarsIsWiderThanTheTerminal(_ width: Int) {
        let lines = BenchTable(rows: rows, width: max(80, width)).lines.filter { $0.contains("█") }
        #expect(!lines.isEmpty)
        #expect(lines.allSatisfy { $0.count <= max(80, width) })
    }

    @Test(arguments: [(0.0, 0), (0.01, 1), (0.5, 4), (1, 8), (2, 8)]) func aBarEndsWithinItsRoom(
        _ share: Double, _ cells: Int
    ) {
        #expect(BenchTable.blocks(share, 8).count == cells)
    }

    @Test func aRunIsJSONWithItsMachine() throws {
        let machine = Machine(folder: "/tmp", build: "0.1.0")
        let document = BenchDocument(machine: machine, rows: rows, missing: [.tig], isQuick: true)
        let json = try #require(
            JSONSerialization.jsonObject(with: JSONEncoder().encode(document)) as? [String: Any])
        let first = try #require((json["rows"] as? [[String: Any]])?.first)
        #expect(first["verdict"] as? String == "falls short")
        #expect((first["ours"] as? [String: Any])?["median"] as? Double == 0.9)
        #expect((json["machine"] as? [String: Any])?["cores"] as? Int == machine.cores)
        #expect(
            (json["missing"] as? [[String: String]])?.first?["advice"]?.contains("apt-get install") == true)
    }
}

@Suite struct MachineTests {
    private static let mounts = """
        /dev/vda / ext4 rw 0 0
        tmpfs /dev/shm tmpfs rw 0 0
        /dev/vdb /dev/shm/disk ext4 rw 0 0
        tmpfs /srv tmpfs rw 0 0
        /dev/vdc /srv ext4 rw 0 0
        """

    @Test(arguments: [
        ("/tmp", false), ("/dev/shm", true), ("/dev/shm/x", true), ("/dev/shmx", false),
        ("/dev/shm/disk/x", false), ("/srv/x", false),
    ]) func aDiskInMemoryIsKnown(_ folder: String, _ isInMemory: Bool) {
        #expect(Machine.isInMemory(folder, mounts: Self.mounts) == isInMemory)
    }
}

@Suite struct ArgumentTests {
    @Test func rowsAreAskedForByName() throws {
        #expect(try AllCommand.parse([]).wanted == RowID.allCases)
        let some = try AllCommand.parse(["--only", "size", "--only", "key", "--quick"])
        #expect(some.wanted == [.key, .size])
        #expect(some.quick)
    }

    @Test(arguments: [["--only", "nothing"], ["--products", "1"], ["--orders", "1000001"], ["--what"]])
    func whatCannotBeMeantIsRefused(_ arguments: [String]) {
        #expect(throws: (any Error).self) { try AllCommand.parse(arguments) }
    }

    /// The cheapest of the rows, really measured.
    @Test func bareSQLiteWritesWhatItIsToldTo() throws {
        let folder = try Children.makeFolder(below: FileManager.default.temporaryDirectory.path)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        #expect(try BareSQLite.measure("\(folder)/bare.db", orders: 3) > 0)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
    }
}
