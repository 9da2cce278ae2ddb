import StoreDomain

extension CountingState {
    public static let commands: [CommandSpec] = [
        CommandSpec(
            .openCounts, "To be counted",
            "Count products of which more was sold than the books had, and others, and book the differences",
            spoken: Spoken(["counts"]), permission: .adjustStock, traits: [.goesAhead],
            available: { feature, desk in
                if feature is CountingState || !desk.context.hasTill { return .absent }
                return desk.context.isReadOnly ? Desk.readOnly : .enabled
            }
        ) { feature, desk, _ in
            ProgramCommands.leave(&feature, &desk) { _ in [.to(.counting(CountingState()))] }
        },
        CommandSpec(
            .countRow, "Count", "Type a number, then Enter: so many of the product are there",
            on: CountingState.self,
            spoken: Spoken(
                ["count"], argument: .rowAndCount(least: 0),
                help: "So many are there: count 2 5 counts five of number 2; a code counts one"),
            traits: [.byKeyOnly, .unbindable], available: { state, desk in state.openAvailability(desk) }
        ) { state, desk, count in state.open(count: count, &desk) },
        CommandSpec(
            .countMore, "One more", "One more of the product is there; a number before it, that many",
            on: CountingState.self, keys: ["+", "Space"], spoken: .never,
            available: { state, desk in state.openAvailability(desk) }
        ) { state, desk, count in
            state.selected.map { state.change(.add(count ?? 1), of: $0.product, &desk) } ?? []
        },
        CommandSpec(
            .countLess, "One less", "One less of the product is there; a number before it, that many",
            on: CountingState.self, keys: ["-"], spoken: .never, available: whileCounted
        ) { state, desk, count in
            state.selected.map { state.change(.add(-(count ?? 1)), of: $0.product, &desk) } ?? []
        },
        CommandSpec(
            .forgetCount, "Forget", "Forget what was counted of the product", on: CountingState.self,
            keys: ["d", "Del"], spoken: Spoken(["forget"], argument: .row), available: whileCounted
        ) { state, desk, _ in
            state.forget(&desk)
            return []
        },
        CommandSpec(
            .bookCounts, "Book", "Show how what is counted differs from the books, and book it",
            on: CountingState.self, keys: ["b"],
            available: { state, _ in
                state.counts.isEmpty ? .disabled("Nothing is counted yet") : .enabled
            }
        ) { state, _, _ in state.askToBook() },
    ]

    private static let whileCounted: @Sendable (CountingState, Desk) -> Availability = { state, _ in
        state.selected?.count == nil ? .disabled("Nothing of this is counted yet") : .enabled
    }
}

extension Command {
    public static let openCounts = Command("openCounts")
    public static let countRow = Command("countRow")
    public static let countMore = Command("countMore")
    public static let countLess = Command("countLess")
    public static let forgetCount = Command("forgetCount")
    public static let bookCounts = Command("bookCounts")
}
