import ArgumentParser
import Glibc
import ProgramKit
import StoreDomain
import StoreSQLite

/// Whose key opens what.
struct KioskKeyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key", abstract: "List, add and remove the SSH keys that the kiosk knows.",
        discussion: """
            A visitor's key opens his account. A key that is added here opens nothing by itself: whoever comes with it \
            may sign in with a password of that role, who is a visitor like any other without it.
            """,
        subcommands: [KioskKeyList.self, KioskKeyAdd.self, KioskKeyRemove.self])
}

extension KeyFingerprint: ExpressibleByArgument {
    /// As `ssh-keygen -l` writes it.
    public init?(argument: String) { self.init(argument) }
}

/// Every key.
struct KioskKeyList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List those who work here, then visitors, the oldest first.")

    @OptionGroup var options: KioskOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let settings = try options.readSettings()
        let staff = try settings.ownersKeys().entries
        var visitors: [(key: VisitorKey, account: User)] = []
        if case .file = settings.store {
            visitors = try await settings.withStore { try await $0.visitors.keys() }
        }
        if output.json {
            var list = JSONList("keys")
            list.write(staff.map { Self.json($0.key, role: $0.role, nil, $0.addedAt, nil) })
            list.write(
                visitors.map {
                    Self.json($0.key.fingerprint, role: nil, $0.account.id, $0.key.addedAt, $0.key.seenAt)
                })
            return list.finish([("count", .int(staff.count + visitors.count))])
        }
        guard !staff.isEmpty || !visitors.isEmpty else { return Console.tell("No keys") }
        var table = TextTable([.init("Key"), .init("Opens"), .init("Added"), .init("Seen")])
        let rows =
            staff.map { [$0.key.text, "\($0.role), with a password", $0.addedAt.rfc3339, ""] }
            + visitors.map {
                [
                    $0.key.fingerprint.text, "account \($0.account.id), \($0.account.name)",
                    $0.key.addedAt.rfc3339, $0.key.seenAt.rfc3339,
                ]
            }
        Console.write(table.lines(rows))
    }

    private static func json(
        _ key: KeyFingerprint, role: String?, _ account: Int64?, _ added: Timestamp, _ seen: Timestamp?
    ) -> OutputJSON {
        .object([
            ("fingerprint", .string(key.text)), ("role", .text(role)),
            ("account_id", account.map { .int($0) } ?? .null), ("added_at", .time(added)),
            ("seen_at", seen.map { .time($0) } ?? .null),
        ])
    }
}

/// Lets somebody who works here sign in.
struct KioskKeyAdd: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Let whoever comes with a key sign in with a password of a role; as root.")

    @OptionGroup var options: KioskOptions

    @Argument(help: "The key's fingerprint, as ssh-keygen -l writes it.")
    var fingerprint: KeyFingerprint

    @Option(help: "The role whose accounts sign in with it.")
    var role: String

    func run() async throws {
        let settings = try options.readSettings()
        guard role != Role.customer.name else {
            throw CommandFailure("customers sign in with any key, or with none")
        }
        switch settings.store {
        case .file:
            let roles = try await settings.withStore { store in
                try await store.services.accounts.roles(as: .commandLine).map(\.name)
            }
            guard roles.contains(role) else {
                throw CommandFailure("the shop has no role \(role); it has \(roles.joined(separator: ", "))")
            }
        // A demo has all its roles without a key; a server knows its own.
        case .demo, .readOnly, .remote:
            _ = try Role(name: role, grants: [:])
        }
        var keys = try settings.ownersKeys()
        keys.add(StaffKeys.Entry(key: fingerprint, role: role, addedAt: SystemClock().now()))
        try keys.write(to: settings.staffKeys)
    }
}

/// Makes a key nobody's.
struct KioskKeyRemove: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove",
        abstract: "Make a key nobody's, whether a visitor's or of those who work here.",
        discussion: "Whoever is in the shop with it now stays until he leaves; kiosk end ends his session.")

    @OptionGroup var options: KioskOptions

    @Argument(help: "The key's fingerprint, as ssh-keygen -l writes it.")
    var fingerprint: KeyFingerprint

    func run() async throws {
        let settings = try options.readSettings()
        var keys = try settings.ownersKeys()
        var isFound = keys.remove(fingerprint)
        if isFound { try keys.write(to: settings.staffKeys) }
        if case .file = settings.store {
            let wasVisitors = try await settings.withStore { [fingerprint] in
                try await $0.visitors.remove(fingerprint)
            }
            isFound = isFound || wasVisitors
        }
        guard isFound else { throw CommandFailure("nobody has the key \(fingerprint)") }
    }
}

extension KioskSettings {
    fileprivate func ownersKeys() throws -> StaffKeys {
        do throws(KioskRefusal) { return try StaffKeys(readingFrom: staffKeys) } catch {
            throw CommandFailure(error.description)
        }
    }
}
