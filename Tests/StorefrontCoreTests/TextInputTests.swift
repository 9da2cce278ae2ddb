import StorefrontCore
import Testing

/// One line of text and the edits of it.
@Suite struct TextInputTests {
    private func edited(_ text: String, limit: Int = 255, _ edits: TextEdit...) -> String {
        var input = TextInput(text, limit: limit)
        for edit in edits { input.apply(edit) }
        var characters = input.characters.map(String.init)
        characters.insert("|", at: input.cursor)
        return characters.joined()
    }

    @Test func movesAndDeletesByCharacter() {
        #expect(edited("café", .left, .deleteBackward) == "ca|é")
        #expect(edited("café", .start, .deleteForward) == "|afé")
        #expect(edited("e\u{301}x", .left, .deleteBackward) == "|x", "a mark goes with its letter")
        #expect(edited("", .left, .right, .deleteBackward, .deleteForward) == "|")
        #expect(edited("ab", .right, .end, .left, .left, .left) == "|ab")
    }

    @Test func whatIsSelectedIsReplacedByTheNextLetter() {
        func edited(_ edits: TextEdit...) -> String {
            var input = TextInput("walnut", limit: 8)
            input.selectAll()
            for edit in edits { input.apply(edit) }
            return input.text + (input.isAllSelected ? "!" : "")
        }
        #expect(edited() == "walnut!")
        #expect(edited(.insert("a"), .insert("b")) == "ab")
        #expect(edited(.insert("a long text")) == "a long t")
        #expect(edited(.deleteBackward).isEmpty && edited(.killToEnd).isEmpty)
        #expect(edited(.killToStart, .yank) == "walnut")
        #expect(edited(.left, .insert("x")) == "xwalnut" && edited(.end, .insert("s")) == "walnuts")
        #expect(edited(.insert("a"), .insert("b"), .undo) == "walnut", "one change to take back")
        #expect(edited(.yank) == "walnut" && edited(.insert("\u{7}")) == "walnut")
        var empty = TextInput()
        empty.selectAll()
        #expect(!empty.isAllSelected)
    }

    @Test func movesAndDeletesByWord() {
        #expect(edited("one two  three", .wordLeft) == "one two  |three")
        #expect(edited("one two  three", .wordLeft, .wordLeft, .deleteWordForward) == "one |  three")
        #expect(edited("one two  ", .deleteWordBackward) == "one |")
        #expect(edited("one two", .start, .wordRight) == "one| two")
        #expect(edited("  ", .wordRight, .wordLeft, .deleteWordForward) == "|")
    }

    @Test func bringsBackWhatWasKilled() {
        #expect(edited("one two", .wordLeft, .killToStart, .end, .yank) == "twoone |")
        #expect(edited("one two", .wordLeft, .killToEnd, .start, .yank) == "two|one ")
        #expect(edited("one", .yank) == "one|")
    }

    @Test func undoesStepByStep() {
        #expect(edited("one", .insert(" two"), .killToStart, .undo) == "one two|")
        #expect(edited("one", .insert(" two"), .killToStart, .undo, .undo, .undo) == "one|")
    }

    @Test func staysOnOneLineAndWithinItsLimit() {
        #expect(edited("", .insert("a\nb\tc\r\nd")) == "a b c d|")
        #expect(edited("ab", limit: 4, .start, .insert("123")) == "12|ab")
        #expect(edited("abcd", limit: 4, .insert("x")) == "abcd|")
    }

    @Test func saysWhetherAnythingChanged() {
        var input = TextInput("ab")
        let atEnd = input.apply(.right)
        let deleted = input.apply(.deleteBackward)
        let undone = input.apply(.undo)
        let nothingLeft = input.apply(.undo)
        #expect(!atEnd && deleted && undone && !nothingLeft)
    }
}
