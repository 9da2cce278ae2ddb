import ArgumentParser
import Foundation
import StoreDomain
import StoreTransfer
import StoreWire
import StorefrontTape
import TerminalKit
import TerminalNcurses

/// What does not hold of a reader's answer.
struct FuzzFinding: Error, CustomStringConvertible {
    let description: String

    init(_ sentence: String) { description = sentence }
}

/// A reader of what others wrote.
enum FuzzTarget: String, CaseIterable, ExpressibleByArgument {
    case csv, json, wire, html, theme, tape, keys

    /// Words that it knows.
    var words: [String] {
        switch self {
        case .csv:
            [
                "\"", "\"\"", ";", "\t", "\r\n", "name", "price", "stock", "Handle", "Variant Price",
                "sep=;\n", "12,50",
            ]
        case .json, .wire:
            [
                "{", "}", "[", "]", "\"", ":", ",", "\\ud800", "\\u0000", "\"id\":", "\"total\":\"1.00\"",
                "\"lines\":[",
            ]
        case .html:
            [
                "<", ">", "</", "<!--", "-->", "<script>", "</script>", "<p", "&", "&#x", "&#1114112;",
                "&amp;", "<li>",
            ]
        case .theme:
            [
                "styles:", "palette:", "ui.text:", "{fg: ", "bg: ", "attributes: [", "&a", "*a", "- ",
                "!!binary", "<<: *a", "#ff0000",
            ]
        case .tape:
            ["[0.000,\"k\",", "[\"screen\",", "\"resize\"", "{\"key\":", "-5", "1e308", "[9e18,\"m\",\"\"]"]
        case .keys:
            [
                "\u{1B}[", "\u{1B}O", "\u{1B}[200~", "\u{1B}[201~", "\u{1B}[<0;1;1M", "\u{1B}[M", "~", ";5u",
                "\u{1B}[?2026;1$y",
            ]
        }
    }

    /// Folders and files of the package.
    private var places: [String] {
        switch self {
        case .csv: ["Tests/Fuzz/csv"]
        case .json, .wire: ["Tests/Fuzz/json"]
        case .html: ["Tests/Fuzz/html"]
        case .theme: ["Tests/Fuzz/theme", "themes"]
        case .tape: ["Tests/EndToEndTests/Tapes", "Tests/StorefrontTapeTests/Tapes"]
        case .keys: ["Tests/Fuzz/keys"]
        }
    }

    /// The files from which inputs are made, in the order of their names.
    ///
    /// - Parameter package: the folder of the package.
    func corpus(in package: String) throws -> [[UInt8]] {
        let files = try places.flatMap { place in
            try FileManager.default.contentsOfDirectory(atPath: "\(package)/\(place)").sorted()
                .map { URL(fileURLWithPath: "\(package)/\(place)/\($0)") }
        }.filter { !$0.hasDirectoryPath }
        guard !files.isEmpty else {
            throw ValidationError("there are no files in \(places.joined(separator: ", "))")
        }
        return try files.map { Array(try Data(contentsOf: $0)) } + answers(in: package)
    }

    /// The bodies of what the server's tests ask and are answered, each once.
    private func answers(in package: String) throws -> [[UInt8]] {
        switch self {
        case .json, .wire: break
        case .csv, .html, .theme, .tape, .keys: return []
        }
        let text = try String(
            contentsOfFile: "\(package)/Tests/StoreServerTests/Goldens/wire.txt", encoding: .utf8)
        var seen: Set<Substring> = []
        let bodies = text.split(separator: "\n").filter { $0.hasPrefix("< {") || $0.hasPrefix("> {") }
        return bodies.map { $0.dropFirst(2) }.filter { seen.insert($0).inserted }.map { Array($0.utf8) }
    }

    /// Gives bytes to the reader.
    ///
    /// - Throws: `FuzzFinding` when something does not hold.
    func read(_ bytes: [UInt8]) throws {
        switch self {
        case .csv: try Self.csv(bytes)
        case .json: try Self.json(bytes)
        case .wire: try FuzzedWire.read(bytes)
        case .html:
            let html = String(decoding: bytes, as: UTF8.self)
            let text = HTMLText.plain(html)
            guard text.utf8.count <= 4 * html.utf8.count + 16 else {
                throw FuzzFinding("the text is longer than the HTML")
            }
        case .theme:
            do throws(ThemeError) {
                _ = try Theme.parse(String(decoding: bytes, as: UTF8.self), file: "theme.yaml")
            } catch {
                guard !error.description.isEmpty else {
                    throw FuzzFinding("a theme is refused without a word")
                }
            }
        case .tape: try Self.tape(bytes)
        case .keys: try Self.keys(bytes)
        }
    }

    /// However the bytes are cut into pieces, the answer is the same.
    private static func csv(_ bytes: [UInt8]) throws {
        func read(_ pieces: [ArraySlice<UInt8>]) -> Result<CatalogFile, ImportRefusal> {
            var reader = CatalogReader(options: ImportOptions(now: Timestamp(seconds: 1_767_323_045)))
            for piece in pieces { reader.consume(piece) }
            do throws(ImportRefusal) { return .success(try reader.finish()) } catch { return .failure(error) }
        }
        let cut = bytes.count / 3
        let pieces = [
            bytes[..<cut], bytes[cut..<min(bytes.count, cut + 1)], bytes[min(bytes.count, cut + 1)...],
        ]
        switch (read([bytes[...]]), read(pieces)) {
        case (.success(let one), .success(let other)) where one == other: break
        case (.failure(let one), .failure(let other))
        where one.count == other.count && one.problems.map(\.text) == other.problems.map(\.text): break
        case (let one, let other): throw FuzzFinding("in pieces the file is another one: \(one), \(other)")
        }
    }

    /// What was read is written and read again the same.
    private static func json(_ bytes: [UInt8]) throws {
        guard let value = try? JSONParser.parse(bytes) else { return }
        let written = JSONWriter.bytes { $0.value(value) }
        guard let again = try? JSONParser.parse(written) else {
            throw FuzzFinding("what is written cannot be read: \(String(decoding: written, as: UTF8.self))")
        }
        guard JSONWriter.bytes({ $0.value(again) }) == written else {
            throw FuzzFinding("written again it is another text")
        }
    }

    private static func tape(_ bytes: [UInt8]) throws {
        guard let tape = try? Tape(String(decoding: bytes, as: UTF8.self)) else { return }
        let again: Tape
        do { again = try Tape(tape.text) } catch {
            throw FuzzFinding("a tape that was read is written as none: \(error)")
        }
        guard again.entries.map(\.milliseconds) == tape.entries.map(\.milliseconds), again.steps == tape.steps
        else {
            throw FuzzFinding("a tape that was read is written as another one")
        }
    }

    /// However it begins, the next key is itself again, and a line makes no more of it than there is.
    private static func keys(_ bytes: [UInt8]) throws {
        var decoder = KeyDecoder()
        var events: [TerminalEvent] = []
        for byte in bytes { decoder.feed(byte: byte, into: &events) }
        events += decoder.flush()
        guard events.count <= bytes.count else { throw FuzzFinding("more events than bytes") }
        guard !decoder.isPending else { throw FuzzFinding("it waits for more, though nothing comes") }
        var next: [TerminalEvent] = []
        decoder.feed(byte: UInt8(ascii: "q"), into: &next)
        guard next == [.key(.character("q"))] else { throw FuzzFinding("a q behind it is \(next)") }
    }
}
