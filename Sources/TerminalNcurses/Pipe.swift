import CNcurses
import Glibc

/// A pipe for single bytes that says "look here"; signal handlers write to it too. It never blocks.
final class Pipe: Sendable {
    let readEnd: Int32
    let writeEnd: Int32

    init() throws(TerminalError) {
        var ends: [Int32] = [-1, -1]
        guard cn_pipe(&ends) else { throw .system(call: "pipe", code: errno) }
        readEnd = ends[0]
        writeEnd = ends[1]
    }

    deinit {
        close(readEnd)
        close(writeEnd)
    }

    func write(_ byte: UInt8) {
        var byte = byte
        _ = Glibc.write(writeEnd, &byte, 1)
    }

    /// What is in it now, in its order.
    func read() -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 256)
        let count = Glibc.read(readEnd, &bytes, bytes.count)
        return Array(bytes[..<max(0, count)])
    }
}
