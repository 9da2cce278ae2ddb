import StoreDomain

/// Labels as a table, CSV, for the program of a label printer: a row for each label.
public enum LabelTable {
    public static func text(_ products: [Product]) -> String {
        let rows = products.map { product in
            [
                product.name, product.price.decimalText, product.price.currency.code, product.sku ?? "",
                product.barcode ?? "", product.barcode ?? product.sku ?? "",
            ]
        }
        return ([["name", "price", "currency", "sku", "barcode", "code"]] + rows)
            .map { CSVWriter.line($0) }.joined()
    }
}
