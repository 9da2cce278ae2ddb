import StoreDomain

/// How figures came about, step by step: what `e` shows for a feature's own figures.
public struct Reckoning: Hashable, Codable, Sendable {
    public struct Row: Hashable, Codable, Sendable {
        public let title: String
        public let figure: String
        /// One line: the sum, or where the figure is from.
        public let how: String
        /// The figure that the others lead to.
        public let isTotal: Bool

        public init(_ title: String, _ figure: String, how: String, isTotal: Bool = false) {
            self.title = title
            self.figure = figure
            self.how = how
            self.isTotal = isTotal
        }

        public init(_ title: String, _ amount: Money, how: String, isTotal: Bool = false) {
            self.init(title, amount.displayText, how: how, isTotal: isTotal)
        }
    }

    public let title: String
    public let rows: [Row]

    public init(title: String, rows: [Row]) {
        self.title = title
        self.rows = rows
    }
}
