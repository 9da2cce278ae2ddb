import Foundation
import StoreDomain

/// Sends receipts to the command of the setting `printer.command`, as text on its standard input.
struct ReceiptPrinter: Sendable {
    let command: String

    /// A printer that hangs must not hold up the sale.
    static let patience = Duration.seconds(15)

    /// - Throws: `unsupported` … a sentence with the command's exit code and the last line it complained
    /// with.
    func print(_ text: String) async throws(StoreError) {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", command]
        let (input, complaints) = (Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = FileHandle.nullDevice
        process.standardError = complaints
        let ended = AsyncStream<Void> { continuation in
            process.terminationHandler = { _ in continuation.finish() }
        }
        do {
            try process.run()
        } catch {
            throw failure("cannot be started")
        }
        // A command that does not read its input ends the pipe; the exit code then says what was wrong.
        let writer = Task.detached {
            try? input.fileHandleForWriting.write(contentsOf: Data(text.utf8))
            try? input.fileHandleForWriting.close()
        }
        let reader = Task.detached { try? complaints.fileHandleForReading.readToEnd() }
        let watchdog = Task {
            try await Task.sleep(for: Self.patience)
            process.terminate()
        }
        for await _ in ended {}
        watchdog.cancel()
        await writer.value
        guard process.terminationReason == .exit else { throw failure("did not end in time and was stopped") }
        guard process.terminationStatus == 0 else {
            let said = String(decoding: await reader.value ?? Data(), as: UTF8.self)
            let line = said.split(whereSeparator: \.isNewline).last.map { ": \($0)" } ?? ""
            throw failure("ended with code \(process.terminationStatus)\(line)")
        }
    }

    private func failure(_ what: String) -> StoreError { .device("The printer command \(what)") }
}
