import Foundation
import Testing

/// Deliveries by the shell: with what each piece cost, and against a supplier's list.
@Suite struct StockCommandTests {
    private func shop() throws -> Program {
        let program = try Program()
        for (sku, name) in [("A-1", "Pen"), ("B-2", "Ink"), ("C-3", "Pad")] {
            let added = try program.run(
                "product", "add", "--name", name, "--price", "9.90", "--stock", "5", "--sku", sku)
            #expect(added.code == 0, "\(added.errors)")
        }
        return program
    }

    private func stock(_ sku: String, _ program: Program) throws -> Int? {
        try program.run("product", "show", sku, "--json").json()["stock"] as? Int
    }

    private func cost(_ sku: String, _ program: Program) throws -> [String] {
        let explained = try program.run("stock", "explain", sku, "--json").json()
        let movements = explained["movements"] as? [[String: Any]] ?? []
        return movements.map { "\($0["quantity"] ?? "") at \($0["unit_cost"] ?? "")" }
    }

    @Test func aDeliverySaysWhatEachPieceCost() throws {
        let program = try shop()
        let booked = try program.run(
            "stock", "receive", "-", input: "A-1 10 4.30\nB-2\n\nA-1 2 4.30\nA-1 1 0\nC-3 4\n")
        #expect(booked.code == 0, "\(booked.errors)")
        #expect(try stock("A-1", program) == 18)
        #expect(try stock("B-2", program) == 6)
        #expect(try stock("C-3", program) == 9)
        // The same at another cost is booked for itself, the latest first.
        let booking = try cost("A-1", program)
        #expect(booking.map { $0.prefix(3) } == ["1 a", "12 "], "\(booking)")
        #expect(try cost("C-3", program).first?.contains("null") == true)
        for (line, number) in [("A-1 x", 2), ("A-1 2 y", 2), ("A-1 2 3 4", 2), ("NOBODY 1", 2)] {
            let refused = try program.run("stock", "receive", "-", input: "B-2 1\n\(line)\n")
            #expect(refused.code == 1)
            let told = refused.complaints.joined()
            #expect(told.contains("line \(number)"), "\(told)")
            #expect(told.contains(line.hasPrefix("NOBODY") ? "NOBODY" : "\"\(line)\""), "\(told)")
        }
        #expect(try stock("B-2", program) == 6, "all of it or nothing")
        // A count has no costs.
        #expect(try program.run("stock", "count", "-", input: "B-2 1 4.30\n").code == 1)
    }

    @Test func aDeliveryIsHeldAgainstASuppliersList() throws {
        let program = try shop()
        let list = try program.home.file("note.csv", "SKU;Menge;EK\nA-1;3;4,30\nB-2;2;1,00\n").path
        func receive(_ scans: String, _ more: String...) throws -> Program.Run {
            try program.run(["stock", "receive", "-", "--against", list] + more, input: scans)
        }
        let refused = try receive("A-1 2\nC-3\n")
        #expect(refused.code == 1)
        #expect(try stock("A-1", program) == 5)
        #expect(refused.output.contains("missing") && refused.output.contains("not on the list"))
        let shown = try receive("A-1 2\nC-3\n", "--dry-run", "--json")
        #expect(shown.code == 0)
        let rows = try #require(
            try JSONSerialization.jsonObject(with: Data(shown.output.utf8)) as? [[String: Any]])
        #expect(rows.map { $0["difference"] as? Int } == [-1, -2, 1])
        #expect(rows.map { $0["listed"] as? Int } == [3, 2, nil])
        #expect(rows.allSatisfy { $0["booked"] as? Bool == false })
        let booked = try receive("A-1 2\nC-3\n", "--accept-differences")
        #expect(booked.code == 0, "\(booked.errors)")
        #expect(try stock("A-1", program) == 7)
        #expect(try stock("B-2", program) == 5)
        #expect(try stock("C-3", program) == 6)
        #expect(try cost("A-1", program).first?.contains("4.3") == true)
        // Where nothing came there is nothing to accept.
        let none = try receive("A-1 0\n", "--accept-differences")
        #expect(none.code == 1 && none.output.contains("missing"))
        #expect(none.complaints.last?.contains("Nothing is booked") == true, "\(none.errors)")
        #expect(try receive("A-1 0\n", "--accept-differences", "--dry-run").code == 0)
        #expect(try stock("A-1", program) == 7)
        // All as it says needs nobody's word.
        #expect(try receive("A-1 3\nB-2 2\n").code == 0)
        #expect(try stock("A-1", program) == 10)
    }

    @Test func ofAListThatCannotBeTakenEachLineIsNamed() throws {
        let program = try shop()
        let list = try program.home.file("note.csv", "sku,quantity\nA-1,1\nXX,1\nYY,2\n").path
        let refused = try program.run("stock", "receive", "-", "--against", list, input: "A-1\n")
        let told = refused.complaints.joined()
        #expect(refused.code == 1 && told.contains("row 3") && told.contains("row 4"), "\(told)")
        #expect(!told.contains("row 2"))
        #expect(try stock("A-1", program) == 5)
        let missing = try program.run("stock", "receive", "-", "--against", list + "x", input: "A-1\n")
        #expect(missing.code == 1)
        let count = try program.run("stock", "receive", "A-1", "1", "--accept-differences")
        #expect(count.code != 0)
    }
}
