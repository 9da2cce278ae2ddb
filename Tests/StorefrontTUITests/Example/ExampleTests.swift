import Foundation
import StoreDomain
import StorefrontCore
import TerminalKit
import Testing

@testable import StorefrontTUI

/// The example screen, run by the parts that run every screen.
@Suite struct ExampleTests {
    /// What the program does with a command: asks whether it is available, and carries it out.
    private struct Run {
        var pad = NotePad()
        var desk = Desk(context: AppContext())

        func spec(_ command: Command) -> CommandSpec? {
            NotePad.commands.first { $0.command == command } ?? CommandSpec[command]
        }

        @discardableResult
        mutating func press(_ command: Command) -> [Step] {
            var feature: any Feature = pad
            defer { if let changed = feature as? NotePad { pad = changed } }
            guard let spec = spec(command), spec.availability(on: feature, desk).isEnabled else { return [] }
            return spec.carryOut(on: &feature, &desk)
        }

        mutating func write(_ note: String) {
            press(.writeNote)
            _ = pad.edit(.insert(note), &desk)
            press(.open)
        }

        var picture: Surface {
            let context = ViewContext(render: RenderContext(theme: .standard, glyphs: .ascii))
            let size = Size(width: 24, height: 4)
            var painter = Painter(
                frame: Frame(size: size, context: context), state: pad, desk: desk, isInFront: true,
                isTyping: pad.field != nil, context: context)
            painter.draw(in: Rect(size))
            return painter.frame.surface
        }
    }

    @Test func notesAreWrittenWalkedAndStruck() {
        var run = Run()
        run.write("Order wool blankets")
        run.write("Call Ada")
        #expect(run.pad.notes == ["Order wool blankets", "Call Ada"])
        run.press(.up)
        #expect(run.pad.list.row(of: 2) == 0)
        run.press(.strikeNote)
        #expect(run.pad.notes == ["Call Ada"] && run.desk.status?.kind == .info)
        run.press(.strikeNote)
        #expect(run.spec(.strikeNote)?.availability(on: run.pad, run.desk).isEnabled == false)
        #expect(run.press(.back) == [.pop])
    }

    @Test func theyAreDrawnAndTold() {
        var run = Run()
        run.write("Call Ada")
        #expect(run.picture.text.contains("Call Ada"))
        let place = Teller(run.pad, run.desk, OnlyUTC()).place
        #expect(place.sheet.lines.map(\.spoken) == ["1. Call Ada"] && place.prompt == nil)
        run.press(.writeNote)
        #expect(run.picture.cursor?.y == 3)
        #expect(Teller(run.pad, run.desk, OnlyUTC()).place.prompt?.text == "Note: ")
    }

    /// The page about adding quotes these files.
    @Test(arguments: ["NotePad", "NotePadScreen", "NotePadLines"])
    func thePageQuotesTheFile(name: String) throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
        let root = folder.deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let page = try String(
            contentsOf: root.appending(path: "Sources/StoreDomain/Documentation.docc/Adding.md"),
            encoding: .utf8)
        let file = try String(contentsOf: folder.appending(path: "\(name).swift"), encoding: .utf8)
            .replacing("\n@testable import StorefrontTUI\n", with: "")
        #expect(page.contains(file.trimmingCharacters(in: .whitespacesAndNewlines)))
    }

    @Test func itsKeysAreKeys() {
        for spec in NotePad.commands {
            #expect(spec.keys.compactMap { Key(name: $0) }.count == spec.keys.count)
        }
    }
}
