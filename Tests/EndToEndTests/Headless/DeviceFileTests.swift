import Foundation
import StoreDomain
import StorefrontCore
import StorefrontTUI
import Testing

@testable import storefront

/// A printer that is a file: what it gets, and what is told when it takes nothing.
@Suite struct DeviceFileTests {
    private let home: TemporaryHome

    init() throws { home = try TemporaryHome() }

    private func refusal(_ path: String, _ bytes: [UInt8] = [1, 2, 3], patience: Duration = .seconds(60))
        async
        -> String?
    {
        do throws(StoreError) {
            try await DeviceFile("printer", path: path, patience: patience).send(bytes)
            return nil
        } catch {
            guard case .device(let sentence) = error else { return "\(error)" }
            return sentence
        }
    }

    /// A pipe that is read from stands for a printer.
    @Test func aDeviceGetsEveryByteAsItIs() async throws {
        let path = home.path("lp0")
        try #require(mkfifo(path, 0o600) == 0)
        let bytes = (0..<300_000).map { UInt8($0 & 0xFF) }
        let reader = Task.detached { () -> [UInt8] in
            let pipe = try FileHandle(forReadingFrom: URL(filePath: path))
            return [UInt8](try pipe.readToEnd() ?? Data())
        }
        // Nobody reads at first: the device is as good as not there.
        var words: String?
        repeat { words = await refusal(path, bytes) } while words?.contains("is not there") == true
        #expect(words == nil)
        #expect(try await reader.value == bytes)
    }

    @Test func whatIsWrongIsToldWithWhatToDo() async throws {
        #expect(await refusal(home.path("none"))?.contains("switched on") == true)
        #expect(FileManager.default.fileExists(atPath: home.path("none")) == false, "nothing is made")
        let file = home.path("letter.txt")
        try Data("Dear".utf8).write(to: URL(filePath: file))
        #expect(await refusal(file)?.contains("is no device") == true)
        #expect(try String(contentsOfFile: file, encoding: .utf8) == "Dear")
        #expect(await refusal(home.path(""))?.hasPrefix("The printer \(home.path(""))") == true)
    }

    @Test func aDeviceThatTakesNothingIsGivenUp() async throws {
        let path = home.path("stuck")
        try #require(mkfifo(path, 0o600) == 0)
        let pipe = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        defer { close(pipe) }
        let words = await refusal(
            path, [UInt8](repeating: 0x20, count: 1 << 20), patience: .milliseconds(200))
        #expect(words?.contains("in time") == true, "\(words ?? "it took all")")
    }

    /// Two pages at once come out one after the other.
    @Test func pagesDoNotMingle() async throws {
        let heard = home.path("heard")
        let printer = Printer(
            language: .text,
            way: .command(DeviceCommand("printer", command: "while read x; do echo $x; done >> '\(heard)'")))
        let pages = (0..<8).map { String(repeating: "page\($0)\n", count: 200) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for page in pages { group.addTask { try await printer.print(PrintedPage(text: page)) } }
            try await group.waitForAll()
        }
        let lines = try String(contentsOfFile: heard, encoding: .utf8).split(separator: "\n")
        #expect(lines.count == 1_600)
        let changes = zip(lines, lines.dropFirst()).count { $0 != $1 }
        #expect(changes == 7)
    }
}
