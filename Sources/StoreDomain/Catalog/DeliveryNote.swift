/// What a supplier says is in a delivery, line by line, by the codes of its own list.
public struct DeliveryNote: Hashable, Sendable, Codable {
    public struct Line: Hashable, Sendable, Codable {
        /// Where it stands in the file, counted from 1.
        public let row: Int
        /// A barcode, a SKU or both, in the order in which they are looked up: a supplier's own number may be another
        /// product's SKU here, a barcode is the same everywhere.
        public let codes: [String]
        /// 1 or more.
        public let pieces: Int
        /// What one piece costs; nil where the list does not say.
        public let unitCost: Money?

        public init(row: Int, codes: [String], pieces: Int, unitCost: Money? = nil) {
            self.row = row
            self.codes = codes
            self.pieces = pieces
            self.unitCost = unitCost
        }
    }

    /// What the file is called.
    public let name: String
    /// 1…`mostLines`, in the order of the file.
    public let lines: [Line]

    /// As many as are booked at once.
    public static let mostLines = 1_000

    public init(name: String, lines: [Line]) {
        self.name = name
        self.lines = lines
    }
}

/// A delivery as it is expected: the products of a supplier's list, each once.
public struct ExpectedDelivery: Hashable, Sendable, Codable {
    public struct Line: Hashable, Sendable, Codable {
        public let product: Product
        /// 1 or more.
        public let pieces: Int
        /// What one piece costs; nil where the list does not say.
        public let unitCost: Money?

        public init(product: Product, pieces: Int, unitCost: Money? = nil) {
            self.product = product
            self.pieces = pieces
            self.unitCost = unitCost
        }
    }

    /// What the list is called.
    public let name: String
    /// In the order of the list.
    public let lines: [Line]

    public init(name: String, lines: [Line]) {
        self.name = name
        self.lines = lines
    }
}

extension DeliveryNote {
    /// So many lines are named that cannot be taken.
    private static let mostProblems = 20

    /// Finds the products of the list. What stands there twice is added up.
    ///
    /// - Throws: `invalid`, with the row of each line that cannot be taken: no product has its code, the product sells
    ///   without counting, or another line has it at another cost; or for too many lines.
    public func found(in catalog: any CatalogService) async throws(StoreError) -> ExpectedDelivery {
        guard (1...Self.mostLines).contains(lines.count) else {
            throw .invalid([FieldProblem(name, "must have 1 to \(Self.mostLines.grouped) lines")])
        }
        var order: [Int64] = []
        var expected: [Int64: (line: ExpectedDelivery.Line, row: Int)] = [:]
        var problems: [FieldProblem] = []
        for line in lines {
            func refuse(_ reason: String) { problems.append(FieldProblem("row \(line.row)", reason)) }
            guard let product = try await Self.product(line.codes, in: catalog) else {
                let codes = line.codes.map { "\"\($0)\"" }.joined(separator: " or ")
                refuse("names no product: \(codes)")
                continue
            }
            guard product.stock.isTracked else {
                refuse("is \(product.name), which sells without counting")
                continue
            }
            var pieces = line.pieces
            if let earlier = expected[product.id] {
                guard earlier.line.unitCost == line.unitCost else {
                    refuse("has \(product.name) at another cost than row \(earlier.row)")
                    continue
                }
                pieces += earlier.line.pieces
            } else {
                order.append(product.id)
            }
            guard pieces <= Product.maximumStock else {
                refuse("makes more of \(product.name) than a stock can be")
                continue
            }
            expected[product.id] = (
                ExpectedDelivery.Line(product: product, pieces: pieces, unitCost: line.unitCost),
                expected[product.id]?.row ?? line.row
            )
        }
        guard problems.isEmpty else {
            let rest = problems.count - Self.mostProblems
            throw .invalid(
                Array(problems.prefix(Self.mostProblems))
                    + (rest > 0 ? [FieldProblem("and", "\(rest.counted("row")) more")] : []))
        }
        return ExpectedDelivery(name: name, lines: order.compactMap { expected[$0]?.line })
    }

    /// The product that has the first code that any has.
    private static func product(_ codes: [String], in catalog: any CatalogService) async throws(StoreError)
        -> Product?
    {
        for code in codes {
            do throws(StoreError) {
                return try await catalog.product(code: code)
            } catch {
                guard case .notFound = error else { throw error }
            }
        }
        return nil
    }
}

/// What was counted of a product of a delivery beside what its list says.
public struct DeliveryDifference: Hashable, Sendable, Codable {
    /// What the list says; nil for a product that is not on it.
    public let announced: Int?
    /// 0 or more.
    public let counted: Int

    public init(announced: Int?, counted: Int) {
        self.announced = announced
        self.counted = counted
    }

    public var pieces: Int { counted - (announced ?? 0) }

    /// "3 are missing", "1 more than on the list", "not on the list"; nil where both agree.
    public var words: String? {
        guard announced != nil else { return counted == 0 ? nil : "not on the list" }
        if pieces == 0 { return nil }
        return pieces < 0
            ? "\((-pieces).grouped) missing" : "\(pieces.grouped) more than on the list"
    }
}

extension Sequence<DeliveryDifference> {
    /// How a delivery differs from its list, as one clause: "5 pieces of 2 products missing, 1 product not on the list";
    /// nil where it does not.
    public var summary: String? {
        func part(_ found: [DeliveryDifference], _ what: String) -> String? {
            guard !found.isEmpty else { return nil }
            let pieces = found.reduce(0) { $0 + abs($1.pieces) }
            return "\(pieces.counted("piece")) of \(found.count.counted("product")) \(what)"
        }
        let listed = filter { $0.announced != nil }
        let parts = [
            part(listed.filter { $0.pieces < 0 }, "missing"),
            part(listed.filter { $0.pieces > 0 }, "more than on the list"),
            part(filter { $0.announced == nil && $0.counted > 0 }, "not on the list"),
        ].compactMap(\.self)
        return parts.isEmpty ? nil : parts.joined(separator: ", ")
    }
}
