import Foundation
import Testing

/// `storefront backup` with a folder of copies, its rehearsal and its schedule.
@Suite struct BackupCommandTests {
    private func shop() throws -> (program: Program, path: String) {
        let program = try Program()
        let path = program.home.path("shop/store.db")
        #expect(try program.run("demo", "--db", path, "--products", "12").code == 0)
        return (program, path)
    }

    private func clock(_ minute: Int) -> [String: String] {
        ["STOREFRONT_FIXED_CLOCK": "2026-11-30T10:\(minute):00Z"]
    }

    private func names(_ program: Program, _ folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: program.home.path(folder)).sorted()
    }

    @Test func copiesGoIntoAFolderAndOldOnesAreTakenAway() throws {
        let (program, path) = try shop()
        for minute in 10...12 {
            let run = try program.run(
                "backup", "--db", path, "--keep", "2", "--json", environment: clock(minute))
            let file = try #require(try run.json()["backup"] as? String)
            #expect(file.hasPrefix(program.home.path("shop/backups/shop-")), "\(file)")
            #expect(file.hasSuffix("-2026-11-30T10\(minute)00Z.db"), "\(file)")
            #expect((try run.json()["removed"] as? [String])?.count == (minute == 12 ? 1 : 0))
        }
        #expect(try names(program, "shop/backups").map { $0.suffix(10) } == ["101100Z.db", "101200Z.db"])
        // The same second once more takes its own place.
        #expect(try program.run("backup", "--db", path, environment: clock(12)).code == 0)
        #expect(try names(program, "shop/backups").count == 2)
        #expect(try program.run("backup", "--db", path, "--into", "elsewhere").code == 0)
        #expect(try names(program, "elsewhere").count == 1)
    }

    @Test func aRehearsalSaysWhatItDid() throws {
        let (program, path) = try shop()
        let none = try program.run("backup", "--rehearse", "--db", path)
        #expect(none.code == 1 && none.complaints.count == 1, "\(none.errors)")
        try program.run("backup", "--db", path)
        try program.run("product", "add", "--name", "Later", "--price", "1", "--db", path)
        let run = try program.run("backup", "--rehearse", "--db", path, "--json")
        let found = try run.json()
        #expect(run.code == 0 && found["good"] as? Bool == true, "\(run.output)")
        #expect((found["rows"] as? [String: Any])?["product"] as? Int == 12)
        #expect((found["shop_rows"] as? [String: Any])?["product"] as? Int == 13)
        let text = try program.run("backup", "--rehearse", "--db", path).output
        #expect(text.contains("\nproduct: 12, in the shop now 13\n"), "\(text)")
        #expect(text.contains("\nverify: as it should be\n"), "\(text)")

        // The shop is gone, as on the day for which copies are made.
        let copy = try #require(found["copy"] as? String)
        try FileManager.default.removeItem(atPath: path)
        let without = try program.run("backup", "--rehearse", copy, "--db", path)
        #expect(without.code == 0 && without.output.contains("no shop here"), "\(without.output)")
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test func aCopyOfAnotherShopIsNoGood() throws {
        let (program, path) = try shop()
        let other = program.home.path("other/store.db")
        try program.run("product", "add", "--name", "x", "--price", "1", "--db", other)
        try program.run("backup", "copy.db", "--db", other)
        let run = try program.run("backup", "--rehearse", "copy.db", "--db", path)
        #expect(run.code == 1 && run.output.contains("another shop"), "\(run.output)")
    }

    @Test func aScheduleIsAPairOfUnits() throws {
        let (program, path) = try shop()
        let run = try program.run(
            "backup", "--schedule", "03:30", "--rehearse", "--db", path, "--into", "my copies 50%", "--keep",
            "14",
            "--json")
        let units = try #require(try run.json()["units"] as? [String])
        let texts = try units.map { try String(contentsOfFile: $0, encoding: .utf8) }
        #expect(
            units
                == ["service", "timer"].map {
                    program.home.path("config/systemd/user/storefront-backup.\($0)")
                })
        let folder = program.home.path("my copies 50%%")
        let lines = texts[0].split(separator: "\n").filter { $0.hasPrefix("ExecStart=/") }
        #expect(lines.count == 2, "\(texts[0])")
        #expect(lines[0].hasSuffix(" backup --db \(path) --into \"\(folder)\" --keep 14"), "\(lines[0])")
        #expect(lines[1].hasSuffix(" backup --db \(path) --into \"\(folder)\" --rehearse"), "\(lines[1])")
        #expect(
            texts[1].contains("\nOnCalendar=*-*-* 03:30:00\n") && texts[1].contains("\nPersistent=true\n"))
        // Nothing was copied, and systemd has nothing against it.
        #expect(!program.home.exists("my copies 50%"))
        if FileManager.default.isExecutableFile(atPath: "/usr/bin/systemd-analyze") {
            let check = Process()
            check.executableURL = URL(fileURLWithPath: "/usr/bin/systemd-analyze")
            check.arguments = ["verify", "--man=no"] + units
            check.standardError = FileHandle.nullDevice
            try Program.finish(check)
            #expect(check.terminationStatus == 0)
        }
        let daily = try program.run("backup", "--schedule", "daily", "--db", path)
        #expect(daily.code == 0 && daily.output.contains("enable --now storefront-backup.timer"))
    }

    @Test(arguments: [
        ["x.db", "--into", "y"], ["x.db", "--keep", "3"], ["--keep", "0"], ["--overwrite"],
        ["--schedule", "25:00"], ["--schedule", "sometimes"], ["x.db", "--schedule", "daily"], [""],
        ["--into", ""],
    ])
    func whatContradictsItselfIsRefused(_ arguments: [String]) throws {
        let program = try Program()
        let run = try program.run(["backup"] + arguments)
        #expect(run.code == 64 && run.complaints.count == 1, "\(run.errors)")
        #expect(!program.home.exists("data") && !program.home.exists("config"))
    }

    @Test func readOnlyLeavesTheFolderAlone() throws {
        let (program, path) = try shop()
        try program.run("backup", "--db", path)
        let before = try names(program, "shop/backups")
        for arguments in [["backup", "--keep", "1"], ["backup", "--schedule", "daily"]] {
            let run = try program.run(arguments + ["--db", path, "--read-only"])
            #expect(run.code == 1 && run.errors.contains("read-only"), "\(run.errors)")
        }
        #expect(try program.run("backup", "--rehearse", "--db", path, "--read-only").code == 0)
        #expect(try names(program, "shop/backups") == before)
    }
}
