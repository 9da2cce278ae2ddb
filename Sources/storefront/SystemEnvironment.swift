import Glibc
import StoreDomain

/// The machine's clock.
struct SystemClock: StoreClock {
    func now() -> Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
    }
}

/// A clock that stands still.
struct FixedClock: StoreClock {
    let time: Timestamp

    func now() -> Timestamp { time }
}

/// Keys from the system's random numbers.
struct SystemIDs: IDSource {
    func idempotencyKey() -> IdempotencyKey {
        IdempotencyKey(random: .random(in: .min ... .max), .random(in: .min ... .max))
    }
}
