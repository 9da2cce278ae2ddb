/// A file of the host that a kiosk is made of, as it has to be: what `kiosk setup` prints and installs.
struct HostFile: Hashable, Sendable {
    enum Content: Hashable, Sendable {
        case text(String)
        /// A symbolic link to another path.
        case link(to: String)
    }

    let path: String
    let content: Content
    /// Every one belongs to root. A link has no permissions of its own.
    let mode: UInt32

    init(_ path: String, mode: UInt32 = 0o644, _ text: String) {
        self.path = path
        self.mode = mode
        content = .text(text)
    }

    init(_ path: String, linkTo target: String) {
        self.path = path
        mode = 0o777
        content = .link(to: target)
    }

    /// Under a line `# PATH MODE OWNER`, as `kiosk setup` prints it.
    var printed: String {
        switch content {
        case .text(let text): "# \(path) 0\(String(mode, radix: 8)) root\n\(text)"
        case .link(let target): "# \(path) -> \(target) root\n"
        }
    }
}
