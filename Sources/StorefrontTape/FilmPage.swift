import StorefrontTUI
import TerminalKit

/// A tape as one page for a browser: its pictures with a slider, what was done, ordered and checked. It loads nothing.
struct FilmPage {
    private var styles: [String: Int] = [:]

    static func text(of film: Film, named name: String) -> String {
        var page = FilmPage()
        return page.written(film, name)
    }

    private mutating func written(_ film: Film, _ name: String) -> String {
        var film = film
        film.go(to: 0)
        var steps = [step(film, before: nil)]
        var before = film.surface
        while film.forward() {
            steps.append(step(film, before: before))
            before = film.surface
        }
        let title = Self.escaped(name)
        let looks = styles.sorted { $0.value < $1.value }.map { ".s\($0.value){\($0.key)}" }.joined(
            separator: "\n")
        return """
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><title>\(title)</title>
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; \
            script-src 'unsafe-inline'">
            <style>
            body{font:14px system-ui,sans-serif;margin:1em;background:#fff;color:#222}
            #screen{font:14px/17px monospace;white-space:pre;display:inline-block;padding:0}
            #screen div{height:17px}
            #screen span{display:inline-block;height:17px;overflow:hidden;vertical-align:top}
            #slider{width:40em;max-width:90%}
            #what{min-height:4em;white-space:pre-wrap}
            .check{color:#8a4b00}
            \(looks)
            </style></head><body>
            <h1>\(title)</h1>
            <p>Recorded with storefront \(Self.escaped(film.tape.header.facts.program)), \
            \(film.tape.header.size), seed \(film.tape.header.facts.seed). Arrow keys walk.</p>
            <p><input id="slider" type="range" min="0" max="\(steps.count - 1)" value="0"> <output id="number"></output></p>
            <div id="screen"></div>
            <div id="what"></div>
            <script>
            const steps=[
            \(steps.joined(separator: ",\n"))
            ];
            const slider=document.getElementById("slider"),screen=document.getElementById("screen");
            function show(n){
              let rows=[],size=[0,0];
              for(let i=0;i<=n;i++){const s=steps[i];
                if(s.size[0]!=size[0]||s.size[1]!=size[1]){size=s.size;rows=Array(size[1]).fill("")}
                for(const y in s.rows)rows[y]=s.rows[y]}
              screen.innerHTML=rows.map(r=>"<div>"+r+"</div>").join("");
              const s=steps[n];
              document.getElementById("number").textContent=n+" of "+(steps.length-1)+" \\u00b7 "+s.screen;
              const what=document.getElementById("what");
              what.textContent=(s.done?s.done+"\\n":"")+(s.ordered.length?"ordered: "+s.ordered.join(", ")+"\\n":"");
              for(const c of s.checks){const e=document.createElement("div");e.className="check";e.textContent=c;what.append(e)}
            }
            slider.oninput=()=>show(+slider.value);
            document.onkeydown=e=>{if(e.target===slider)return;const d={ArrowRight:1,ArrowLeft:-1}[e.key];
              if(d){slider.value=+slider.value+d;show(+slider.value)}};
            show(0);
            </script></body></html>

            """
    }

    private struct Step: Encodable {
        var size: [Int]
        var screen: String
        var done: String?
        var ordered: [String]
        var checks: [String]
        var rows: [String: String]
    }

    private mutating func step(_ film: Film, before: Surface?) -> String {
        let surface = film.surface
        var rows: [String: String] = [:]
        for y in 0..<surface.size.height
        where before?.size != surface.size || before?.row(y) != surface.row(y) {
            rows[String(y)] = row(surface, y)
        }
        let step = Step(
            size: [surface.size.width, surface.size.height], screen: "\(film.state.kind)",
            done: film.lastStep,
            ordered: film.effectsOfStep, checks: film.notesOfStep, rows: rows)
        // Nothing in a script may look like its end.
        return TapeCoder.text(of: step).replacing("<", with: "\\u003c")
    }

    /// Each run of one look has its width, so that no font can move what comes after it.
    private mutating func row(_ surface: Surface, _ y: Int) -> String {
        var runs: [(style: Style, text: String, cells: Int)] = []
        for cell in surface.row(y) where cell.width > 0 {
            if runs.last?.style != cell.style { runs.append((cell.style, "", 0)) }
            runs[runs.count - 1].text += cell.glyph
            runs[runs.count - 1].cells += Int(cell.width)
        }
        return runs.map { run in
            "<span class=\"s\(number(of: run.style))\" style=\"width:\(run.cells)ch\">"
                + "\(Self.escaped(run.text))</span>"
        }.joined()
    }

    private mutating func number(of style: Style) -> Int {
        let css = Self.css(style)
        if let number = styles[css] { return number }
        styles[css] = styles.count
        return styles.count - 1
    }

    private static func css(_ style: Style) -> String {
        let paint = PNGPicture.Paint(style)
        var css = "color:\(paint.foreground.hexadecimal);background:\(paint.background.hexadecimal)"
        if style.attributes.contains(.bold) { css += ";font-weight:bold" }
        if style.attributes.contains(.italic) { css += ";font-style:italic" }
        let lines = [(Attributes.underline, "underline"), (.strikethrough, "line-through")]
            .filter { style.attributes.contains($0.0) }.map(\.1)
        if !lines.isEmpty { css += ";text-decoration:\(lines.joined(separator: " "))" }
        return css
    }

    private static func escaped(_ text: String) -> String {
        Sanitizer.harmless(text).replacing("&", with: "&amp;").replacing("<", with: "&lt;")
            .replacing(">", with: "&gt;").replacing("\"", with: "&quot;")
    }
}

extension PNGPicture.RGB {
    fileprivate var hexadecimal: String { Color.rgb(red, green, blue).description }
}
