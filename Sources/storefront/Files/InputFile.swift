import Glibc

/// Reads a file, or standard input for `-`, in pieces.
enum InputFile {
    private static let pieceSize = 1 << 18

    static func read(_ path: String, _ take: (ArraySlice<UInt8>) throws -> Void) throws {
        let descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(path) }
        defer { if path != "-" { close(descriptor) } }
        var buffer = [UInt8](repeating: 0, count: pieceSize)
        while true {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            if count == 0 { return }
            if count > 0 {
                try take(buffer[..<count])
            } else if errno != EINTR {
                throw failure(path)
            }
        }
    }

    private static func failure(_ path: String) -> CommandFailure {
        CommandFailure("\(path == "-" ? "standard input" : path): \(String(cString: strerror(errno)))")
    }
}
