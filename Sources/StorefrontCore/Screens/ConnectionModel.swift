import StoreDomain

/// What losing and finding the server again means. What was loaded stays usable in between.
enum ConnectionModel {
    static func changed(to connection: ConnectionState, _ state: inout AppState) -> [Effect] {
        let before = state.connection
        state.connection = connection
        switch (before, connection) {
        case (.offline, .offline), (.connected, .connected), (.connected, .slow), (.slow, .connected),
            (.slow, .slow):
            return []
        case (.connected, .offline), (.slow, .offline):
            state.say(.warning, "Offline: what was loaded can still be used; the shop tries again by itself")
            return [.reconnect(attempt: 1)]
        case (.offline, .connected), (.offline, .slow):
            state.say(.success, "Connected again")
            return reload(&state)
        }
    }

    static func tried(_ attempt: Int, _ succeeded: Bool, _ state: inout AppState) -> [Effect] {
        guard case .offline = state.connection else { return [] }
        return succeeded ? changed(to: .connected, &state) : [.reconnect(attempt: attempt + 1)]
    }

    private static func reload(_ state: inout AppState) -> [Effect] {
        var effects = ShopModel.refresh(&state) + OrdersModel.reload(&state)
        effects += CartModel.quote(&state) + CartModel.compare(state)
        if state.checkout != nil, state.checkout?.methods == nil {
            effects.append(.loadMethods(state.principal))
        }
        return effects
    }
}
