import StoreDomain
import StorefrontCore

extension Teller<Overlay> {
    var front: PlainSheet {
        switch state {
        case .picker(let picker): sheet(picker)
        case .prompt(let prompt): PlainSheet(title: question(prompt))
        case .explain:
            PlainSheet(
                title: "How each figure came about.",
                lines: (desk.basket.quote?.steps ?? []).map { step in
                    let amount = step.amount.map { " \($0.displayText)" } ?? ""
                    return PlainLine("\(step.title)\(amount): \(step.derivation(in: zone)).")
                })
        case .reckoning(let reckoning, _):
            PlainSheet(
                title: "\(reckoning.title).",
                lines: reckoning.rows.map { PlainLine("\($0.title) \($0.figure): \($0.how).") })
        case .confirm(let confirm):
            PlainSheet(title: "\(confirm.text.asSentence) y: \(confirm.yes). n: \(confirm.no).")
        case .about: about
        case .help: PlainSheet(title: "Help.")
        case .pointing(let pointing): PlainSheet(title: "What must hold: \(pointing.sentence)")
        }
    }

    private func question(_ prompt: Prompt) -> String {
        switch prompt.purpose {
        case .discount:
            prompt.problem.map {
                "Error: \($0.asSentence) Type another code, or an empty line to leave it as it was."
            } ?? "Discount code, such as SAVE10. An empty line leaves it as it is, a hyphen takes it away."
        case .findLine: "Find a line by words of its name. An empty line leaves the cart as it is."
        case .findOrder:
            "Find an order by its number or by words. An empty line leaves the list as it is."
        case .server:
            prompt.problem.map {
                "Error: \($0.asSentence) Type another address, or an empty line to go back."
            } ?? "The address of a server, such as https://shop.example.com. An empty line goes back."
        case .catalogFile: "The path of a file with products. An empty line goes back."
        case .priceReason(_, let price):
            "Why \(price.displayText)? A line changes the reason, an empty line leaves the price as it is."
        case .customer:
            "The customer\u{2019}s name, a part of the e-mail, or the number. An empty line leaves it as it is."
        case .newCustomer: "The new customer\u{2019}s name and then the e-mail. An empty line goes back."
        case .findSale:
            "The number of a receipt or an order, a product\u{2019}s code, or a customer. An empty line goes back."
        case .returnReason: "Why the goods come back. An empty line goes back."
        case .noSaleReason: "Why the drawer is opened without a sale. An empty line goes back."
        case .returnProduct: "The code of what comes back. An empty line goes back."
        case .returnName: "The name of who brings it. An empty line goes back."
        case .reportDays:
            told(
                prompt,
                "The first and the last day, such as 2026-11-01 2026-11-30; a month, a year. An empty line goes back."
            )
        case .findProducts: "Words of a product, its SKU or barcode. An empty line shows all."
        case .findGiftCard:
            "A gift card\u{2019}s code, its last characters, or how a name begins. An empty line shows all."
        case .approvalCode: "The approval code that the card terminal printed. An empty line goes back."
        case .macroName:
            told(prompt, "What the macro is called. :back asks later, a hyphen throws the recording away.")
        case .macroKey(let name):
            "The key that plays \(name) on the screen, such as F6. A hyphen leaves it without one."
        case .visitorCode: "The code that your account shows elsewhere. An empty line goes back."
        case .pin: told(prompt, "Who is at the till? The sale stays. An empty line goes back.")
        case .unlock:
            told(prompt, "Locked. A PIN, or the password of \(desk.user?.name ?? "whoever is signed in").")
        case .approverPIN(let held): told(prompt, "\(held.approval.howToGoOn) An empty line does without.")
        case .newPIN: told(prompt, "A PIN of your own, 4 to 8 digits. An empty line goes back.")
        case .pinPassword: told(prompt, "Your password, to set the PIN. An empty line goes back.")
        case .pinOwner: "The e-mail of the account that gets a PIN. An empty line goes back."
        case .pinFor(let email): told(prompt, "The PIN of \(email), 4 to 8 digits. An empty line goes back.")
        case .badgeOwner: "The e-mail of the account that gets a badge. An empty line goes back."
        case .badgeFor(let email): told(prompt, "Scan the badge of \(email). An empty line goes back.")
        case .invoice:
            told(
                prompt,
                "Whom the invoice is for: a name; an address, with commas; a tax number. An empty line goes back."
            )
        case .office(let entry):
            told(prompt, "\(entry.words.title.asSentence) \(entry.words.note) An empty line goes back.")
        case .customers(let entry):
            told(prompt, "\(entry.words.title.asSentence) Type a \(entry.words.example). \(entry.words.note)")
        case .check:
            "What must hold here, such as see \"Total\" \"$27.45\" or screen cart. An empty line goes back."
        case .mailReceipt:
            prompt.problem.map {
                "Error: \($0.asSentence) Type another address, or an empty line to mail nothing."
            } ?? "The e-mail address that the receipt goes to. An empty line mails nothing."
        }
    }

    private func told(_ prompt: Prompt, _ asked: String) -> String {
        let question = prompt.badgeNote.map { "\($0) \(asked)" } ?? asked
        return prompt.problem.map { "Error: \($0.asSentence) \(question)" } ?? question
    }

    /// nil for a text that is read and done with.
    var prompt: PlainPrompt? {
        switch state {
        case .picker(let picker): .choice(picker.title, current: picker.chosen?.label)
        case .prompt(let prompt):
            switch prompt.purpose {
            case .discount:
                .field("Discount code", value: desk.basket.cart.discountCode ?? "", isSecret: false)
            case .returnProduct: .field("Code", value: prompt.input.text, isSecret: false)
            case .returnName: .field("Name", value: prompt.input.text, isSecret: false)
            case .findLine, .findOrder, .findSale, .findGiftCard, .findProducts:
                .field("Find", value: prompt.input.text, isSecret: false)
            case .reportDays: .field("Days", value: prompt.input.text, isSecret: false)
            case .returnReason, .noSaleReason: .field("Reason", value: prompt.input.text, isSecret: false)
            case .approvalCode: .field("Approval code", value: prompt.input.text, isSecret: false)
            case .server: .field("Address", value: "", isSecret: false)
            case .catalogFile: .field("File", value: prompt.input.text, isSecret: false)
            case .priceReason: .field("Reason", value: prompt.input.text, isSecret: false)
            case .customer: .field("Customer", value: prompt.input.text, isSecret: false)
            case .newCustomer: .field("Name and e-mail", value: prompt.input.text, isSecret: false)
            case .mailReceipt: .field("E-mail", value: prompt.input.text, isSecret: false)
            case .macroName: .field("Name", value: prompt.input.text, isSecret: false)
            case .macroKey: .field("Key", value: prompt.input.text, isSecret: false)
            case .visitorCode: .field("Code", value: "", isSecret: false)
            case .pin, .approverPIN, .newPIN, .pinFor: .field("PIN", value: "", isSecret: true)
            case .unlock: .field("PIN or password", value: "", isSecret: true)
            case .pinPassword: .field("Password", value: "", isSecret: true)
            case .pinOwner, .badgeOwner: .field("E-mail", value: "", isSecret: false)
            case .badgeFor: .field("Badge", value: prompt.input.text, isSecret: false)
            case .invoice: .field("Invoice for", value: prompt.input.text, isSecret: false)
            case .office(let entry):
                .field(
                    entry.words.title, value: entry.isSecret ? "" : prompt.input.text,
                    isSecret: entry.isSecret)
            case .customers(let entry):
                .field(entry.words.title, value: prompt.input.text, isSecret: false)
            case .check: .field("Check", value: prompt.input.text, isSecret: false)
            }
        case .confirm(let confirm): .yesNo(confirm.title)
        case .help, .explain, .reckoning, .about, .pointing: nil
        }
    }

    private func sheet(_ picker: Picker) -> PlainSheet {
        PlainSheet(
            title:
                "\(picker.title.asLabel) \(picker.title.hasSuffix("?") ? "Type" : "type") a number or a name; an empty line leaves it as it is.",
            lines: picker.items.enumerated().map { offset, item in
                PlainLine(
                    item.detail.isEmpty ? item.label : "\(item.label), \(item.detail)", number: offset + 1)
            })
    }

    private var about: PlainSheet {
        PlainSheet(
            title: "About.", lines: desk.about.map { PlainLine("\($0.name) \($0.text)".asSentence) })
    }
}
