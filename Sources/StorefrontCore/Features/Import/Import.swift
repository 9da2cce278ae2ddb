import StoreDomain

/// A catalogue file: what it would make of the shop, and then what it has made.
public struct ImportState: Feature {
    public enum Stage: Hashable, Codable, Sendable {
        /// The file is being read, and held against the shop.
        case looking
        case shown(ImportPreview)
        /// - Parameter done: how many products are done.
        case importing(ImportPreview, done: Int)
        case done(ImportPreview)
        case failed(StoreError)
    }

    public static let kind = ScreenKind.importing

    public let file: String
    public private(set) var choices = ImportChoices()
    public private(set) var stage = Stage.looking
    private var firstLine = 0

    /// - Parameter file: its path, as it was typed.
    public init(file: String) { self.file = file }

    public var title: String { "Import" }
    public var takesNumbers: Bool { true }
    public var scroll: Int? {
        get { firstLine }
        set { firstLine = newValue ?? 0 }
    }

    public var busyReason: String? {
        if case .importing = stage { "One moment: the import is under way" } else { nil }
    }

    public var canReload: Bool {
        switch stage {
        case .shown, .failed: true
        case .looking, .importing, .done: false
        }
    }

    public func hasError(_ desk: Desk) -> Bool {
        if case .failed = stage { true } else { false }
    }

    public func hints(_ desk: Desk) -> [Hint] {
        switch stage {
        case .shown(let preview):
            (preview.isImportable ? [Hint(.submit, "import")] : [])
                + [Hint(.importUnpublished), Hint(.importStock), Hint(.retry, "look again"), Hint(.back)]
        case .done: [Hint(.submit, "shop"), Hint(.back)]
        case .failed: [Hint(.retry, "look again"), Hint(.back)]
        case .looking, .importing: [Hint(.back)]
        }
    }

    // MARK: - Doing

    public mutating func enter(_ desk: inout Desk) -> [Step] { look() }

    public mutating func reload(_ desk: inout Desk) -> [Step] { look() }

    private mutating func look() -> [Step] {
        stage = .looking
        firstLine = 0
        return [.ask(.importing(.look(file, choices)))]
    }

    public func submitAvailability(_ desk: Desk) -> Availability {
        switch stage {
        case .shown(let preview):
            if !preview.refused.isEmpty {
                .disabled("The file cannot come in as it is; nothing is imported")
            } else if preview.isNothingToDo {
                .disabled("There is nothing to do: the shop has all of it")
            } else {
                .enabled
            }
        case .done: .enabled
        case .looking: .disabled("The file is still being read")
        case .failed, .importing: .absent
        }
    }

    public mutating func submit(_ desk: inout Desk) -> [Step] {
        switch stage {
        case .shown(let preview) where preview.isImportable:
            stage = .importing(preview, done: 0)
            return [.ask(.importing(.carryOut(preview, choices)))]
        case .done: return [.leave(Self.kind), .toShop]
        case .shown, .looking, .importing, .failed: return []
        }
    }

    public mutating func open(count: Int?, _ desk: inout Desk) -> [Step] { submit(&desk) }

    // MARK: - Answers

    public mutating func progressed(done: Int, of total: Int) {
        guard case .importing(let preview, let before) = stage, done >= before else { return }
        stage = .importing(preview, done: done)
    }

    public mutating func receive(_ reply: Reply, _ desk: inout Desk) -> [Step] {
        guard case .importing(let action) = reply else { return [] }
        switch action {
        case .looked(.success(let preview)): stage = .shown(preview)
        case .carriedOut(.success(.done(let preview))):
            stage = .done(preview)
            firstLine = 0
            desk.isFresh = false
            desk.say(.success, "Imported: \(preview.changeText)")
            return [.tell(.stockChanged)]
        case .carriedOut(.success(.changed(let preview))):
            stage = .shown(preview)
            firstLine = 0
            desk.say(.warning, "The file or the shop has changed since; this is how it is now")
        case .looked(.failure(let error)), .carriedOut(.failure(let error)): stage = .failed(error)
        }
        return []
    }

    // MARK: - Commands

    public static let commands: [CommandSpec] = [
        CommandSpec(
            .importUnpublished, "Unpublished",
            "Also take drafts and what its shop does not show, or leave it out",
            on: ImportState.self, keys: ["u"], available: { state, _ in state.choosing }
        ) { state, _, _ in
            state.choices.includesUnpublished.toggle()
            return state.look()
        },
        CommandSpec(
            .importStock, "Stock",
            "The stock of new products whose stock the file does not say: the number typed before; without one they sell uncounted",
            on: ImportState.self, keys: ["s"], available: { state, _ in state.choosing }
        ) { state, _, count in
            state.choices.untrackedStock = count
            return state.look()
        },
    ]

    private var choosing: Availability {
        if case .shown = stage { .enabled } else { .absent }
    }

    /// Asks for the file, from anywhere.
    static let command = CommandSpec(
        .importProducts, "Import products",
        "Take products from a file: Shopify, WooCommerce, Square, Etsy, CSV",
        spoken: Spoken(["import"], argument: .text), permission: .manageProducts, traits: [.ofHost],
        available: { feature, desk in
            if desk.context.isThrowAway { return .disabled("This is a throw-away shop: nothing is kept") }
            if desk.context.isReadOnly { return .disabled("The store is read-only: nothing can come in") }
            return feature.guardsLeaving ? .disabled("Leave this screen first") : .enabled
        }
    ) { _, _, _ in [.open(.prompt(Prompt(.catalogFile, limit: 4_000)))] }
}

extension Command {
    public static let importProducts = Command("importProducts")
    public static let importUnpublished = Command("importUnpublished")
    public static let importStock = Command("importStock")
}
