import StoreDomain
import StorefrontCore

extension Teller<ProductsState> {
    var place: PlainPlace {
        switch state.stage {
        case .list: PlainPlace(list)
        case .editing(let form): PlainPlace(sheet(form), prompt: .field(form.form.focused))
        case .conflict(let conflict): PlainPlace(sheet(conflict))
        case .history(let product, let changes): PlainPlace(sheet(product, changes))
        case .pricing(.asking(let goods, let form)):
            PlainPlace(
                PlainSheet(
                    title: "New prices for \(goods.words).", lines: problems(form),
                    hint: "A percentage such as 5% or -10%, or an amount such as -0.50; then the ending."),
                prompt: .field(form.focused))
        case .pricing(.preview(let draft, let plan, _)): PlainPlace(sheet(draft, plan))
        case .pricing(.batches(let batches, _)): PlainPlace(sheet(batches))
        }
    }

    private var list: PlainSheet {
        guard let page = state.page else {
            guard let error = state.error else { return PlainSheet(title: "Products. Loading.") }
            return PlainSheet(
                title: "Products. They could not be loaded.",
                lines: [PlainLine("\(error.message.asSentence) Type reload to try again.", isProblem: true)])
        }
        let heading = ProductsWords.heading(state)
        guard !page.products.isEmpty else { return PlainSheet(title: "\(heading). There are none.") }
        return PlainSheet(
            title: "\(heading).",
            lines: page.products.enumerated().map { PlainLine(row($0.element), number: $0.offset + 1) },
            hint: "Type a number to edit that product, new to add one, find and words for others.")
    }

    private func row(_ product: Product) -> String {
        [
            product.name, product.sku, product.category, product.price.displayText,
            product.stock.count.map { "\($0.grouped) in stock" } ?? "not counted",
        ].compactMap(\.self).joined(separator: ", ")
    }

    private func problems(_ form: Form) -> [PlainLine] {
        form.fields.compactMap { field in
            field.problem.map { PlainLine("Error: \(field.label) \($0.asSentence)", isProblem: true) }
        }
    }

    private func sheet(_ form: ProductForm) -> PlainSheet {
        var lines = form.form.fields.map { field in
            PlainLine("\(field.label): \(field.input.isEmpty ? "nothing" : field.input.text)")
        }
        if let cost = form.cost { lines.append(PlainLine(ProductsWords.cost(cost))) }
        lines += problems(form.form)
        if let error = form.error { lines.append(PlainLine("Error: \(error.asSentence)", isProblem: true)) }
        return PlainSheet(
            title: "\(ProductsWords.title(of: form)).", lines: lines,
            hint:
                "Each line answers the question before it; an empty one keeps what is there. A colon makes it "
                + "a command: :save saves, :back leaves.")
    }

    private func sheet(_ conflict: ProductConflict) -> PlainSheet {
        PlainSheet(
            title: "Somebody has changed \(conflict.now.name) meanwhile.",
            lines: conflict.rows.enumerated().map { index, row in
                let mine = row.isContested ? "yours \(row.mine)" : "you left it"
                return PlainLine(
                    "\(row.field.label): was \(row.before), theirs \(row.theirs), \(mine). "
                        + "\(row.takesTheirs ? "Theirs" : "Yours") is saved.", number: index + 1)
            }, hint: "Type a number to take the other one, save to save, back to leave.")
    }

    private func sheet(_ product: Product, _ changes: [PriceChange]) -> PlainSheet {
        PlainSheet(
            title: "Prices of \(product.name). Now \(product.price.displayText).",
            lines: changes.isEmpty
                ? [PlainLine("It has had no other price.")]
                : changes.map { PlainLine("\(ProductsWords.change($0, zone)).") },
            hint: "Type back for the products.")
    }

    private func sheet(_ draft: PriceBatchDraft, _ plan: PricePlan) -> PlainSheet {
        PlainSheet(
            title: "\(ProductsWords.preview(draft, plan, zone)).",
            lines: plan.lines.map {
                PlainLine("\($0.name): \($0.old.displayText), new \($0.new.displayText).")
            },
            hint: "Type open to change the prices, back to leave them.")
    }

    private func sheet(_ batches: [PriceBatch]) -> PlainSheet {
        guard !batches.isEmpty else { return PlainSheet(title: "Price batches. There are none.") }
        return PlainSheet(
            title: "Price batches: \(batches.count.grouped).",
            lines: batches.enumerated().map { index, batch in
                PlainLine(
                    "\(timeText(batch.at)), \(batch.title), \(batch.count.counted("price")), "
                        + batch.standing(in: zone),
                    number: index + 1)
            }, hint: "Type a number to take that one back.")
    }
}
