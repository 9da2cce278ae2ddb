import TerminalKit
import Testing

@Suite struct ColorQuantizerTests {
    @Test(arguments: [
        (ColorDepth.direct, Color.rgb(0x12, 0x34, 0x56), 0x123456), (.direct, .rgb(0, 0, 5), 0x105),
        (.indexed256, .rgb(255, 0, 0), 196), (.indexed256, .rgb(8, 8, 8), 232),
        (.indexed256, .rgb(255, 255, 255), 231), (.indexed256, .indexed(77), 77),
        (.ansi16, .rgb(255, 138, 128), 9), (.ansi16, .rgb(240, 180, 91), 11), (.ansi16, .rgb(20, 23, 28), 0),
        (.ansi8, .rgb(0x17, 0x50, 0x6e), 6), (.ansi8, .rgb(154, 165, 180), 7), (.ansi8, .indexed(3), 3),
        (.mono, .rgb(255, 0, 0), -1), (.direct, .terminal, -1),
    ])
    func nearest(_ depth: ColorDepth, _ color: Color, _ expected: Int) {
        #expect(ColorQuantizer(depth: depth).number(color) == Int32(expected))
    }

    @Test(arguments: [ColorDepth.ansi8, .ansi16, .indexed256])
    func textNeverVanishesIntoItsBackground(_ depth: ColorDepth) {
        let quantizer = ColorQuantizer(depth: depth)
        for (foreground, background) in [(50, 20), (240, 255), (70, 60), (130, 140)] as [(UInt8, UInt8)] {
            let pair = quantizer.shown(
                Style(
                    foreground: .rgb(foreground, foreground, foreground),
                    background: .rgb(background, background, background)))
            #expect(pair.foreground != pair.background, "\(foreground) on \(background)")
        }
    }
}
