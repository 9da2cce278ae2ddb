import ArgumentParser
import StoreDomain

/// How a product is named on the command line: its id, its SKU or its barcode.
struct ProductReference {
    static let help = ArgumentHelp(
        "The product's id, SKU or barcode; id:12 and code:12 say which is meant.")

    private let text: String

    init(_ text: String) { self.text = text }

    /// - Throws: `notFound`; `CommandFailure` when two products could be meant.
    func find(in catalog: any CatalogService) async throws -> Product {
        if text.hasPrefix("id:"), let id = Int64(text.dropFirst(3)) { return try await catalog.product(id) }
        if text.hasPrefix("code:") { return try await catalog.product(code: String(text.dropFirst(5))) }
        guard let id = Int64(text) else { return try await catalog.product(code: text) }
        let byID = try await Self.unlessNotFound { () async throws(StoreError) in
            try await catalog.product(id)
        }
        let byCode = try await Self.unlessNotFound { () async throws(StoreError) in
            try await catalog.product(code: text)
        }
        if let byID, let byCode, byID.id != byCode.id {
            throw CommandFailure(
                "\(text) is the id of \(byID.name) and a code of \(byCode.name); say id:\(text) or code:\(text)"
            )
        }
        guard let product = byID ?? byCode else { throw StoreError.notFound(.product(id)) }
        return product
    }

    /// The id alone: unlike `find`, also of a product that is no longer sold, when its id was given.
    func id(in catalog: any CatalogService) async throws -> Int64 {
        do { return try await find(in: catalog).id } catch let error as StoreError {
            let digits = text.hasPrefix("id:") ? text.dropFirst(3) : text[...]
            guard case .notFound = error, let id = Int64(digits) else { throw error }
            return id
        }
    }

    private static func unlessNotFound(_ body: () async throws(StoreError) -> Product)
        async throws(StoreError)
        -> Product?
    {
        do throws(StoreError) { return try await body() } catch {
            if case .notFound = error { return nil }
            throw error
        }
    }
}
