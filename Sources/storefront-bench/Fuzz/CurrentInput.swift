import Foundation

/// The input that is being read, in a file that a trap leaves as it is.
final class CurrentInput {
    private let path: String
    private let memory: UnsafeMutableRawPointer

    private static let size = 1 << 17

    init(path: String) throws {
        self.path = path
        let descriptor = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
        defer { close(descriptor) }
        let mapped =
            ftruncate(descriptor, off_t(Self.size)) == 0
            ? mmap(nil, Self.size, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0) : MAP_FAILED
        guard let mapped, mapped != MAP_FAILED else {
            throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO)
        }
        memory = mapped
    }

    deinit { munmap(memory, Self.size) }

    /// The number of the run, its length and the input, as a person can cut them apart: `12 345\n` and 345 bytes.
    func note(_ input: [UInt8], run: Int) {
        let bytes = Array("\(run) \(input.count)\n".utf8) + input
        bytes.prefix(Self.size).withUnsafeBytes { source in
            if let start = source.baseAddress { memory.copyMemory(from: start, byteCount: source.count) }
        }
    }

    /// Nothing ended the program.
    func remove() { unlink(path) }
}
