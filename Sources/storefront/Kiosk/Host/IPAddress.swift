import Glibc

/// An address as digits, of either family.
struct IPAddress: Hashable, Sendable {
    let text: String

    /// nil for a name and for anything else that is no address.
    init?(_ text: String) {
        var address = in6_addr()
        guard inet_pton(AF_INET, text, &address) == 1 || inet_pton(AF_INET6, text, &address) == 1 else {
            return nil
        }
        self.text = text
    }
}
