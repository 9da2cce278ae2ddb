import Glibc
import StoreDomain
import StoreService

/// When accounts were made from one network, on the whole host: the times of the last hour, in a file of the sessions'
/// folder.
struct RegistrationBook: HourlyTally {
    let path: String
    let clock: any StoreClock

    private static let hour: Int64 = 3_600_000

    func take(upTo most: Int) -> Bool {
        change { times, now in
            guard times.count < most else { return false }
            times.append(now)
            return true
        }
    }

    func giveBack() {
        _ = change { times, _ in
            _ = times.popLast()
            return true
        }
    }

    /// Changes the times while no other session does. Where the file cannot be kept nothing is allowed.
    private func change(_ body: (inout [Int64], Int64) -> Bool) -> Bool {
        let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard file >= 0 else { return false }
        defer { close(file) }
        guard flock(file, LOCK_EX) == 0 else { return false }
        var bytes = [UInt8](repeating: 0, count: 4_096)
        let count = max(0, pread(file, &bytes, bytes.count, 0))
        let now = clock.now().milliseconds
        var times = String(decoding: bytes[..<count], as: UTF8.self).split(separator: "\n")
            .compactMap { Int64($0) }.filter { $0 > now - Self.hour && $0 <= now }
        guard body(&times, now) else { return false }
        let text = Array(times.map { "\($0)\n" }.joined().utf8)
        return pwrite(file, text, text.count, 0) == text.count && ftruncate(file, text.count) == 0
    }
}
