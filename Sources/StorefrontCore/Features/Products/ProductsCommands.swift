import StoreDomain

extension ProductsState {
    public static let commands: [CommandSpec] = [
        CommandSpec(
            .openProducts, "Products", "Add and change products, and their prices",
            spoken: Spoken(["products"]),
            permission: .manageProducts, traits: [.goesAhead],
            available: { feature, _ in feature is ProductsState ? .absent : .enabled }
        ) { feature, desk, _ in
            ProgramCommands.leave(&feature, &desk) { _ in [.to(.products(ProductsState()))] }
        },
        CommandSpec(
            .newProduct, "New", "Add a product", on: ProductsState.self, keys: ["n"],
            permission: .manageProducts, available: { state, desk in state.whileListing(desk) }
        ) { state, _, _ in
            state.stage = .editing(ProductForm(nil))
            return []
        },
        CommandSpec(
            .duplicateProduct, "Duplicate", "Add a product like the selected one", on: ProductsState.self,
            keys: ["D"], spoken: Spoken(argument: .row), permission: .manageProducts,
            available: { state, desk in state.whileSelecting(desk) }
        ) { state, _, _ in
            if let product = state.selected { state.stage = .editing(ProductForm(nil, like: product)) }
            return []
        },
        CommandSpec(
            .archiveProduct, "Archive", "Take the selected product off sale, or put it back",
            on: ProductsState.self, keys: ["a"],
            spoken: Spoken(argument: .row) { feature, _ in
                (feature as? ProductsState)?.showsArchived == true ? ["restore"] : ["archive"]
            }, permission: .manageProducts,
            available: { state, desk in state.whileSelecting(desk) }
        ) { state, _, _ in
            guard let product = state.selected else { return [] }
            return [
                .ask(
                    .products(
                        .save(
                            product.id, ProductPatch(isArchived: !product.isArchived), seen: product.version))
                )
            ]
        },
        CommandSpec(
            .findProducts, "Find", "Find products by words, SKU or barcode", on: ProductsState.self,
            keys: ["/"], spoken: Spoken(argument: .text),
            available: { state, _ in state.isListing ? .enabled : .absent }
        ) { _, _, _ in [.open(.prompt(Prompt(.findProducts, limit: 200)))] },
        CommandSpec(
            .showArchived, "Archived", "See what is no longer sold, or what is", on: ProductsState.self,
            keys: ["A"], spoken: Spoken(["archived", "on sale"]), permission: .manageProducts,
            available: { state, _ in state.isListing ? .enabled : .absent }
        ) { state, _, _ in state.toggleArchived() },
        CommandSpec(
            .priceHistory, "Price history", "How the price of the selected product came about",
            on: ProductsState.self, keys: ["h"], spoken: Spoken(["history"], argument: .row),
            permission: .manageProducts,
            available: { state, _ in
                !state.isListing
                    ? .absent : state.selected == nil ? .disabled("No product is selected") : .enabled
            }
        ) { state, _, _ in state.selected.map { [.ask(.products(.history($0)))] } ?? [] },
        CommandSpec(
            .changePrices, "Change prices", "Change the prices of all that the list finds, with a preview",
            on: ProductsState.self, keys: ["p"], spoken: Spoken(["prices"]), permission: .manageProducts,
            available: { state, desk in
                state.showsArchived ? .absent : state.whileSelecting(desk)
            }
        ) { state, _, _ in
            state.stage = .pricing(
                .asking(.found(text: state.sought, category: nil), PriceChanging.form()))
            return []
        },
        CommandSpec(
            .printLabels, "Label",
            "Print a label of the selected product, or write it to a file; a number before it makes as many",
            on: ProductsState.self, keys: ["L"], spoken: Spoken(["label"], argument: .row), traits: [.ofHost],
            available: { state, desk in
                guard state.isListing else { return .absent }
                guard state.selected != nil else { return .disabled("No product is selected") }
                return desk.context.hasPrinter ? .enabled : desk.keepingFiles
            }
        ) { state, desk, count in
            guard let product = state.selected else { return [] }
            let copies = count ?? 1
            guard ProductsRequest.copies.contains(copies) else {
                desk.say(.failure, "The number before it must be 1 to 500 labels")
                return []
            }
            return [
                .ask(
                    .products(
                        .label(
                            product, copies: copies, desk.context.receiptWidth,
                            prints: desk.context.hasPrinter)))
            ]
        },
        CommandSpec(
            .priceBatches, "Price batches", "See prices that were changed together, and take them back",
            on: ProductsState.self, keys: ["B"], spoken: Spoken(["batches"]), permission: .manageProducts,
            available: { state, _ in state.isListing ? .enabled : .absent }
        ) { _, _, _ in [.ask(.products(.batches))] },
        CommandSpec(
            .saveProduct, "Save", "Save the product", on: ProductsState.self, keys: ["Ctrl-S"],
            permission: .manageProducts, traits: [.inForms],
            available: { state, desk in
                switch state.stage {
                case .editing, .conflict: desk.writing
                case .list, .history, .pricing: .absent
                }
            }
        ) { state, desk, _ in state.save(&desk) },
        CommandSpec(
            .redoEdit, "Redo", "Make the change again that was taken back", on: ProductsState.self,
            keys: ["Alt-r"], traits: [.inForms],
            available: { state, _ in
                state.form.map { $0.canRedo ? .enabled : .disabled("Nothing was taken back") } ?? .absent
            }
        ) { state, _, _ in
            state.change { $0.redo() }
            return []
        },
    ]

    fileprivate var isListing: Bool { if case .list = stage { true } else { false } }

    fileprivate func whileListing(_ desk: Desk) -> Availability { isListing ? desk.writing : .absent }

    fileprivate func whileSelecting(_ desk: Desk) -> Availability {
        isListing && selected == nil ? .disabled("No product is selected") : whileListing(desk)
    }
}

extension Command {
    public static let openProducts = Command("openProducts")
    public static let newProduct = Command("newProduct")
    public static let duplicateProduct = Command("duplicateProduct")
    public static let archiveProduct = Command("archiveProduct")
    public static let findProducts = Command("findProducts")
    public static let showArchived = Command("showArchived")
    public static let priceHistory = Command("priceHistory")
    public static let changePrices = Command("changePrices")
    public static let priceBatches = Command("priceBatches")
    public static let printLabels = Command("printLabels")
    public static let saveProduct = Command("saveProduct")
    public static let redoEdit = Command("redoEdit")
}
