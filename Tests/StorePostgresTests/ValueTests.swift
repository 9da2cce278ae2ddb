import StoreContracts
import StoreDomain
import PostgresTesting
import Testing

@testable import StorePostgres

/// What goes into a statement comes out of it again.
@Suite struct ValueTests {
    /// Runs `body` on a connection of its own to an empty database.
    private func withConnection(_ body: (PostgresConnection) throws -> Void) async throws {
        let database = try await TestDatabase(isEmpty: true)
        let connection = try PostgresConnection(database.address, limits: PostgresLimits())
        defer { connection.close() }
        try body(connection)
    }

    @Test func amounts() async throws {
        try await withConnection { (db: PostgresConnection) throws in
            for minor: Int64 in [
                0, 1, 5, 10, 99, 100, 101, 999_999, 1_000_000, 10_000_00, 99_999_999_99, 1_234_567_89,
                -1, -99, -100, -12_345_678_90, 123_456_789_012_34,
            ] {
                let money = Money(minorUnits: minor)
                #expect(try db.row("SELECT $1::numeric", [money]) { try $0.money() } == money)
                #expect(try db.row("SELECT $1::numeric(20, 2)", [money]) { try $0.money() } == money)
            }
            #expect(throws: PostgresFailure.self) {
                try db.row("SELECT 0.001::numeric", []) { try $0.money() }
            }
        }
    }

    @Test func times() async throws {
        try await withConnection { (db: PostgresConnection) throws in
            for milliseconds: Int64 in [0, 1, -1, 1_773_480_413_123, 946_684_799_999, 946_684_800_000] {
                let time = Timestamp(milliseconds: milliseconds)
                #expect(try db.value(Timestamp.self, "SELECT $1::timestamp", [time]) == time)
            }
            let text = try db.value(
                String.self, "SELECT $1::timestamp::text", [Timestamp(milliseconds: 1_773_480_413_123)])
            #expect(text == "2026-03-14 09:26:53.123")
            #expect(
                try db.value(Bool.self, "SELECT $1 = timestamp 'infinity'", [Timestamp(milliseconds: .max)])
                    == true)
        }
    }

    @Test(arguments: HostileText.examples)
    func texts(_ text: String) async throws {
        try await withConnection { (db: PostgresConnection) throws in
            let kept = text.withoutNUL
            #expect(try db.value(String.self, "SELECT $1::text", [text]) == kept)
            #expect(
                try db.values(String.self, "SELECT unnest($1::text[])", [PostgresValue.list([text, "a,b"])])
                    == [kept, "a,b"])
            let rows = PostgresValue.rows([[.text(text), .null, .integer(7)]])
            #expect(try db.value(String.self, "SELECT $1::json -> 0 ->> 0", [rows]) == kept)
        }
    }

    @Test func nothingAndBytes() async throws {
        try await withConnection { (db: PostgresConnection) throws in
            #expect(try db.value(Int.self, "SELECT $1::int", [nil]) == nil)
            #expect(
                try db.value([UInt8].self, "SELECT $1::bytea", [PostgresValue.bytes([0, 255, 92])]) == [
                    0, 255, 92,
                ])
            #expect(try db.value(Bool.self, "SELECT $1::boolean", [true]) == true)
        }
    }
}
