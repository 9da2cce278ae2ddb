import CLockdown
import Glibc

/// What a visitor's client says of itself, read once; then the environment is emptied, so that nothing else of it
/// counts anywhere.
struct VisitorSurroundings: Hashable, Sendable {
    /// Text, not yet trusted.
    let terminal: String?
    let hasTrueColor: Bool
    /// The address that the connection comes from; nil on a counter.
    let address: String?
    /// What is to be opened at once.
    let command: String?
    /// Where the kiosk's sshd tells how the visitor got in.
    let authentication: String?

    var isOverSSH: Bool { address != nil }

    init(_ environment: [String: String]) {
        let name = environment["TERM"] ?? ""
        let isName =
            (1...64).contains(name.utf8.count)
            && name.utf8.allSatisfy {
                (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
                    || [0x2B, 0x2D, 0x2E, 0x5F].contains($0)
            }
        terminal = isName ? name : nil
        hasTrueColor = ["truecolor", "24bit"].contains(environment["COLORTERM"])
        address = environment["SSH_CONNECTION"].flatMap { text in
            text.split(separator: " ").first.map(String.init)
        }
        authentication = environment["SSH_USER_AUTH"]
        command = environment["SSH_ORIGINAL_COMMAND"].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// Empties the environment but for what a terminal needs. Call it while there is one thread.
    func replaceEnvironment() {
        ld_clear_environment()
        setenv("PATH", "/usr/bin:/bin", 1)
        setenv("LC_ALL", "C.UTF-8", 1)
        if let terminal { setenv("TERM", terminal, 1) }
        if hasTrueColor { setenv("COLORTERM", "truecolor", 1) }
        // Keys come in pieces over a line.
        if isOverSSH { setenv("ESCDELAY", "100", 1) }
    }

    /// The network that the visitor comes from, as a text that stands for it: /24 or /48; "counter" without one.
    var network: String {
        guard let address else { return "counter" }
        var four = in_addr()
        if inet_pton(AF_INET, address, &four) == 1 {
            return withUnsafeBytes(of: &four) { $0.prefix(3).map(String.init).joined(separator: ".") }
        }
        var six = in6_addr()
        guard inet_pton(AF_INET6, address, &six) == 1 else { return "unknown" }
        return withUnsafeBytes(of: &six) { bytes in
            // An IPv4 address in the clothes of the other.
            let isMapped = bytes.prefix(10).allSatisfy { $0 == 0 } && bytes[10] == 0xFF && bytes[11] == 0xFF
            return (isMapped ? bytes[12..<15] : bytes[0..<6]).map(String.init).joined(separator: ".")
        }
    }
}
