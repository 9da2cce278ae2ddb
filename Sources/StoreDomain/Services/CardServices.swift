/// Gift cards and store credit.
public protocol GiftCardService: Sendable {
    /// What is on the card with this code. Needs `sell`.
    ///
    /// - Throws: `paymentRefused` with `cardUnknown` or `cardExpired`.
    func card(code: GiftCardCode, as principal: Principal) async throws(StoreError) -> GiftCard

    /// A customer's store credit; nil where they never had any. Needs `sell`, or is one's own.
    func credit(of customerID: Int64, as principal: Principal) async throws(StoreError) -> GiftCard?

    /// The latest first. Needs `seeAllOrders`.
    func cards(_ query: GiftCardQuery, as principal: Principal) async throws(StoreError) -> [GiftCard]

    /// A card with all that happened to it. Needs `seeAllOrders`.
    ///
    /// - Throws: `notFound`.
    func history(of cardID: Int64, as principal: Principal) async throws(StoreError) -> GiftCardHistory

    /// Gives a card without a sale. Needs `manageDiscounts`, as it takes from what the shop earns. The same code and
    /// content give the same card.
    ///
    /// - Throws: `taken` for a code that another card has.
    func issue(_ issue: GiftCardIssue, as principal: Principal) async throws(StoreError) -> GiftCard

    /// Books off what is left on cards: on one of them, or on all that have expired. Needs `manageDiscounts`.
    ///
    /// - Parameters:
    ///   - cardID: nil for all that have expired.
    ///   - reason: 1…200 characters.
    /// - Returns: those that had something left, as they are now.
    /// - Throws: `notFound`.
    func expire(_ cardID: Int64?, reason: String, as principal: Principal) async throws(StoreError)
        -> [GiftCard]
}

/// Goods that come back without a receipt. Needs `refundWithoutReceipt`.
public protocol LooseReturnService: Sendable {
    /// What the goods are worth.
    ///
    /// - Throws: `notFound`, `invalid`.
    func figures(_ lines: [LooseReturnDraft.Line], as principal: Principal) async throws(StoreError)
        -> LooseReturnFigures

    /// Takes goods back and gives store credit for them, or money with `refundOtherwise`. The same key and content
    /// give the same return.
    ///
    /// - Throws: `notFound`, `notAllowed`, `paymentRefused`, `invalid`, `keyReused`, `shiftCounting`.
    func take(_ draft: LooseReturnDraft, key: IdempotencyKey, as principal: Principal)
        async throws(StoreError) -> LooseReturn

    /// The return with this number. Needs `seeAllOrders`.
    ///
    /// - Throws: `notFound`.
    func find(_ number: DocumentNumber, as principal: Principal) async throws(StoreError) -> LooseReturn
}
