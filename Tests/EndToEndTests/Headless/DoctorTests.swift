import Foundation
import StoreDomain
import StoreService
import StoreSQLite
import Testing

@Suite struct DoctorTests {
    private func section(_ name: String, _ run: Program.Run) throws -> [String: Any] {
        try #require(try run.json()[name] as? [String: Any], "\(run.output)")
    }

    @Test func aStoreIsDescribed() throws {
        let program = try Program()
        let path = program.home.path("shop.db")
        try program.run("demo", "--products", "7", "--db", path)
        let run = try program.run("doctor", "--json", "--db", path)
        #expect(run.code == 0 && run.complaints.isEmpty, "\(run.errors)")
        let store = try section("store", run)
        #expect(store["journal"] as? String == "wal" && store["quick_check"] as? String == "ok")
        #expect(store["products"] as? Int == 7 && store["accounts"] as? Int == 5)
        #expect(store["read_only"] as? Bool == false && store["open_elsewhere"] as? Bool == false)
        let database = try StoreDatabase.open(
            at: path, mode: .existing,
            createdAs: StoreSeed(policy: ShopPolicy(), uuid: "", now: Timestamp(seconds: 0)))
        #expect(
            try section("store", program.run("doctor", "--json", "--db", path))["open_elsewhere"] as? Bool
                == true)
        try database.close()

        let text = try program.run("doctor", "--db", path).output
        for title in ["Keys", "Terminal", "Themes", "Store", "Paths", "Versions"] {
            #expect(text.contains("\n\(title)\n  "), "\(title) in\n\(text)")
        }
        #expect(text.contains("\n  open elsewhere  no\n"), "\(text)")
    }

    @Test func theTerminalSaysWhatItShowsAndWhy() throws {
        let program = try Program()
        let kinds: [(environment: [String: String], shown: String, delay: String, utf8: Bool)] = [
            (["TERM": "xterm-256color"], "256, all the terminal has", "25 ms, not over SSH", true),
            (
                ["TERM": "xterm-256color", "NO_COLOR": "1"], "none, NO_COLOR is set", "25 ms, not over SSH",
                true
            ),
            (
                ["TERM": "xterm-256color", "STOREFRONT_COLOR": "8", "ESCDELAY": "7"], "8, the setting color",
                "7 ms, ESCDELAY", true
            ),
            (
                ["TERM": "vt100", "SSH_TTY": "/dev/pts/0", "LC_ALL": "C"], "none, all the terminal has",
                "100 ms, over SSH", false
            ),
            (
                ["TERM": "linux", "STOREFRONT_ESCAPE_DELAY": "50"], "8, all the terminal has",
                "50 ms, the setting escape.delay", true
            ),
        ]
        for kind in kinds {
            let environment = ["LC_ALL": "C.UTF-8"].merging(kind.environment) { $1 }
            let terminal = try section("terminal", program.run("doctor", "--json", environment: environment))
            #expect(terminal["colors_shown"] as? String == kind.shown, "\(kind)")
            #expect(terminal["escape_delay"] as? String == kind.delay, "\(kind)")
            #expect(terminal["utf8"] as? Bool == kind.utf8, "\(kind)")
            #expect(terminal["is_terminal"] as? Bool == false)
        }
        let dumb = try program.run("doctor", environment: ["TERM": "dumb"])
        #expect(dumb.code == 1)
        #expect(
            dumb.complaints == [
                "storefront: this terminal (TERM=dumb) cannot place the cursor; try TERM=xterm-256color"
            ])
    }

    @Test func brokenThemesAreNamedWithTheirLine() throws {
        let program = try Program()
        try program.home.file("config/storefront/themes/mine.yaml", "name: mine\nstyles: {text: {fg: red}}\n")
        try program.home.file("config/storefront/themes/bad.yaml", "text: red\nname: [\n")
        let run = try program.run("doctor", "--json", environment: ["STOREFRONT_THEME": "gone"])
        let themes = try section("themes", run)
        #expect(run.code == 1 && run.complaints.count == 2, "\(run.errors)")
        #expect((themes["broken"] as? [String])?.first?.contains("themes/bad.yaml:3:1") == true, "\(themes)")
        #expect((themes["found"] as? [String])?.contains("mine") == true, "\(themes)")
        #expect(themes["in_use"] as? String == "gone" && themes["chosen_by"] as? String == "setting")
        #expect(run.complaints.last == "storefront: gone: no such theme")
    }

    @Test func aServerTakesThePlaceOfTheFile() throws {
        let program = try Program()
        // Nobody listens on the port for discarding.
        let run = try program.run("doctor", "--json", "--remote", "http://127.0.0.1:9")
        #expect(run.code == 1 && run.complaints.count == 1, "\(run.errors)")
        let server = try section("server", run)
        #expect(server["address"] as? String == "http://127.0.0.1:9")
        #expect(server["state"] as? String == "unusable")
        #expect(try run.json()["store"] == nil)
        #expect(!program.home.exists("data"))
    }

    @Test func whatIsNoStoreIsSaid() throws {
        let program = try Program()
        try program.home.file("x.db", String(repeating: "no store ", count: 500))
        let run = try program.run("doctor", "--json", "--db", program.home.path("x.db"))
        #expect(run.code == 1 && run.complaints.count == 1)
        #expect(try section("store", run)["state"] as? String == "unusable")
        #expect(try section("versions", run)["libcurl"] is String)
    }
}
