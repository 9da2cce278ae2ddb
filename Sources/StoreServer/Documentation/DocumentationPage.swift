import StoreDomain
import StoreWire

/// The routes as one page of HTML that loads nothing from elsewhere.
enum DocumentationPage {
    static let html = """
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><title>Storefront REST API</title>
        <meta name="viewport" content="width=device-width">
        <style>
        body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
        code { font-family: ui-monospace, monospace; }
        section { border-top: 1px solid #8886; padding: .5rem 0 1rem; }
        h2 { font-size: 1.1rem; margin: .5rem 0; }
        table { border-collapse: collapse; width: 100%; }
        td { padding: .1rem .8rem .1rem 0; vertical-align: top; }
        td:first-child { white-space: nowrap; width: 10rem; }
        @media (prefers-color-scheme: dark) { body { background: #111; color: #ddd; } a { color: #9cf; } }
        </style></head><body>
        <h1>Storefront REST API</h1>
        <p>JSON in and out. Money is a number with two decimals, times are RFC 3339 in UTC. A path works with
        and without a trailing slash. Errors are <code>{"error": "a sentence"}</code>, for wrong input with
        <code>"fields"</code>; programs read their <code>"code"</code> and <code>"params"</code>. A signed-in
        account sends <code>Authorization: Bearer TOKEN</code>.
        The bodies in full: <a href="/openapi.json">openapi.json</a>.</p>
        \(Endpoint.allCases.map(section).joined(separator: "\n"))
        </body></html>
        """

    private static func section(_ endpoint: Endpoint) -> String {
        let notes = endpoint.notes
        var rows = notes.parameters.map { parameter in
            row(
                parameter.name + (parameter.isRequired ? "" : " (optional)"),
                "\(parameter.place.rawValue): \(parameter.note)")
        }
        if let request = notes.request { rows.append(row("body", "JSON, \(request)")) }
        rows += notes.allAnswers(of: endpoint).map { answer in
            row(answer.statusText, answer.note + (answer.schema.map { " (\($0))" } ?? ""))
        }
        return """
            <section id="\(endpoint.rawValue)">
            <h2><code>\(endpoint.method.rawValue) \(escape(endpoint.template))</code> · \
            \(escape(notes.summary))</h2>
            <p>For \(who(endpoint.access)).</p>
            <table>\(rows.joined())</table>
            </section>
            """
    }

    private static func who(_ access: Endpoint.Access) -> String {
        switch access {
        case .anyone: "anyone"
        case .signedIn: "signed-in accounts"
        case .permitted(let permission): "accounts that may \(permission.verb)"
        }
    }

    private static func row(_ name: String, _ note: String) -> String {
        "<tr><td><code>\(escape(name))</code></td><td>\(escape(note))</td></tr>"
    }

    private static func escape(_ text: String) -> String {
        text.reduce(into: "") { escaped, character in
            switch character {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            default: escaped.append(character)
            }
        }
    }
}
