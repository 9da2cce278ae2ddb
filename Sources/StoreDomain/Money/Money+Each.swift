extension Money {
    /// What one of so many comes to, for showing: rounded where it does not divide.
    public func each(of count: Int) -> Money { AmountSplit.share(of: self, units: 1, after: 0, among: count) }
}
