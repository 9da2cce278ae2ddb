import StoreDomain

/// What a visitor brings that says who he is.
struct KioskIdentity: Hashable, Sendable {
    /// The key that sshd has let him in by; nil without one.
    let key: KeyFingerprint?
    /// The role that the owner has named for this key.
    let staffRole: String?

    /// Reads it, before the session gives up opening anything. On a counter nobody brings a key.
    ///
    /// - Throws: where the keys of those who work here are not the owner's word.
    init(_ settings: KioskSettings, _ surroundings: VisitorSurroundings) throws(KioskRefusal) {
        guard settings.keys, surroundings.isOverSSH, let path = surroundings.authentication,
            let key = PresentedKey.read(path)
        else {
            (key, staffRole) = (nil, nil)
            return
        }
        self.key = key
        staffRole = try StaffKeys(readingFrom: settings.staffKeys)[key]?.role
    }
}
