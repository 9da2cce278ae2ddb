import Foundation
import StoreDomain
import StorefrontCore

/// Where a session hears its owner: a pipe in the sessions' folder, one line a wish. Whoever may write the folder may
/// write there, so that nothing is taken from it but a text to show and the wish for a picture.
final class KioskEar: Sendable {
    /// What an owner asks of a session.
    enum Wish: Hashable {
        /// A sentence for the visitor.
        case say(String)
        /// A picture of the screen.
        case picture

        /// A line at most so long is written whole, whoever writes at the same time.
        static let longest = 200

        init?(line: some StringProtocol) {
            if line == "picture" {
                self = .picture
            } else if line.hasPrefix("say ") {
                self = .say(String(String(line.dropFirst(4)).cleanText.prefix(Self.longest)))
            } else {
                return nil
            }
        }

        var line: String {
            switch self {
            case .say(let text): "say \(text.cleanText.prefix(Self.longest))\n"
            case .picture: "picture\n"
            }
        }
    }

    private let file: Int32
    /// What the session does of it.
    let wishes: AsyncStream<AppAction>
    private let heard: AsyncStream<AppAction>.Continuation

    /// Makes the pipe and opens it, before the session gives up opening anything.
    init?(path: String) {
        unlink(path)
        guard mkfifo(path, 0o600) == 0 else { return nil }
        // Open for both, so that it never ends.
        file = open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW)
        guard file >= 0 else { return nil }
        (wishes, heard) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(16))
    }

    /// Listens, on a thread of its own that waits in the kernel.
    func listen() {
        let (file, heard) = (file, heard)
        let thread = Thread {
            var bytes = [UInt8](repeating: 0, count: 4_096)
            while true {
                let count = read(file, &bytes, bytes.count)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { return }
                for line in String(decoding: bytes[..<count], as: UTF8.self).split(separator: "\n") {
                    switch Wish(line: line) {
                    case .say(let text): heard.yield(.noticed(text))
                    case .picture: heard.yield(.visit(.watched))
                    case nil: break
                    }
                }
            }
        }
        thread.stackSize = 128 << 10
        thread.start()
    }
}
