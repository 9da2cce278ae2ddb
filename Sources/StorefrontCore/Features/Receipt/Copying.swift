import StoreDomain

/// What a copy command puts on the terminal's clipboard.
public enum Copied: Hashable, Codable, Sendable {
    case sku(String)
    case orderNumber(Int64)
    case receipt(Order, ReceiptStyle)

    /// What was copied, in words.
    var name: String {
        switch self {
        case .sku(let sku): "SKU \(sku)"
        case .orderNumber(let number): "Order number \(number)"
        case .receipt(let order, _): "The receipt of order \(order.id)"
        }
    }
}

extension Outside {
    /// What goes to the clipboard.
    public func text(of copied: Copied) -> String {
        switch copied {
        case .sku(let sku): sku
        case .orderNumber(let number): String(number)
        case .receipt(let order, let style): receiptText(order, style, .original)
        }
    }
}

extension Command {
    public static let copy = Command("copy")
}

enum Copying {
    /// There is a terminal to copy to only full screen.
    static let command = CommandSpec(
        .copy, "Copy", "Copy the SKU, the order number or the receipt to the clipboard",
        in: .screens([.shop, .product, .orders, .order, .receipt]), keys: ["y"], spoken: .never,
        available: { feature, desk in
            if !desk.context.hasClipboard {
                return .disabled("This terminal lets no program use its clipboard")
            }
            return feature.copied(desk) == nil ? .disabled("There is nothing to copy here") : .enabled
        }
    ) { feature, desk, _ in
        guard let copied = feature.copied(desk) else { return [] }
        // tmux itself is asked, where it can be: it says whether it took it.
        if desk.context.copiesThroughTmux { return [.ask(.program(.copy(copied)))] }
        desk.say(.info, "\(copied.name) sent to the terminal's clipboard")
        return [.copy(copied)]
    }
}

extension AppState {
    /// What tmux did not take goes to it as to any terminal.
    mutating func copied(_ copied: Copied, _ answer: Answer<Done>) -> [Effect] {
        switch answer {
        case .success:
            desk.say(.success, "\(copied.name) copied to tmux, and through it to the terminal's clipboard")
            return []
        case .failure:
            desk.say(.info, "\(copied.name) given to tmux (its set-clipboard decides)")
            return [.copy(copied)]
        }
    }
}
