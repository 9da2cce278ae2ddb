import Foundation

#if canImport(FoundationXML)
import FoundationXML
#endif
import TerminalKit
import Testing

@Suite struct SurfaceExportTests {
    private var surface: Surface {
        var surface = Surface(
            size: Size(width: 8, height: 2),
            style: Style(foreground: .rgb(1, 2, 3), background: .indexed(0)))
        surface.write("a<b>&\"", at: Point(x: 0, y: 0))
        surface.write(
            "日x", at: Point(x: 1, y: 1),
            style: Style(foreground: .indexed(9), attributes: [.bold, .underline]))
        return surface
    }

    @Test func textIsWhatIsRead() {
        #expect(surface.export(as: .text) == "a<b>&\"\n 日x\n")
    }

    @Test func ansiSetsEveryStyleFromAnything() {
        let plain = "\u{1b}[0;38;2;1;2;3;48;5;0m"
        #expect(
            surface.export(as: .ansi)
                == "\(plain)a<b>&\"  \u{1b}[0m\n\(plain) \u{1b}[0;1;4;38;5;9;48;5;0m日x\(plain)    \u{1b}[0m\n"
        )
    }

    @Test func svgIsWellFormedAndPlacesEveryRun() throws {
        let svg = surface.export(as: .svg, title: "A & \u{1b}B")
        let parser = XMLParser(data: Data(svg.utf8))
        let reader = Reader()
        parser.delegate = reader
        #expect(parser.parse(), "\(svg)")
        #expect(reader.texts == ["a<b>&\"  ", "日x"])
        #expect(reader.places == ["0 13 64", "8 30 24"])
        #expect(!svg.unicodeScalars.contains("\u{1b}"))
    }

    private final class Reader: NSObject, XMLParserDelegate {
        var texts: [String] = []
        var places: [String] = []
        private var isText = false

        func parser(
            _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
            qualifiedName: String?, attributes: [String: String]
        ) {
            isText = name == "text"
            guard isText else { return }
            texts.append("")
            places.append(["x", "y", "textLength"].compactMap { attributes[$0] }.joined(separator: " "))
        }

        func parser(_ parser: XMLParser, foundCharacters text: String) {
            if isText { texts[texts.count - 1] += text }
        }

        func parser(
            _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
        ) { isText = false }
    }
}
