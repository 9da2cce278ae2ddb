import ArgumentParser
import Foundation
import GRDB
import PostgresTesting
import StoreDomain
import StorePostgres
import StoreSQLite

/// The Flask service with the same goods, on SQLite or PostgreSQL, run by gunicorn with two workers.
struct FlaskPeer {
    let server: BenchServer
    let customer: BenchCustomer

    /// - Parameters:
    ///   - url: of its database, as SQLAlchemy reads it.
    ///   - fill: brings in the products, once the tables are there.
    init(
        _ place: BenchPlace, url: String, name: String, fill: () async throws -> Void
    ) async throws {
        guard let folder = place.seedService else {
            throw ValidationError(
                "the service to compare with is not found: name Tests/SeedService by --seed-service")
        }
        let variables = try place.variables([
            "DATABASE_URL=\(url)", "SECRET_KEY=\(BenchPlace.secret)", "PYTHONDONTWRITEBYTECODE=1",
            "PYTHONPATH=\(folder)",
        ])
        let make = [PeerProgram.pythonPath, "-B", "-c", "from service import create_app; create_app()"]
        let log = "\(place.folder)/\(name).log"
        guard try Launch.run(make, log: log, variables: variables) == 0 else {
            throw ValidationError("the Flask service makes no tables; see \(log)")
        }
        try await fill()
        server = try await BenchServer(name, log: log, variables: variables) { port in
            [
                PeerProgram.pythonPath, "-B", "-m", "gunicorn", "--workers", "2", "--bind",
                "127.0.0.1:\(port)",
                "service:create_app()",
            ]
        }
        customer = try BenchCustomer(port: server.port, products: 64)
    }

    static func onSQLite(_ place: BenchPlace, _ goods: [ExportedProduct]) async throws -> FlaskPeer {
        let path = "\(place.folder)/flask.db"
        return try await FlaskPeer(place, url: "sqlite:///\(path)", name: "flask") {
            let queue = try DatabaseQueue(path: path)
            try await queue.write { db in
                for statement in statements(goods) { try db.execute(sql: statement) }
            }
            try queue.close()
        }
    }

    static func onPostgres(
        _ place: BenchPlace, _ cluster: PostgresCluster, _ goods: [ExportedProduct]
    ) async throws -> FlaskPeer {
        let database = try cluster.makeDatabase()
        return try await FlaskPeer(
            place, url: "postgresql://storefront@/\(database)?host=\(cluster.directory)", name: "flask-pg"
        ) {
            for statement in statements(goods) { try cluster.psql(database, statement) }
        }
    }

    /// The goods in the service's own table, five hundred at a time.
    private static func statements(_ goods: [ExportedProduct]) -> [String] {
        func quoted(_ text: String?) -> String {
            text.map { "'" + $0.replacingOccurrences(of: "'", with: "''") + "'" } ?? "NULL"
        }
        return stride(from: 0, to: goods.count, by: 500).map { start in
            let rows = goods[start..<min(goods.count, start + 500)].map { row in
                let product = row.product
                let (units, cents) = product.price.minorUnits.quotientAndRemainder(dividingBy: 100)
                let price = "\(units).\(cents < 10 ? "0" : "")\(cents)"
                let time = Date(timeIntervalSince1970: Double(1_700_000_000 + product.id))
                    .ISO8601Format(.iso8601(timeZone: .gmt, dateTimeSeparator: .space)).prefix(19)
                let fields = [
                    quoted(product.name), quoted(product.description), price, "1000",
                    quoted(product.category), "'\(time).000000'", "'\(time).000000'",
                ]
                return "(" + fields.joined(separator: ", ") + ")"
            }
            return """
                INSERT INTO products (name, description, price, stock, category, created_at, updated_at) VALUES
                \(rows.joined(separator: ",\n"))
                """
        }
    }
}
