import Foundation
import StorefrontCore
import Testing

@testable import storefront

/// Screens that are drawn without a terminal.
@Suite struct RenderTests {
    private static let kinds = ScreenKind.allCases.filter { ScreenTour(to: $0) != nil }.map(\.description)

    @Test(arguments: kinds) func eachScreenIsTheSameEveryTime(_ screen: String) throws {
        let program = try Program()
        let first = try program.run("render", screen)
        #expect(first.code == 0, "\(first.errors)")
        #expect(first.output.split(separator: "\n", omittingEmptySubsequences: false).count == 25)
        let second = try program.run("render", screen, environment: ["TZ": "Asia/Tokyo"])
        #expect(second.output == first.output)
    }

    @Test func anUnknownScreenIsRefusedWithTheList() throws {
        let run = try Program().run("render", "nowhere")
        #expect(run.code != 0)
        for kind in Self.kinds { #expect(run.errors.contains(kind)) }
        #expect(try Program().run("render", "shop", "--size", "3x3").code != 0)
        #expect(try Program().run("render", "shop", "--theme", "no-such-theme").code != 0)
    }

    @Test func drawsInEachFormSizeThemeAndDepth() throws {
        let program = try Program()
        let text = try program.run("render", "cart", "--size", "120x40").output
        #expect(text.split(separator: "\n", omittingEmptySubsequences: false).count == 41)
        let ascii = try program.run("render", "shop", "--ascii").output
        #expect(ascii.utf8.allSatisfy { $0 < 0x7f })
        let ansi = try program.run("render", "shop", "--as", "ansi").output
        #expect(ansi.contains("\u{1b}[0") && ansi.contains("38;2;"))
        let mono = try program.run("render", "shop", "--as", "ansi", "--depth", "none").output
        #expect(!mono.contains("38;"))
        #expect(try program.run("render", "shop", "--as", "svg", "--theme", "light").output.hasPrefix("<svg"))
    }

    @Test func writesToANewFile() throws {
        let program = try Program()
        #expect(try program.run("render", "orders", "--output", "orders.txt").code == 0)
        let written = try String(contentsOfFile: program.home.path("orders.txt"), encoding: .utf8)
        #expect(try written == program.run("render", "orders").output)
        #expect(try program.run("render", "orders", "--output", "orders.txt").code != 0)
    }
}
