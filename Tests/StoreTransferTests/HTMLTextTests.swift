import Testing

@testable import StoreTransfer

@Suite struct HTMLTextTests {
    @Test(arguments: [
        ("<p>One</p><p>Two</p>", "One\n\nTwo"),
        ("<div><p>One<br>Two<br/><br>Three</p></div>", "One\nTwo\n\nThree"),
        ("<b>bold</b> and <i>it</i>alic", "bold and italic"),
        ("Specs:<ul><li>A</li>\n<li> B <b>c</b></li></ul>after", "Specs:\n\n- A\n- B c\n\nafter"),
        ("<ol><li>A<ul><li>a</li></ul></li><li><p>B</p></li><li></li></ol>", "1. A\n  - a\n2. B"),
        (
            "<table><tr><th>Size</th><th>S</th></tr><tr><td>Chest</td><td>36</td></tr></table>",
            "Size  S\nChest  36"
        ),
        ("a<script>if (a < b) { x(\"</p>\") }</script>b<style>p{}</style><!-- <p>c -->", "ab"),
        ("x<iframe src=\"y\">z</iframe", "x"),
        (
            "caf&eacute; &amp; &lt;tea&gt; &#233; &#xe9; &#150; &nbsp;&bogus; &amp &#0; &#x110000; AT&T <br>",
            "café & <tea> é é – &bogus; &amp \u{FFFD} \u{FFFD} AT&T"
        ),
        ("5 < 6 and 7 > 3 <b>ok</b>", "5 < 6 and 7 > 3 ok"),
        ("<a href='x>y' title=\"a > b\">link</a>", "link"),
        ("<a href=\"x>open", "open"),
        ("<p>cut", "cut"),
        ("text <", "text <"),
        ("no tags,\r\n  two lines \n\n\n\nthird ", "no tags,\ntwo lines\n\nthird"),
        ("<pre>a\nb</pre>", "a\nb"),
        ("a\u{7}b<br>\u{0}c", "a b\nc"),
        ("", ""), ("<p> </p>", ""), ("<", "<"), ("<!--", ""),
    ])
    func readsAsAPersonWould(html: String, text: String) {
        #expect(HTMLText.plain(html) == text)
    }

    @Test(arguments: [11] as [UInt64]) func survivesAnyTags(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let pieces = [
            "<", ">", "</", "p", "li", "ul", "script", "&", "amp;", "\"", "'", "!--", "-->", " ", "é", "\n",
            "#", "x",
        ]
        for _ in 0..<2000 {
            let html = (0..<Int.random(in: 0...30, using: &random)).map { _ in
                pieces.randomElement(using: &random) ?? ""
            }.joined()
            let text = HTMLText.plain(html)
            #expect(text.utf8.count <= html.utf8.count * 4, "\(html)")
        }
    }
}

/// Random numbers that are the same in every run (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
