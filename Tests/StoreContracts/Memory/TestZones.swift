import Foundation
import StoreDomain

/// The time zones of the system that the tests run on, whose own zone is UTC.
public struct TestZones: ZoneSource {
    public init() {}

    public var machine: ShopZone { .utc }

    public func zone(named name: String) -> ShopZone? {
        guard let zone = TimeZone(identifier: name) else { return nil }
        return ShopZone(name: name) { instant in
            zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(instant.milliseconds) / 1000))
        }
    }
}
