/// Which OpenSSH a host has, for what its configuration may say.
struct OpenSSHVersion: Hashable, Comparable, Sendable, CustomStringConvertible {
    let major: Int
    let minor: Int

    init(_ major: Int, _ minor: Int) { (self.major, self.minor) = (major, minor) }

    /// Reads `OpenSSH_9.2p1 …` anywhere in what `sshd -V` prints; sshd before 9.3 prints it beside a complaint.
    init?(in text: String) {
        guard let start = text.range(of: "OpenSSH_") else { return nil }
        let numbers = text[start.upperBound...].prefix { $0.isNumber || $0 == "." }.split(separator: ".")
        guard numbers.count >= 2, let major = Int(numbers[0]), let minor = Int(numbers[1]) else { return nil }
        self.init(major, minor)
    }

    /// The first with everything that a kiosk cannot do without: `PerSourceMaxStartups` is of this one.
    static let oldest = OpenSSHVersion(8, 5)

    /// `ChannelTimeout` and `UnusedConnectionTimeout`.
    var endsIdleChannels: Bool { self >= OpenSSHVersion(9, 2) }
    /// `PAMServiceName`; an older sshd asks PAM by the name under which it was started.
    var namesItsService: Bool { self >= OpenSSHVersion(9, 8) }

    static func < (left: OpenSSHVersion, right: OpenSSHVersion) -> Bool {
        (left.major, left.minor) < (right.major, right.minor)
    }

    var description: String { "OpenSSH \(major).\(minor)" }
}
