import StoreDomain
import StorefrontCore
import TerminalKit

extension Painter {
    // MARK: - Welcome

    mutating func welcome(in body: Rect) {
        let width = min(66, body.width - 4)
        let page = body.centered(Size(width: width, height: min(17, body.height)))
        write("Welcome to \(state.context.policy.shopName)", page.x, page.y, .textStrong, width: width)
        var y = paragraph(
            "This store is new and empty. What shall it start with?",
            in: Rect(x: page.x, y: page.y + 1, width: width, height: 2), .textMuted)
        y += 1
        if let progress = state.welcome.progress {
            write(
                "Making demo data\(glyphs.ellipsis) \(progress.done.grouped) of \(progress.total.grouped) products",
                page.x, y, .text, width: width)
            frame.surface.drawBar(
                value: progress.done, of: max(1, progress.total),
                in: Rect(x: page.x, y: y + 1, width: width, height: 1), style: style(.chartBar),
                emptyStyle: style(.border))
            return
        }
        // A small window has room for the choices alone.
        let isTight = body.height < 17
        for choice in WelcomeState.Choice.allCases {
            let isChosen = choice == state.welcome.selection
            let row = Rect(x: page.x, y: y, width: width, height: isTight ? 1 : 2)
            if isChosen {
                ground(row)
                frame.surface.cursor = Point(x: row.x + 2, y: y)
            }
            write(choice.title, row.x + 2, y, isChosen ? .textStrong : .text, width: width - 3)
            if !isTight { write(choice.explanation, row.x + 2, y + 1, .textMuted, width: width - 3) }
            if isChosen { mark(row) }
            target(row, .row(choice.rawValue))
            y += isTight ? 1 : 3
        }
        y += isTight ? 1 : 0
        if let error = state.welcome.error {
            paragraph(
                "\(glyphs.cross) \(error.message)", in: Rect(x: page.x, y: y, width: width, height: 2), .error
            )
        }
    }

    // MARK: - Sign in

    mutating func signIn(in body: Rect) {
        let form = state.signIn
        let showsDemo = state.context.isDemo
        let isTight = body.height < 17
        let width = min(56, body.width - 4)
        let height = isTight ? body.height : showsDemo ? 17 : 11
        let page = body.centered(Size(width: width, height: height))
        write("Sign in to \(state.context.policy.shopName)", page.x, page.y, .textStrong, width: width)
        var y = page.y + (isTight ? 1 : 2)
        let fields: [(String, TextInput, SignInState.Field)] = [
            ("E-mail", form.email, .email), ("Password", form.password, .password),
        ]
        for (label, input, field) in fields {
            let next = formRow(
                label, input, page, y, isFocused: form.focus == field,
                placeholder: field == .email ? "name@example.com" : "",
                isSecret: field == .password && !form.isRevealed)
            y = isTight ? y + 1 : next
        }
        let message = Rect(x: page.x + 12, y: y, width: width - 12, height: 2)
        if form.isBusy {
            write("Checking\(glyphs.ellipsis)", message.x, y, .info)
        } else if let problem = form.problem {
            paragraph("\(glyphs.cross) \(problem)", in: message, .error)
        }
        y += 2
        for command in [Command.submit, .register, .browseAsGuest] where y < body.maxY {
            let label = command == .submit ? "Sign in" : command.title
            write(TextWidth.pad(keyName(command), to: 6), page.x + 12, y, .keyOnPage)
            write(label, page.x + 19, y, .text)
            target(Rect(x: page.x + 12, y: y, width: 26, height: 1), .command(command))
            y += 1
        }
        if showsDemo { demoAccounts(in: Rect(x: page.x, y: y, width: width, height: max(0, body.maxY - y))) }
    }

    /// The accounts of a demo store: a list, or in a small window the one that shows the most.
    private mutating func demoAccounts(in rect: Rect) {
        let password = AppContext.demoPassword
        guard rect.height >= AppContext.demoAccounts.count + 2 else {
            if rect.height > 0, let account = AppContext.demoAccounts.dropFirst().first {
                write("Demo: \(account)", rect.x, rect.y, .textMuted, width: rect.width)
                if rect.height > 1 { write("password \(password)", rect.x + 6, rect.y + 1, .textMuted) }
            }
            return
        }
        write("Demo accounts, password \(password)", rect.x, rect.y + 1, .textMuted, width: rect.width)
        for (offset, account) in AppContext.demoAccounts.enumerated() {
            write(
                "\(glyphs.bullet) \(account)", rect.x + 2, rect.y + 2 + offset, .text, width: rect.width - 2)
        }
    }

    /// A label and its field; returns the row for the next one.
    private mutating func formRow(
        _ label: String, _ input: TextInput, _ page: Rect, _ y: Int, isFocused: Bool,
        placeholder: String = "",
        isSecret: Bool = false, problem: String? = nil
    ) -> Int {
        write(label, page.x, y, isFocused ? .textStrong : .text, width: 11)
        let place = Rect(x: page.x + 12, y: y, width: page.width - 12, height: 1)
        field(
            input, in: place, isFocused: isFocused && state.overlays.isEmpty, placeholder: placeholder,
            isSecret: isSecret, isWrong: problem != nil)
        if let problem {
            write("\(glyphs.cross) \(problem)", place.x, y + 1, .error, width: place.width)
        }
        return y + 2
    }

    // MARK: - Register

    mutating func register(in body: Rect) {
        let form = state.register
        let width = min(60, body.width - 4)
        let page = body.centered(Size(width: width, height: min(17, body.height)))
        write(
            form.makesAdmin ? "The first account: the shop's admin" : "Make an account", page.x, page.y,
            .textStrong, width: width)
        var y = page.y + (body.height >= 16 ? 2 : 1)
        y = formRow("Name", form.name, page, y, isFocused: form.focus == .name, problem: form.problems[.name])
        y = formRow(
            "E-mail", form.email, page, y, isFocused: form.focus == .email, placeholder: "name@example.com",
            problem: form.problems[.email])
        y = formRow(
            "Password", form.password, page, y, isFocused: form.focus == .password,
            isSecret: !form.isRevealed,
            problem: form.problems[.password])
        y = formRow(
            "Again", form.again, page, y, isFocused: form.focus == .again, isSecret: !form.isRevealed,
            problem: form.problems[.again])
        if form.isBusy {
            write("Making the account\(glyphs.ellipsis)", page.x + 12, y, .info)
            return
        }
        if let error = form.error {
            write("\(glyphs.cross) \(error)", page.x + 12, y, .error, width: width - 12)
            y += 1
        }
        for rule in form.rules where y < body.maxY {
            write(
                rule.isMet ? glyphs.check : glyphs.bullet, page.x + 12, y, rule.isMet ? .success : .textMuted)
            write(rule.rule, page.x + 14, y, rule.isMet ? .text : .textMuted)
            y += 1
        }
        if let strength = form.strength, y < body.maxY {
            write("Strength", page.x, y, .textMuted)
            frame.surface.drawBar(
                value: strength.rawValue + 1, of: 4, in: Rect(x: page.x + 12, y: y, width: 12, height: 1),
                style: style(strength >= .good ? .success : .warning), emptyStyle: style(.border))
            write(strength.word, page.x + 26, y, .text)
        }
    }
}

extension WelcomeState.Choice {
    var title: String {
        switch self {
        case .makeAdmin: "Make the first admin account"
        case .loadDemoData: "Load the demo shop"
        case .connect: "Connect to a server"
        case .lookAround: "Look around first"
        }
    }

    var explanation: String {
        switch self {
        case .makeAdmin: "For a real shop: your own products, your own people."
        case .loadDemoData: "240 products, 90 days of orders and three accounts to try."
        case .connect: "The shop that a server has, on these same screens."
        case .lookAround: "The shop is empty until products are imported or added."
        }
    }
}
