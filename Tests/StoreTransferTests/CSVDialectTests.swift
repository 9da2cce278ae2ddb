import Foundation
import Testing

@testable import StoreTransfer

/// Rows of cells, or that the text is no CSV from somewhere on.
private struct Reading: Hashable {
    var rows: [[String]] = []
    var isFaulty = false
}

@Suite("CSV is read as other programs read it") struct CSVDialectTests {
    private struct Recorder: CSVSink {
        var reading = Reading()

        mutating func take(_ row: CSVRow) {
            if !reading.isFaulty { reading.rows.append((0..<row.cellCount).map { row.text($0) ?? "" }) }
        }

        mutating func take(_ fault: CSVFault) { reading.isFaulty = true }
    }

    private func read(_ text: String, _ delimiter: Delimiter, pieces size: Int) -> Reading {
        var parser = CSVParser(delimiter: delimiter.byte)
        var recorder = Recorder()
        let bytes = Array(text.utf8)
        for start in stride(from: 0, to: bytes.count, by: size) {
            parser.consume(bytes[start..<min(bytes.count, start + size)], into: &recorder)
        }
        parser.finish(into: &recorder)
        return recorder.reading
    }

    /// The rules of RFC 4180 one after the other, on a whole text by scalars.
    private func slowReading(_ text: String, _ delimiter: Delimiter) -> Reading {
        var reading = Reading()
        var rest = Array(text.unicodeScalars)[...]
        let sign = delimiter.rawValue.unicodeScalars.first
        while !rest.isEmpty {
            if rest.first == "\r" || rest.first == "\n" {
                rest = rest.dropFirst(rest.starts(with: ["\r", "\n"]) ? 2 : 1)
                continue
            }
            var row: [String] = []
            var goesOn = true
            while goesOn {
                var cell = String.UnicodeScalarView()
                if rest.first == "\"" {
                    rest = rest.dropFirst()
                    while true {
                        guard let scalar = rest.first else {
                            return Reading(rows: reading.rows, isFaulty: true)
                        }
                        if rest.starts(with: ["\"", "\""]) {
                            cell.append("\"")
                            rest = rest.dropFirst(2)
                        } else if scalar == "\"" {
                            rest = rest.dropFirst()
                            break
                        } else {
                            cell.append(scalar)
                            rest = rest.dropFirst()
                        }
                    }
                    guard rest.isEmpty || [sign, "\r", "\n"].contains(rest.first) else {
                        return Reading(rows: reading.rows, isFaulty: true)
                    }
                } else {
                    let plain = rest.prefix { $0 != sign && $0 != "\r" && $0 != "\n" }
                    cell.append(contentsOf: plain)
                    rest = rest.dropFirst(plain.count)
                }
                row.append(String(cell))
                goesOn = rest.first == sign
                if goesOn { rest = rest.dropFirst() }
            }
            reading.rows.append(row)
            rest = rest.dropFirst(rest.starts(with: ["\r", "\n"]) ? 2 : rest.isEmpty ? 0 : 1)
        }
        return reading
    }

    private func randomText(_ delimiter: Delimiter, _ random: inout SeededGenerator) -> String {
        let end = ["\n", "\r\n", "\r"].randomElement(using: &random) ?? "\n"
        let sign = String(delimiter.rawValue)
        let pieces = ["a", "é", "靴", " ", sign, sign, end, "\"", "\"\"", ";", ",", "\t", "x y"]
        if Bool.random(using: &random) {
            return (0..<Int.random(in: 0...25, using: &random)).map { _ in
                pieces.randomElement(using: &random) ?? ""
            }.joined()
        }
        let rows = (0..<Int.random(in: 0...4, using: &random)).map { _ in
            (0...Int.random(in: 0...4, using: &random)).map { _ in
                let cell = (0..<Int.random(in: 0...3, using: &random)).map { _ in
                    pieces.randomElement(using: &random) ?? ""
                }.joined()
                return "\"" + cell.replacing("\"", with: "\"\"") + "\""
            }.joined(separator: sign)
        }
        return rows.joined(separator: end) + (Bool.random(using: &random) ? end : "")
    }

    @Test(arguments: [0x4353_56] as [UInt64]) func asASlowReaderDoes(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<4_000 {
            let delimiter = Delimiter.allCases.randomElement(using: &random) ?? .comma
            let text = randomText(delimiter, &random)
            let size = Int.random(in: 1...9, using: &random)
            #expect(
                read(text, delimiter, pieces: size) == slowReading(text, delimiter),
                "\(text.debugDescription)")
        }
    }

    private static let isSoak = ProcessInfo.processInfo.environment["STOREFRONT_SOAK"] != nil
    private static let python = ["/usr/bin/python3", "/usr/local/bin/python3", "/root/.pyenv/shims/python3"]
        .first { FileManager.default.isExecutableFile(atPath: $0) }

    /// 10,000 random files, read by Python's `csv` too: part of the long tests, where `python3` is.
    @Test(.enabled(if: isSoak && python != nil), arguments: [0x5079_7468] as [UInt64])
    func asPythonDoes(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let files = (0..<10_000).map { _ in
            let delimiter = Delimiter.allCases.randomElement(using: &random) ?? .comma
            return [String(delimiter.rawValue), randomText(delimiter, &random)]
        }
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("csv-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let input = folder.appendingPathComponent("files.json")
        let output = folder.appendingPathComponent("rows.json")
        try JSONEncoder().encode(files).write(to: input)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: try #require(Self.python))
        process.arguments = [
            "-c",
            """
            import csv, io, json, sys
            found = []
            for sign, text in json.load(open(sys.argv[1], encoding="utf-8")):
                rows, faulty = [], False
                try:
                    for row in csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True):
                        if row: rows.append(row)
                except csv.Error:
                    faulty = True
                found.append({"rows": rows, "isFaulty": faulty})
            json.dump(found, open(sys.argv[2], "w", encoding="utf-8"))
            """, input.path, output.path,
        ]
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        let theirs = try JSONDecoder().decode([Reading].self, from: Data(contentsOf: output))
        for (file, their) in zip(files, theirs) {
            let delimiter = try #require(file[0].first.flatMap(Delimiter.init))
            let own = read(file[1], delimiter, pieces: 4096)
            #expect(own == their, "\(file[1].debugDescription)")
        }
    }
}

extension Reading: Decodable {}
