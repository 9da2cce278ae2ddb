import Foundation
import StoreDomain
import Testing

@testable import storefront

/// What a printer's command may do wrong, and what the shop does then.
@Suite struct DeviceCommandTests {
    private let home: TemporaryHome
    private var heard: String { home.path("heard") }

    init() throws { home = try TemporaryHome() }

    /// For commands that do not end: any time is too short for them.
    private static let patience = Duration.milliseconds(500)

    /// What printing is refused with; nil when it is not.
    private func refusal(
        _ command: String, receipt: String = "Total 9.99\n", patience: Duration = .seconds(60)
    ) async -> String? {
        do throws(StoreError) {
            try await DeviceCommand("printer", command: command, patience: patience).send(receipt)
            return nil
        } catch {
            guard case .device(let sentence) = error else { return "\(error)" }
            return sentence
        }
    }

    // MARK: - Commands that end

    @Test func theReceiptIsItsInput() async throws {
        let receipt = String(repeating: "けん玉 Kendama  21.50\n", count: 20_000)
        #expect(await refusal("cat > '\(heard)'", receipt: receipt) == nil)
        #expect(try String(contentsOfFile: heard, encoding: .utf8) == receipt)
    }

    @Test func aCommandNeedNotReadItsInput() async {
        #expect(await refusal("exec 0<&-; true", receipt: String(repeating: "x", count: 1 << 20)) == nil)
    }

    @Test func aFailureIsToldWithItsCodeAndLastWords() async {
        let words = await refusal("echo first >&2; echo 'out of paper' >&2; exit 3")
        #expect(words?.contains("code 3: out of paper") == true, "\(words ?? "")")
        #expect(await refusal("exit 4")?.hasSuffix("code 4") == true)
        #expect(await refusal("kill -9 $$")?.contains("signal 9") == true)
    }

    /// More than a pipe holds: a command that is not listened to would stand still.
    @Test func onlyTheEndOfManyWordsIsKept() async {
        let flood = "head -c 3000000 /dev/zero | tr '\\0' x >&2;"
        #expect(await refusal("\(flood) echo >&2; echo jam >&2; exit 3")?.hasSuffix("code 3: jam") == true)
        let outcome = await ShellCommand("\(flood) exit 3").run(input: [], within: .seconds(60))
        let kept = String(repeating: "x", count: ShellCommand.maximumComplaint)
        #expect(outcome == .exited(code: 3, complaint: kept))
    }

    /// A process in the background holds the other end of the pipe; printing does not wait for it.
    @Test func aSpoolerInTheBackgroundIsNotWaitedFor() async {
        let words = await refusal("(sleep 20; echo late >&2) & echo jam >&2; exit 5", patience: .seconds(15))
        #expect(words?.hasSuffix("code 5: jam") == true, "\(words ?? "")")
    }

    @Test func signalsReachACommandAsTheyReachAnyProgram() async throws {
        #expect(await refusal("grep -E 'Sig(Blk|Ign)' /proc/self/status > '\(heard)'") == nil)
        let lines = try String(contentsOfFile: heard, encoding: .utf8).split(separator: "\n")
        // Those beyond 31 are the C library's own.
        let masks = lines.compactMap { UInt64($0.suffix(16), radix: 16) }.map { $0 & 0x7FFF_FFFF }
        #expect(masks == [0, 0], "\(lines)")
    }

    // MARK: - Commands that never end

    /// Left alone, each command ends well after 20 seconds. Every process that it starts holds the pipe `heard`
    /// open and writes there when it survives.
    @Test(arguments: [
        // It ignores SIGTERM, and so does what it runs.
        "trap '' TERM; sleep 20; echo survived >&9",
        // What it started ignores SIGTERM and outlives it.
        "(trap '' TERM; sleep 20; echo survived >&9) & wait",
        // It ends on SIGTERM at once; what it started does not.
        "trap 'exit 0' TERM; (trap '' TERM; sleep 20; echo survived >&9) & wait",
        // It floods.
        "trap '' TERM; (timeout 20 yes >&2; echo survived >&9) & sleep 20; echo survived >&9",
        // It reads nothing.
        "trap '' TERM; exec 0<&-; sleep 20; echo survived >&9",
    ])
    func aCommandThatHangsIsEndedWithAllItStarted(_ command: String) async throws {
        try #require(mkfifo(heard, 0o600) == 0)
        let pipe = open(heard, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        try #require(pipe >= 0)
        let words = await refusal(
            "exec 9> '\(heard)'; \(command)", receipt: String(repeating: "x", count: 1 << 20),
            patience: Self.patience)
        #expect(words?.contains("in time") == true, "\(words ?? "it ended well")")
        #expect(await Self.everythingSaid(on: pipe).isEmpty)
    }

    /// Reads until the last process that has the other end open is gone, on a thread of its own.
    private static func everythingSaid(on pipe: Int32) async -> String {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                _ = fcntl(pipe, F_SETFL, 0)
                let text = try? FileHandle(fileDescriptor: pipe, closeOnDealloc: true).readToEnd()
                continuation.resume(returning: String(decoding: text ?? Data(), as: UTF8.self))
            }
        }
    }
}
