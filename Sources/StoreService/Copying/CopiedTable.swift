/// A table of a shop as every store keeps it: what each calls it, and what goes from one to the other.
public struct CopiedTable: Hashable, Sendable {
    /// What SQLite and PostgreSQL call it.
    public let sqlite: String
    public let postgres: String
    /// Names the rows, and orders them.
    public let key: [String]
    public let columns: [CopiedColumn]

    /// - Parameter postgres: nil where both call it the same.
    init(
        _ sqlite: String, postgres: String? = nil, key: [String] = ["id"], _ columns: [CopiedColumn]
    ) {
        self.sqlite = sqlite
        self.postgres = postgres ?? sqlite
        self.key = key
        self.columns = columns
    }
}

/// A column of a table.
public struct CopiedColumn: Hashable, Sendable {
    /// What a column holds. Values travel as whole numbers, texts and bytes: an amount in minor units, a time in
    /// milliseconds since 1970, yes and no as 1 and 0.
    public enum Kind: Hashable, Sendable {
        case integer, text, flag, money, time, bytes
        /// The name of a product's category; SQLite keeps categories by number.
        case category
        /// How often a discount was used; PostgreSQL keeps that in slots.
        case uses
    }

    public let sqlite: String
    public let postgres: String
    public let kind: Kind

    static func integer(_ name: String) -> CopiedColumn { CopiedColumn(name, name, .integer) }
    static func text(_ name: String) -> CopiedColumn { CopiedColumn(name, name, .text) }
    static func flag(_ name: String) -> CopiedColumn { CopiedColumn(name, name, .flag) }
    static func time(_ name: String) -> CopiedColumn { CopiedColumn(name, name, .time) }
    static func bytes(_ name: String) -> CopiedColumn { CopiedColumn(name, name, .bytes) }

    /// SQLite calls it `name_minor`.
    ///
    /// - Parameter postgres: what PostgreSQL calls it; nil for `name`.
    static func money(_ name: String, _ postgres: String? = nil) -> CopiedColumn {
        CopiedColumn("\(name)_minor", postgres ?? name, .money)
    }

    init(_ sqlite: String, _ postgres: String, _ kind: Kind) {
        self.sqlite = sqlite
        self.postgres = postgres
        self.kind = kind
    }
}

/// A column's value on its way.
public enum CopiedValue: Hashable, Sendable {
    case null
    case integer(Int64)
    case text(String)
    case bytes([UInt8])
}
