import TerminalKit
import Testing

/// Charts as pictures, in ASCII, and as sentences.
@Suite struct ChartTests {
    private let context = RenderContext(theme: .standard, glyphs: .unicode)
    private let ascii = RenderContext(theme: .standard, glyphs: .ascii)

    private func drawn(
        _ width: Int, _ height: Int, _ context: RenderContext, _ body: (inout Surface) -> Void
    ) -> [String] {
        var surface = context.surface(Size(width: width, height: height))
        body(&surface)
        return surface.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    private let takings = BarChart([
        BarChart.Bar(label: "Mon", parts: [100], figure: "$1.00"),
        BarChart.Bar(label: "Tue", parts: [50], figure: "$0.50"),
        BarChart.Bar(label: "Wed", parts: [0], figure: "$0.00"),
        BarChart.Bar(label: "Thu", parts: [-7], figure: "-$0.07"),
    ])

    @Test func barsAreAsLongAsTheyAreMuch() {
        let lines = drawn(20, 4, context) {
            $0.drawBars(takings, in: $0.bounds, showsLabels: true, context: context)
        }
        #expect(lines[0] == "Mon \(String(repeating: "\u{2588}", count: 9))  $1.00")
        #expect(lines[1] == "Tue \u{2588}\u{2588}\u{2588}\u{2588}\u{258C}      $0.50")
        #expect(lines[2].dropFirst(3).prefix(9).allSatisfy { $0 == " " })
        #expect(lines[3].contains("\u{2588}") == false)
    }

    @Test func inASCIIBarsAreHashes() {
        let lines = drawn(20, 2, ascii) {
            $0.drawBars(takings, in: $0.bounds, showsLabels: true, context: ascii)
        }
        #expect(lines[0] == "Mon #########  $1.00")
        #expect(lines[1].hasPrefix("Tue ####"))
    }

    @Test func stackedBarsShowTheirPartsInTheirOrder() {
        let chart = BarChart(
            [
                BarChart.Bar(label: "a", parts: [5, 3, 2], figure: ""),
                BarChart.Bar(label: "b", parts: [0, 5, 0], figure: ""),
            ], legend: ["sold", "back", "off"])
        let lines = drawn(10, 3, ascii) {
            $0.drawBars(chart, in: $0.bounds.splitTop(2).0, showsLabels: false, context: ascii)
        }
        #expect(lines[0] == "#####===--" && lines[1] == "=====")
        let legend = drawn(30, 1, ascii) { $0.drawLegend(chart, in: $0.bounds, context: ascii) }
        #expect(legend[0] == "# sold  = back  - off")
    }

    @Test func aChartIsToldByItsHighestAndLowestBar() {
        #expect(takings.sentence.contains("Mon with $1.00"))
        #expect(BarChart([]).sentence == BarChart([.init(label: "a", parts: [0], figure: "")]).sentence)
    }

    @Test func aSparklineShowsWhateverThereIs() {
        let line = Sparkline([0, 1, 500, 1000])
        let lines = drawn(4, 1, ascii) { $0.drawSparkline(line, in: $0.bounds, style: .none) }
        #expect(lines[0] == " ..#")
        // More values than columns are put together, and none is lost.
        #expect(Sparkline(Array(1...100)).fitted(to: 7).reduce(0, +) == 5_050)
        #expect(Sparkline([1, 2]).sentence != Sparkline([2, 1]).sentence)
    }

    @Test func aHeatMapIsDarkestWhereTheMostIs() {
        let map = HeatMap(rows: ["Mon", "Tue"], columns: ["09", "10"], values: [[1, 0], [50, 100]])
        let lines = drawn(12, 3, ascii) { $0.drawHeatMap(map, in: $0.bounds, context: ascii) }
        #expect(
            lines == ["    09 10", "Mon ...", "Tue +++###"]
                || lines == ["    09 10", "Mon ...", "Tue :::###"])
        #expect(map.sentence.contains("Tue at 10"))
        #expect(map.greatest.map { [$0.row, $0.column] } == [1, 1])
    }

    @Test(arguments: [0, 1, 2, 5, 9]) func chartsStayInWhateverRoomThereIs(size: Int) {
        let map = HeatMap(rows: ["Mon"], columns: ["09", "10"], values: [[1, .max]])
        let lines = drawn(size, size, context) {
            $0.drawBars(takings, from: 1, in: $0.bounds, showsLabels: true, context: context)
            $0.drawHeatMap(map, in: $0.bounds, context: context)
            $0.drawSparkline(Sparkline([.max, 1]), in: $0.bounds, style: .none)
        }
        #expect(lines.count == max(1, size))
    }
}
