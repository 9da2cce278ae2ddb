import StoreDomain

extension StockState {
    public static let commands: [CommandSpec] = [
        CommandSpec(
            .openStock, "Stock", "Receive, count and correct stock, and see what runs low",
            spoken: Spoken(["stock"]), permission: .adjustStock, traits: [.goesAhead],
            available: { feature, _ in feature is StockState ? .absent : .enabled }
        ) { feature, desk, _ in
            ProgramCommands.leave(&feature, &desk) { _ in [.to(.stock(StockState()))] }
        },
        beginning(.receiveStock, "Receive", "Book a delivery by scanning what came", "i", .receiving),
        beginning(
            .countStock, "Count", "Count by scanning, with what the books say in sight", "c",
            .count(isBlind: false)),
        beginning(
            .countBlind, "Count blind", "Count by scanning; the books are shown when it is done", "C",
            .count(isBlind: true)),
        CommandSpec(
            .takeOutStock, "Take out", "Take the selected line off the sheet", on: StockState.self,
            keys: ["d", "Del"], spoken: Spoken(argument: .row),
            available: { state, _ in
                guard case .sheet(let sheet) = state.stage else { return .absent }
                return sheet.selected == nil ? .disabled("There is no line") : .enabled
            }
        ) { state, _, _ in
            guard case .sheet(var sheet) = state.stage else { return [] }
            sheet.takeOut()
            state.stage = .sheet(sheet)
            return []
        },
        CommandSpec(
            .costStock, "Cost", "What one piece of the selected line of a delivery cost", on: StockState.self,
            keys: ["u"], spoken: Spoken(argument: .row), permission: .adjustStock,
            available: { state, _ in
                guard case .sheet(let sheet) = state.stage, sheet.kind == .receiving else { return .absent }
                return sheet.selected == nil ? .disabled("There is no line") : .enabled
            }
        ) { state, _, _ in
            guard case .sheet(let sheet) = state.stage, let line = sheet.selected else { return [] }
            var form = Form([
                Form.Field(
                    StockState.cost, label: "Cost of one", placeholder: "such as 4.30, or nothing", limit: 20,
                    content: .amount)
            ])
            form.set(StockState.cost, line.shownCost?.decimalText ?? "")
            form.select(StockState.cost)
            state.stage = .costing(sheet, form)
            return []
        },
        CommandSpec(
            .holdAgainstList, "Supplier's list",
            "Hold the delivery against a supplier's list, a CSV file with SKU or barcode, quantity and cost",
            on: StockState.self, keys: ["f"], spoken: Spoken(["against"], argument: .text),
            permission: .adjustStock, traits: [.ofHost],
            available: { state, _ in
                switch state.stage {
                case .sheet(let sheet) where sheet.kind == .receiving: .enabled
                case .refused: .enabled
                case .low, .sheet, .costing, .naming, .review, .explained, .adjusting: .absent
                }
            }
        ) { state, _, _ in
            var form = Form([
                Form.Field(
                    StockState.file, label: "File", placeholder: "such as /home/me/delivery.csv",
                    limit: 4_000,
                    content: .address)
            ])
            switch state.stage {
            case .sheet(let sheet): state.stage = .naming(sheet, form)
            case .refused(let sheet, let file, _):
                form.set(StockState.file, file)
                form.select(StockState.file)
                state.stage = .naming(sheet, form)
            case .low, .costing, .naming, .review, .explained, .adjusting: break
            }
            return []
        },
        CommandSpec(
            .bookStock, "Book", "See what would be booked, and book it", on: StockState.self, keys: ["b"],
            permission: .adjustStock,
            available: { state, desk in
                guard case .sheet(let sheet) = state.stage else { return .absent }
                return sheet.lines.isEmpty ? .disabled("Scan a product first") : desk.writing
            }
        ) { state, _, _ in
            guard case .sheet(let sheet) = state.stage else { return [] }
            var form = Form([Form.Field(StockState.reason, label: "Reason", limit: 200)])
            form.set(StockState.reason, sheet.kind == .receiving ? "Delivered" : "Counted")
            form.select(StockState.reason)
            state.stage = .review(sheet, form)
            return []
        },
        adjusting(
            .correctStock, .correction, "Correct", "More or fewer than the books say, with a reason", "a"),
        adjusting(.loseStock, .loss, "Loss", "Broken, stolen or spoiled, with a reason", "x"),
    ]

    private static func beginning(
        _ command: Command, _ title: String, _ help: String, _ key: String, _ kind: StockSheet.Kind
    ) -> CommandSpec {
        CommandSpec(
            command, title, help, on: StockState.self, keys: [key], permission: .adjustStock,
            available: { state, desk in
                if case .low = state.stage { desk.writing } else { .absent }
            }
        ) { state, _, _ in
            state.stage = .sheet(StockSheet(kind))
            return []
        }
    }

    private static func adjusting(
        _ command: Command, _ kind: StockMovementKind, _ title: String, _ help: String, _ key: String
    ) -> CommandSpec {
        CommandSpec(
            command, title, help, on: StockState.self, keys: [key], permission: .adjustStock,
            available: { state, desk in
                guard case .explained(let explanation) = state.stage else { return .absent }
                return explanation.product.stock.isTracked
                    ? desk.writing : .disabled("It sells without counting")
            }
        ) { state, _, _ in
            guard case .explained(let explanation) = state.stage else { return [] }
            state.stage = .adjusting(
                explanation, kind,
                Form([
                    Form.Field(
                        StockState.pieces, label: kind == .loss ? "Lost" : "Pieces",
                        placeholder: kind == .loss ? "how many" : "such as 3 or -3", limit: 12,
                        content: .amount),
                    Form.Field(StockState.reason, label: "Reason", placeholder: "what happened", limit: 200),
                ]))
            return []
        }
    }
}

extension Command {
    public static let openStock = Command("openStock")
    public static let receiveStock = Command("receiveStock")
    public static let countStock = Command("countStock")
    public static let countBlind = Command("countBlind")
    public static let takeOutStock = Command("takeOutStock")
    public static let costStock = Command("costStock")
    public static let holdAgainstList = Command("holdAgainstList")
    public static let bookStock = Command("bookStock")
    public static let correctStock = Command("correctStock")
    public static let loseStock = Command("loseStock")
}
