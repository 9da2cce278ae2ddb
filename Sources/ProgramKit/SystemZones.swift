import Foundation
import StoreDomain
import Synchronization

/// The time zones that this machine knows. A zone is looked up once: a screen asks for every time that it shows.
package final class SystemZones: ZoneSource {
    package static let shared = SystemZones()

    private let known = Mutex<[String: ShopZone]>([:])

    package func zone(named name: String) -> ShopZone? {
        known.withLock { known in
            if let zone = known[name] { return zone }
            guard !name.isEmpty, let found = TimeZone(identifier: name) else { return nil }
            let zone = ShopZone(name: name, found)
            known[name] = zone
            return zone
        }
    }

    package var machine: ShopZone {
        let current = TimeZone.current
        return zone(named: current.identifier) ?? ShopZone(name: current.identifier, current)
    }
}

extension ShopZone {
    fileprivate init(name: String, _ zone: TimeZone) {
        self.init(name: name) { instant in
            zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(instant.milliseconds) / 1000))
        }
    }
}
