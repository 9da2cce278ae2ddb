import StoreDomain
import StorefrontCore
import TerminalKit

/// The real services that a tape is proved on: a shop of its own for each proof.
public struct ProofShop: Sendable {
    public let outside: Outside
    public let checked: CheckedShop
    /// Makes go wrong what a tape says; the services of `outside` are wrapped in it, and the shop has its clock.
    public let faults: StoreFaults
    public let zones: any ZoneSource
    public let themes: @Sendable (String) -> Theme?
    /// What is typed where the tape has a password.
    public let secret: Secret

    public init(
        outside: Outside, checked: CheckedShop, faults: StoreFaults, zones: any ZoneSource, secret: Secret,
        themes: @escaping @Sendable (String) -> Theme?
    ) {
        self.outside = outside
        self.checked = checked
        self.faults = faults
        self.zones = zones
        self.secret = secret
        self.themes = themes
    }
}
