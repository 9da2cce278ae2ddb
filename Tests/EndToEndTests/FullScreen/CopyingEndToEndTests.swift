import Testing

/// Copying in a tmux that takes nothing for the clipboard from the screen.
@Suite(
    .serialized, .enabled(if: Tmux.path != nil, "tmux is missing: apt-get install tmux"),
    .timeLimit(.minutes(20)))
struct CopyingEndToEndTests {
    @Test func tmuxHasWhatIsCopied() throws {
        let tmux = try Tmux(Program(), "--demo", isKnown: true)
        try tmux.see("Guest", "of 240")
        try tmux.press("y")
        let screen = try tmux.see("copied to tmux")
        let sku = try tmux.buffer()
        #expect(!sku.isEmpty && screen.contains("SKU \(sku) copied"), "\(sku)")
        try tmux.press("q")
        #expect(try tmux.exitCode() == 0)
    }
}
