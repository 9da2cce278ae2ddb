import StoreDomain

/// The fields of a product while somebody fills them in: what they started from, and what they come to.
public struct ProductForm: Hashable, Codable, Sendable {
    public internal(set) var form: Form
    /// The product as it was seen; nil for a new one.
    public let base: Product?
    /// What it costs, for those who may see it; nil until it is loaded.
    public internal(set) var cost: ProductCost?
    /// What the fields held at the start.
    private let start: [String]
    /// What is wrong with none of the fields.
    public internal(set) var error: String?
    public internal(set) var isBusy = false

    /// Those that the form has; whether a product is sold is a command's.
    public static let fields = ProductField.allCases.filter { $0 != .archived }

    /// - Parameters:
    ///   - base: the product that is changed; nil for a new one.
    ///   - model: what a new one is like at first.
    init(_ base: Product?, like model: Product? = nil) {
        self.base = base
        form = Form(Self.fields.map(Self.field), keepsPast: true)
        if let base {
            for field in Self.fields { form.set(field.rawValue, Self.shown(base.text(of: field), field)) }
        } else if let model {
            // Codes are one product's, and so are its pieces.
            for field in Self.fields where ![.sku, .barcode, .stock].contains(field) {
                form.set(field.rawValue, Self.shown(model.text(of: field), field))
            }
            form.set(ProductField.stock.rawValue, model.stock.isTracked ? "0" : "")
        } else {
            form.set(ProductField.stock.rawValue, "0")
        }
        start = form.fields.map(\.input.text)
        form.select(form.focused.name)
    }

    private static func field(_ field: ProductField) -> Form.Field {
        let (placeholder, limit, content): (String, Int, FieldContent) =
            switch field {
            case .name: ("", 255, .words)
            case .price: ("such as 29.99", 20, .amount)
            case .category: ("none", 100, .words)
            case .sku: ("none", 255, .codes)
            case .barcode: ("scan it", 64, .codes)
            case .taxClass: ("the standard class", 40, .words)
            case .stock: ("sells without counting", 20, .amount)
            case .description, .archived: ("\\n begins a line", 65_536, .words)
            }
        return Form.Field(
            field.rawValue, label: field.label, placeholder: placeholder, limit: limit, content: content)
    }

    public var isTouched: Bool { form.fields.map(\.input.text) != start }

    /// A field is one line: the description's lines are written with `\n`.
    static func shown(_ text: String, _ field: ProductField) -> String {
        guard field == .description else { return text }
        return text.replacing("\\", with: "\\\\").replacing("\n", with: "\\n")
    }

    private static func read(_ text: String, _ field: ProductField) -> String {
        guard field == .description else { return text }
        var read = ""
        var isEscaped = false
        for character in text {
            if isEscaped {
                read.append(character == "n" ? "\n" : character == "\\" ? "\\" : "\\\(character)")
                isEscaped = false
            } else if character == "\\" {
                isEscaped = true
            } else {
                read.append(character)
            }
        }
        return isEscaped ? read + "\\" : read
    }

    /// What a field holds.
    func text(_ field: ProductField) -> String { Self.read(form.text(field.rawValue), field) }

    // MARK: - What it comes to

    /// The product that the fields describe.
    ///
    /// - Throws: `invalid` that names every field that breaks a rule.
    func draft(_ policy: ShopPolicy) throws(StoreError) -> ProductDraft {
        var problems: [FieldProblem] = []
        var price = Money.zero(policy.currency)
        do { price = try Money(typed: text(.price), currency: policy.currency) } catch {
            problems.append(FieldProblem(ProductField.price.rawValue, error.message))
        }
        var stock = Stock.untracked
        if !text(.stock).trimmedText.isEmpty {
            if let base, text(.stock) == base.text(of: .stock) {
                // What was sold below zero stays so until somebody types another count.
                stock = base.stock.count.map { .counted(max(0, $0)) } ?? base.stock
            } else {
                do { stock = .counted(try Quantity.pieces(typed: text(.stock))) } catch {
                    problems.append(FieldProblem(ProductField.stock.rawValue, error.piecesMessage))
                }
            }
        }
        let taxClass = text(.taxClass).trimmedText
        if !taxClass.isEmpty, !policy.taxes.classes.contains(where: { $0.id == taxClass }) {
            let known = policy.taxes.classes.map(\.id).joined(separator: ", ")
            problems.append(FieldProblem(ProductField.taxClass.rawValue, "must be one of \(known)"))
        }
        do throws(StoreError) {
            let draft = try ProductDraft(
                name: text(.name), description: text(.description), price: price, stock: stock,
                category: text(.category), sku: text(.sku), barcode: text(.barcode), taxClass: taxClass)
            guard problems.isEmpty else { throw .invalid(problems) }
            return draft
        } catch {
            guard case .invalid(let found) = error else { throw error }
            let named = Set(problems.map(\.field))
            throw .invalid(problems + found.filter { !named.contains($0.field) })
        }
    }

    /// The fields that differ from `product`, as a change of it; nil for none.
    func patch(of product: Product, _ policy: ShopPolicy) throws(StoreError) -> ProductPatch? {
        let draft = try draft(policy)
        var patch = ProductPatch()
        for field in Self.fields where text(field) != product.text(of: field) {
            switch field {
            case .name: patch.name = draft.name
            case .price: patch.price = draft.price
            case .category: patch.category = draft.category ?? ""
            case .sku: patch.sku = draft.sku ?? ""
            case .barcode: patch.barcode = draft.barcode ?? ""
            case .taxClass: patch.taxClass = draft.taxClass ?? ""
            case .stock: patch.stock = draft.stock
            case .description: patch.description = draft.description
            case .archived: break
            }
        }
        return patch == ProductPatch() ? nil : patch
    }

    /// Shows what is wrong with what is typed: of the fields that hold something, or of all.
    mutating func check(_ policy: ShopPolicy, all: Bool) {
        var found: [String: String] = [:]
        do throws(StoreError) { _ = try draft(policy) } catch {
            if case .invalid(let problems) = error { found = Self.byField(problems) }
        }
        if all { return form.show(found) }
        form.note(found.filter { !form.text($0.key).isEmpty })
    }

    /// Shows what the shop refuses.
    mutating func show(_ failure: StoreError) {
        switch failure {
        case .invalid(let problems) where problems.allSatisfy({ ProductField(rawValue: $0.field) != nil }):
            form.show(Self.byField(problems))
        case .taken(let field, _) where ProductField(rawValue: field) != nil:
            form.show([field: "is another product\u{2019}s"])
        default: error = failure.screenText
        }
    }

    private static func byField(_ problems: [FieldProblem]) -> [String: String] {
        Dictionary(grouping: problems, by: \.field).mapValues {
            $0.map(\.reason).joined(separator: ", ")
        }
    }
}
