import Foundation
import StoreDomain

/// tmux's paste buffer. From version 3.2 on tmux also sends what it is given to the clipboard of the terminal that
/// shows it, where that has one, whatever its option set-clipboard says of programs.
struct TmuxBuffer: Sendable {
    private static let patience = Duration.seconds(2)

    /// - Throws: `device` where no tmux can be asked, or where it refuses.
    func load(_ text: String) async throws(StoreError) {
        guard ProcessInfo.processInfo.environment["TMUX"]?.isEmpty == false else {
            throw .device("No tmux can be asked from here")
        }
        let command = ShellCommand(arguments: ["tmux", "load-buffer", "-w", "-"])
        switch await command.run(input: Array(text.utf8), within: Self.patience) {
        case .exited(code: 0, complaint: _): return
        case .exited(_, let complaint): throw .device("tmux refused what was copied: \(complaint)")
        case .killed, .outOfTime, .notStarted: throw .device("tmux did not take what was copied")
        }
    }
}
