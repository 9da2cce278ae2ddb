import StoreService

/// What a cashier may do with the approval of somebody else, and what is new at the till. A role keeps what its
/// shop made of it: only what it does not have yet is added, and only to the roles that every store has.
enum SchemaRights {
    static let statements: String = AskedRights.byRole.map { role, rights in
        let added = rights.map { "'$.\($0.permission)', json('\($0.limit)')" }.joined(separator: ", ")
        return "UPDATE role SET grants = json_insert(grants, \(added)) WHERE name = '\(role)';"
    }.joined(separator: "\n")
}
