import StoreDomain

/// What can be asked of the world outside, by feature.
public enum Ask: Hashable, Codable, Sendable {
    case program(ProgramRequest)
    case welcome(WelcomeRequest)
    case account(AccountRequest)
    case shop(ShopRequest)
    case product(ProductRequest)
    case basket(BasketRequest)
    case checkout(CheckoutRequest)
    case receipt(ReceiptRequest)
    case orders(OrdersRequest)
    case importing(ImportRequest)
    case baskets(BasketsRequest)
    case till(TillRequest)
    case shift(ShiftRequest)
    case returns(ReturnsRequest)
    case looseReturns(LooseReturnsRequest)
    case giftCards(GiftCardsRequest)
    case customers(CustomersRequest)
    case counting(CountingRequest)
    case products(ProductsRequest)
    case stock(StockRequest)
    case visitor(VisitorRequest)
    case staff(StaffRequest)
    case office(OfficeRequest)
    case reports(ReportsRequest)
    case firstSteps(FirstStepsRequest)

    public var terms: Terms {
        switch self {
        case .program(let request): request.terms
        case .welcome(let request): request.terms
        case .account(let request): request.terms
        case .shop(let request): request.terms
        case .product(let request): request.terms
        case .basket(let request): request.terms
        case .checkout(let request): request.terms
        case .receipt(let request): request.terms
        case .orders(let request): request.terms
        case .importing(let request): request.terms
        case .baskets(let request): request.terms
        case .till(let request): request.terms
        case .shift(let request): request.terms
        case .returns(let request): request.terms
        case .looseReturns(let request): request.terms
        case .giftCards(let request): request.terms
        case .customers(let request): request.terms
        case .counting(let request): request.terms
        case .products(let request): request.terms
        case .stock(let request): request.terms
        case .visitor(let request): request.terms
        case .staff(let request): request.terms
        case .office(let request): request.terms
        case .reports(let request): request.terms
        case .firstSteps(let request): request.terms
        }
    }
}

/// What comes back, by feature.
public enum Reply: Hashable, Codable, Sendable {
    case program(ProgramAction)
    case welcome(WelcomeAction)
    case account(AccountAction)
    case shop(ShopAction)
    case product(ProductAction)
    case basket(BasketAction)
    case checkout(CheckoutAction)
    case receipt(ReceiptAction)
    case orders(OrdersAction)
    case importing(ImportAction)
    case baskets(BasketsAction)
    case till(TillAction)
    case shift(ShiftAction)
    case returns(ReturnsAction)
    case looseReturns(LooseReturnsAction)
    case giftCards(GiftCardsAction)
    case customers(CustomersAction)
    case counting(CountingAction)
    case products(ProductsAction)
    case stock(StockAction)
    case visitor(VisitorAction)
    case staff(StaffAction)
    case office(OfficeAction)
    case reports(ReportsAction)
    case firstSteps(FirstStepsAction)

    /// Why nothing came of it; nil when it succeeded.
    public var failure: StoreError? {
        switch self {
        case .program(let action): action.failure
        case .welcome(let action): action.failure
        case .account(let action): action.failure
        case .shop(let action): action.failure
        case .product(let action): action.failure
        case .basket(let action): action.failure
        case .checkout(let action): action.failure
        case .receipt(let action): action.failure
        case .orders(let action): action.failure
        case .importing(let action): action.failure
        case .baskets(let action): action.failure
        case .till(let action): action.failure
        case .shift(let action): action.failure
        case .returns(let action): action.failure
        case .looseReturns(let action): action.failure
        case .giftCards(let action): action.failure
        case .customers(let action): action.failure
        case .counting(let action): action.failure
        case .products(let action): action.failure
        case .stock(let action): action.failure
        case .visitor(let action): action.failure
        case .staff(let action): action.failure
        case .office(let action): action.failure
        case .reports(let action): action.failure
        case .firstSteps(let action): action.failure
        }
    }
}

extension Request {
    /// Carries the request out.
    ///
    /// - Parameter report: takes how far it has come, where it tells.
    public func answered(
        by outside: Outside, report: @escaping @Sendable (AppAction) -> Void
    ) async -> Reply {
        switch ask {
        case .program(let request): .program(await request.answered(by: outside))
        case .welcome(let request):
            .welcome(
                await request.answered(by: outside) { report(.progress(id, done: $0, of: $1)) })
        case .account(let request): .account(await request.answered(by: outside, as: principal))
        case .shop(let request): .shop(await request.answered(by: outside))
        case .product(let request): .product(await request.answered(by: outside, as: principal))
        case .basket(let request): .basket(await request.answered(by: outside, as: principal))
        case .checkout(let request): .checkout(await request.answered(by: outside, as: principal))
        case .receipt(let request): .receipt(await request.answered(by: outside, as: principal))
        case .orders(let request): .orders(await request.answered(by: outside, as: principal))
        case .importing(let request):
            .importing(
                await request.answered(by: outside, as: principal) {
                    report(.progress(id, done: $0, of: $1))
                })
        case .baskets(let request): .baskets(await request.answered(by: outside, as: principal))
        case .till(let request): .till(await request.answered(by: outside, as: principal))
        case .shift(let request): .shift(await request.answered(by: outside, as: principal))
        case .returns(let request): .returns(await request.answered(by: outside, as: principal))
        case .looseReturns(let request): .looseReturns(await request.answered(by: outside, as: principal))
        case .giftCards(let request): .giftCards(await request.answered(by: outside, as: principal))
        case .customers(let request): .customers(await request.answered(by: outside, as: principal))
        case .counting(let request): .counting(await request.answered(by: outside, as: principal))
        case .products(let request): .products(await request.answered(by: outside, as: principal))
        case .stock(let request): .stock(await request.answered(by: outside, as: principal))
        case .visitor(let request): .visitor(await request.answered(by: outside, as: principal))
        case .staff(let request): .staff(await request.answered(by: outside, as: principal))
        case .office(let request): .office(await request.answered(by: outside, as: principal))
        case .reports(let request): .reports(await request.answered(by: outside, as: principal))
        case .firstSteps(let request): .firstSteps(await request.answered(by: outside, as: principal))
        }
    }
}
