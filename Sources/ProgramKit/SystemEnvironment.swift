import Glibc
import StoreDomain

/// The machine's clock.
package struct SystemClock: StoreClock {
    package init() {}

    package func now() -> Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
    }
}

/// A clock that stands still.
package struct FixedClock: StoreClock {
    let time: Timestamp

    package init(time: Timestamp) { self.time = time }

    package func now() -> Timestamp { time }
}

/// Keys from the system's random numbers.
package struct SystemIDs: IDSource {
    package init() {}

    package func idempotencyKey() -> IdempotencyKey {
        IdempotencyKey(random: .random(in: .min ... .max), .random(in: .min ... .max))
    }

    package func giftCardCode() -> GiftCardCode {
        var generator = SystemRandomNumberGenerator()
        return GiftCardCode(using: &generator)
    }
}
