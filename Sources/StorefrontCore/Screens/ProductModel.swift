import StoreDomain

/// The product screen's behaviour.
enum ProductModel {
    static func open(_ product: Product, _ state: inout AppState) -> [Effect] {
        let request = state.newRequest()
        state.product = ProductState(product: product, request: request)
        state.push(.product)
        return [.loadProduct(product.id, request)]
    }

    static func loaded(
        _ request: RequestID, _ result: Result<Product, StoreError>, _ state: inout AppState
    ) -> [Effect] {
        guard state.product.request == request else { return [] }
        state.product.request = nil
        switch result {
        case .success(let product):
            state.product.product = product
            state.product.error = nil
        case .failure(let error):
            state.product.error = error
            state.say(error)
        }
        return []
    }

    static func carryOut(_ command: Command, count: Int?, _ state: inout AppState) -> [Effect] {
        switch command {
        case .addOne: return ShopModel.add(state.product.product, by: count ?? 1, &state)
        case .takeOne: return ShopModel.add(state.product.product, by: -(count ?? 1), &state)
        case .undo: return CartModel.undo(&state)
        case .retry:
            guard let product = state.product.product else { return [] }
            let request = state.newRequest()
            state.product.request = request
            return [.loadProduct(product.id, request)]
        default: state.scroll(by: command)
        }
        return []
    }
}
