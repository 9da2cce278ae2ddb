import StoreDomain

/// The forms of a shift: what is typed about cash, and how it is read.
enum DrawerForms {
    static let amount = "amount"
    static let reason = "reason"
    static let nextFloat = "next_float"

    /// What is in the drawer at the start.
    static func float(_ suggested: Money?) -> Form {
        var form = Form([
            Form.Field(amount, label: "Float", placeholder: "such as 200.00", limit: 20, content: .amount)
        ])
        if let suggested { form.set(amount, suggested.decimalText) }
        form.select(amount)
        return form
    }

    /// Cash that enters or leaves without a sale.
    static func movement() -> Form {
        Form([
            Form.Field(amount, label: "Amount", placeholder: "such as 20.00", limit: 20, content: .amount),
            Form.Field(reason, label: "Reason", placeholder: "what it is for", limit: 200),
        ])
    }

    /// A field for each coin and note, the largest first; each holds 0 until something else is typed.
    ///
    /// - Parameter kept: what an earlier form of the same shift held.
    static func count(_ currency: Currency, kept: [String]?) -> Form {
        var form = Form(
            currency.denominations.map { denomination in
                let value = Money(minorUnits: denomination, currency: currency)
                return Form.Field(
                    String(denomination), label: value.displayText, limit: 5, content: .amount)
            })
        let texts = kept ?? form.fields.map { _ in "0" }
        for (field, text) in zip(form.fields, texts) { form.set(field.name, text) }
        form.select(form.focused.name)
        return form
    }

    /// What stays in the drawer, and why it is off where it is.
    static func closing(_ shift: Shift) -> Form {
        var form = Form([
            Form.Field(nextFloat, label: "Next float", limit: 20, content: .amount),
            Form.Field(
                reason, label: "Reason", placeholder: "only where the count is off", limit: 200),
        ])
        let counted = shift.counts.last?.drawer.total ?? shift.float
        form.set(nextFloat, min(shift.float, counted).decimalText)
        form.select(nextFloat)
        return form
    }

    // MARK: - Reading

    /// The amount in a field; says in the form what is wrong with it.
    static func readAmount(_ field: String, of form: inout Form, _ currency: Currency) -> Money? {
        do {
            let money = try Money(typed: form.text(field), currency: currency)
            guard !money.isNegative else {
                form.show([field: "must be 0.00 or more"])
                return nil
            }
            form.show([:])
            return money
        } catch {
            form.show([field: error.message])
            return nil
        }
    }

    /// The count that the fields hold; says in the form what is wrong with it. An empty field is none.
    static func readCount(_ form: inout Form, _ currency: Currency) -> DrawerCount? {
        var pieces: [DrawerCount.Pieces] = []
        var problems: [String: String] = [:]
        for field in form.fields {
            guard let denomination = Int64(field.name) else { continue }
            let text = field.input.text.trimmedText
            guard let count = text.isEmpty ? 0 : Int(text), (0...DrawerCount.maximumPieces).contains(count)
            else {
                problems[field.name] = "must be a whole number"
                continue
            }
            pieces.append(DrawerCount.Pieces(denomination: denomination, count: count))
        }
        form.show(problems)
        return problems.isEmpty ? try? DrawerCount(pieces, currency: currency) : nil
    }
}

extension Form {
    /// What the fields of a count come to so far; what is no number counts nothing.
    public func countedSoFar(_ currency: Currency) -> Money {
        let minor = fields.reduce(Int64(0)) { sum, field in
            guard let denomination = Int64(field.name), let count = Int(field.input.text.trimmedText),
                (0...DrawerCount.maximumPieces).contains(count)
            else { return sum }
            return sum + denomination * Int64(count)
        }
        return Money(minorUnits: minor, currency: currency)
    }
}

/// A count that was begun and left: it is there again when its shift is counted next.
public struct DrawerDraft: Hashable, Codable, Sendable {
    let shiftID: Int64
    let texts: [String]
}
