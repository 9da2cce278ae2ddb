extension ShiftReport {
    /// What happened in a shift beside sales and refunds.
    public struct Beside: Hashable, Sendable, Codable {
        /// Sales in which goods of an earlier one came back.
        public let exchanges: Int
        /// The documents of the voids, in their order.
        public let voidNumbers: [DocumentNumber]
        /// Sales with goods that were cleared before they were paid.
        public let abandoned: Int
        /// What they would have come to.
        public let abandonedTotal: Money
        /// Parts of a payment that were taken back before the sale was paid.
        public let tendersTakenBack: Int
        /// Slips of what is to be paid.
        public let slips: Int
        /// Receipts and refunds that were printed, saved or sent once more.
        public let copies: Int
        /// What somebody else approved and was done.
        public let approvals: Int

        public init(
            exchanges: Int = 0, voidNumbers: [DocumentNumber] = [], abandoned: Int = 0,
            abandonedTotal: Money, tendersTakenBack: Int = 0, slips: Int = 0, copies: Int = 0,
            approvals: Int = 0
        ) {
            self.exchanges = exchanges
            self.voidNumbers = voidNumbers
            self.abandoned = abandoned
            self.abandonedTotal = abandonedTotal
            self.tendersTakenBack = tendersTakenBack
            self.slips = slips
            self.copies = copies
            self.approvals = approvals
        }
    }
}
