import Glibc
import PostgresTesting
import StoreDomain

@testable import StorePostgres

/// Hears what a database's programs and triggers tell each other.
final class NoticeEar {
    private let connection: PostgresConnection
    private let database: TestDatabase

    init(_ database: TestDatabase) throws {
        self.database = database
        connection = try PostgresConnection(database.address, limits: PostgresLimits())
        try connection.script("LISTEN \(PostgresLink.channel)")
    }

    deinit { connection.close() }

    /// Everything that was told until now, put together.
    func heard() throws -> ShopChanges {
        // Notices come in the order of their commits: behind this one there is nothing more.
        try database.psql("NOTIFY \(PostgresLink.channel), 'end'")
        var told: [String] = []
        while told.last != "end" {
            var watched = pollfd(fd: connection.descriptor, events: Int16(POLLIN), revents: 0)
            guard poll(&watched, 1, 60_000) > 0 else {
                throw PostgresCluster.Failure(description: "nothing more is told after \(told)")
            }
            told += try connection.notices().map(\.text)
        }
        return told.dropLast().reduce(into: ShopChanges()) { $0.merge(ShopChanges(notice: $1)) }
    }
}
