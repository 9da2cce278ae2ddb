import Foundation
import StoreDomain

/// The time zone that a shop counts its days in.
package enum ShopZone {
    /// The offsets of the zone of this name; nil for no name, or one that this machine does not know.
    package static func offset(named name: String) -> ZoneOffset? {
        guard !name.isEmpty, let zone = TimeZone(identifier: name) else { return nil }
        return { instant in
            zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(instant.milliseconds) / 1000))
        }
    }
}
