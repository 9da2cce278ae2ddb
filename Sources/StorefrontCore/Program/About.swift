import StoreDomain

/// What the about box and `about` in lines say of the program and of where it is.
extension Desk {
    public var about: [(name: String, text: String)] {
        guard context.kiosk == nil else {
            return [("storefront", context.version), ("Shop", policy.shopName), ("Tax", taxText)]
                .filter { !$0.1.isEmpty }
        }
        let place = context.storePath.isEmpty ? context.storeLabel : context.storePath
        let program = [context.version, context.toolchain].filter { !$0.isEmpty }.joined(separator: ", ")
        let facts = [
            ("storefront", program), ("Built from", context.commit), ("Shop", policy.shopName),
            ("Store", place), ("Store kind", context.storeKind), ("Tax", taxText),
        ]
        let tested = context.qa.map { [("Seed", "\($0.seed)"), ("Clock", $0.clock.rfc3339)] } ?? []
        return (facts + tested).filter { !$0.1.isEmpty }
    }
}
