import StoreDomain
import StorefrontCore
import TerminalKit

extension Painter<SignInState> {
    mutating func draw(in body: Rect) {
        let showsDemo = desk.context.isDemo
        let isTight = body.height < 17
        let width = min(56, body.width - 4)
        let commands = [Command.submit, .register, .browseAsGuest] + keyCommands
        let height =
            isTight ? body.height : (showsDemo ? 11 + DemoAccount.allCases.count : 8) + commands.count
        let page = body.centered(Size(width: width, height: height))
        write("Sign in to \(desk.context.policy.shopName)", page.x, page.y, .textStrong, width: width)
        var y = page.y + (isTight ? 1 : 2)
        for (index, field) in state.form.fields.enumerated() {
            let next = formRow(
                field, page, y, label: state.form.labelWidth, isFocused: index == state.form.focus,
                isRevealed: state.form.isRevealed)
            y = isTight ? y + 1 : next
        }
        let message = Rect(x: page.x + 12, y: y, width: width - 12, height: 2)
        if state.isBusy {
            write("Checking\(glyphs.ellipsis)", message.x, y, .info)
        } else if let problem = state.problem {
            paragraph("\(glyphs.cross) \(problem)", in: message, .error)
        }
        y += 2
        for command in commands where y < body.maxY {
            let label = command == .submit ? "Sign in" : command.title
            write(TextWidth.pad(keyName(command), to: 6), page.x + 12, y, .keyOnPage)
            write(label, page.x + 19, y, .text)
            target(Rect(x: page.x + 12, y: y, width: 26, height: 1), .command(command))
            y += 1
        }
        if showsDemo { demoAccounts(in: Rect(x: page.x, y: y, width: width, height: max(0, body.maxY - y))) }
    }

    /// What a visitor who has come with a key can do beside.
    private var keyCommands: [Command] {
        desk.context.visitor?.key == nil || state.renews != nil ? [] : [.useKey, .enterCode]
    }

    /// The accounts of a demo store: a list, or in a small window the one that shows the most.
    private mutating func demoAccounts(in rect: Rect) {
        let password = AppContext.demoPassword
        guard rect.height >= AppContext.demoAccounts.count + 2 else {
            if rect.height > 0 {
                let account = DemoAccount.staff
                let key = keyName(account.command)
                write("Demo: \(key) \(account.email)", rect.x, rect.y, .textMuted, width: rect.width)
                target(Rect(x: rect.x, y: rect.y, width: rect.width, height: 1), .command(account.command))
                if rect.height > 1 { write("password \(password)", rect.x + 6, rect.y + 1, .textMuted) }
            }
            return
        }
        write("Demo accounts, password \(password)", rect.x, rect.y + 1, .textMuted, width: rect.width)
        for (offset, account) in DemoAccount.allCases.enumerated() {
            let row = Rect(x: rect.x + 2, y: rect.y + 2 + offset, width: rect.width - 2, height: 1)
            write(TextWidth.pad(keyName(account.command), to: 6), row.x, row.y, .keyOnPage)
            let email = write(account.email, row.x + 7, row.y, .text, width: row.width - 7)
            if let pin = account.pin {
                write("PIN \(pin)", row.x + 9 + max(20, email), row.y, .textMuted, width: 10)
            }
            target(row, .command(account.command))
        }
    }
}
