import StoreDomain

/// Tries whether programs on a database hear each other: a pooler that shares connections takes a LISTEN, and nothing is
/// ever heard on it.
public enum ChangeProbe {
    private static let channel = "storefront_probe"
    /// In milliseconds.
    private static let patience: Int32 = 2_000

    /// - Parameters:
    ///   - ear: where programs listen.
    ///   - mouth: another way to the same database, such as where orders are written.
    /// - Throws: `storage` when one of them cannot be reached.
    public static func hears(at ear: PostgresAddress, from mouth: PostgresAddress) throws(StoreError) -> Bool
    {
        do {
            let listening = try PostgresConnection(ear, limits: PostgresLimits())
            defer { listening.close() }
            try listening.script("LISTEN \(channel)")
            let telling = try PostgresConnection(mouth, limits: PostgresLimits())
            defer { telling.close() }
            try telling.script("NOTIFY \(channel)")
            return try listening.hasNotice(within: patience)
        } catch { throw PostgresErrors(name: ear.name).translate(error) }
    }
}
