import Foundation
import StoreDomain
import StorefrontCore
@testable import StorefrontTape
import StorefrontTUI
import TerminalKit
import Testing

/// What a tester writes down is read as it is meant, and anything else is refused.
@Suite struct CheckTests {
    private func problem(
        _ sentence: String, ordered: [String: Int] = [:], after commands: [Command] = []
    ) async throws -> String? {
        await (try Check(sentence)).problem(in: scene(ordered, after: commands))
    }

    private func scene(_ ordered: [String: Int] = [:], after commands: [Command] = []) -> CheckedScene {
        var state = AppState(
            context: AppContext(policy: ShopPolicy(shopName: "Corner Shop")), start: .shop)
        for command in commands { _ = AppModel.update(&state, .command(command)) }
        let size = Size(width: 80, height: 24)
        let context = ViewContext(render: RenderContext(theme: .standard, glyphs: .unicode))
        let surface = AppView.render(state, size: size, context: context).surface
        return CheckedScene(
            state: state, surface: surface, text: surface.text, ordered: ordered, shop: nil,
            dialog: AppView.dialog(of: state, size: size, context: context),
            style: { context.render.style($0) }, milliseconds: 80, exit: 0)
    }

    @Test(arguments: [
        #"see "Corner Shop""#, #"see "Corner Shop" "Guest""#, #"not see "Receipt of""#,
        #"once "Corner Shop""#,
        #"row 1 has "Corner Shop""#, #"in header has "Guest""#, "screen shop", "cart pieces 0",
        "ordered checkout.pay never", "ordered shop.page once", "ordered basket.quote 2 times",
        "focus none", "exit 0", "took < 81 ms",
    ]) func holds(_ sentence: String) async throws {
        #expect(try await problem(sentence, ordered: ["shop.page": 1, "basket.quote": 2]) == nil)
    }

    @Test(arguments: [
        #"see "Corner Shop" "No such thing""#, #"not see "Guest""#, #"once "e""#, #"row 2 has "Corner Shop""#,
        #"in footer has "Corner Shop""#, "screen cart", "cart pieces 1", "cart total 1.00",
        "ordered shop.page never", "order last paid 1.00 cash", "stock CS-100 3", "verify clean",
        "paid once", "exit 1", "took < 80 ms", #"focus "E-mail""#, "cursor in search", "cursor in dialog",
        #"in dialog has "Guest""#, #"in list has "Corner Shop""#, #"style warning "Guest""#,
        #"frame = "nothing""#,
    ]) func doesNotHold(_ sentence: String) async throws {
        #expect(try await problem(sentence, ordered: ["shop.page": 1]) != nil)
    }

    /// What lies over the screen has its own words, and the rows beneath it have none of them.
    @Test func aDialogIsAPlace() async throws {
        #expect(try await problem(#"in dialog has "About""#, after: [Command("about")]) == nil)
        #expect(try await problem(#"in list has "About""#, after: [Command("about")]) != nil)
        #expect(try await problem("cursor in dialog", after: [Command("about")]) == nil)
        #expect(try await problem("cursor in search", after: [.search]) == nil)
        #expect(try await problem("focus none", after: [.search]) != nil)
    }

    @Test func aWarningIsDrawnAsOne() async throws {
        let text = "The cart is empty"
        #expect(try await problem("style warning \"\(text)\"", after: [Command("checkout")]) == nil)
        #expect(try await problem("style success \"\(text)\"", after: [Command("checkout")]) != nil)
    }

    @Test func aPictureIsComparedRowByRowWithoutWhatIsMasked() async throws {
        let golden = scene().text
        func sentence(_ text: String, _ regions: [Check.Region] = []) -> String {
            CheckWords.sentence(frame: text, without: regions)
        }
        #expect(try await problem(sentence(golden)) == nil)
        // The header counts the steps of a recording, so it is never compared.
        let other = golden.replacing("Corner Shop", with: "Other Shop")
        #expect(try await problem(sentence(other)) == nil)
        let changed = golden.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
            .map { $0 == 3 ? "another row" : String($1) }.joined(separator: "\n")
        let problem = try #require(try await problem(sentence(changed)))
        #expect(problem.contains("row 4") && problem.contains("another row"))
        for regions in [[Check.Region.row(4)], [.list], [.status, .row(4)]] {
            #expect(try await self.problem(sentence(changed, regions)) == nil)
        }
        #expect(Check.title(of: sentence(changed, [.row(4)])) == "frame = golden without row 4")
    }

    @Test func whatCannotBeToldIsNoFailure() throws {
        var scene = scene()
        scene.milliseconds = nil
        #expect(try Check("took < 5 ms").doubt(in: scene) != nil)
        #expect(try Check("frame = golden").doubt(in: scene) != nil)
        #expect(try Check("exit 0").doubt(in: scene) == nil)
    }

    /// Whatever is quoted is read as it was meant.
    @Test func anyTextCanBeQuoted() throws {
        var random = SeededRandom(seed: 3)
        let signs = Array("ab \"\\\n\u{7DD1}e\u{301}$")
        for _ in 0..<500 {
            let texts = (0..<Int.random(in: 1...3, using: &random)).map { _ in
                String(
                    (0..<Int.random(in: 0...8, using: &random)).map { _ in
                        signs.randomElement(using: &random) ?? "a"
                    })
            }
            let quoted = texts.map { CheckWords.quoted($0) }.joined(separator: " ")
            #expect(try Check("see \(quoted)").kind == .see(texts))
            #expect(try Check("in list has \(quoted)").kind == .seeIn(.list, texts))
            let sentence = CheckWords.sentence(frame: texts[0], without: [.row(2), .dialog])
            #expect(try Check(sentence).kind == .frame(texts[0], without: [.row(2), .dialog]))
        }
    }

    /// Every form that help names is one; of words with bars between them each is.
    @Test func theFormsAreChecks() throws {
        for form in Check.forms {
            let words = form.split(separator: " ").map(String.init)
            let choice = words.firstIndex { $0.contains("|") }
            for word in (choice.map { words[$0] } ?? "").components(separatedBy: "|") {
                var words = words
                if let choice { words[choice] = word }
                _ = try Check(words.joined(separator: " "))
            }
        }
    }

    @Test(arguments: [
        "", "see", "see Total", #"see "Total"#, #"not "Total""#, "screen nowhere", "cart pieces many",
        "ordered x",
        "ordered x some times", "row one has \"a\"", "in middle has \"a\"", "verify", "please see \"a\"",
        "style blinking \"a\"", "style warning", "cursor in", "cursor in nowhere", "focus", "focus all",
        "frame =",
        "frame = other", "frame = golden without", "frame = golden without row", "frame = golden but list",
        "paid twice", "exit", "exit now", "exit 300", "took < 5", "took > 5 ms", "took < 0 ms",
        "row 0 has \"a\"",
        "\"see\" \"a\"",
    ]) func isRefused(_ sentence: String) { #expect(throws: TapeProblem.self) { try Check(sentence) } }
}
