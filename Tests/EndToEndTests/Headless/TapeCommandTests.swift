import Foundation
import Testing

/// Tapes of this program, as `storefront qa record` has written them: what a tester's commands do with them.
@Suite(.serialized, .timeLimit(.minutes(20))) struct TapeCommandTests {
    private static let folder = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Tapes").path
    private static let practice = folder + "/practice/wrong-count.tape"

    /// By their keys alone: what they ask for, and in which order, may change.
    @Test func everyTapeInTheFolderHolds() throws {
        let run = try Program().run("qa", "check", Self.folder, "--at-once", "--json")
        #expect(run.code == 0, "\(run.output)\(run.errors)")
        let tapes = try #require(try run.json()["tapes"] as? [[String: Any]])
        #expect(tapes.count >= 4 && tapes.allSatisfy { $0["holds"] as? Bool == true })
    }

    @Test func aDefectIsHandedOverAsAZipFile() throws {
        let tester = try Program()
        #expect(try tester.run("qa", "check", Self.practice, "--at-once").code == 1)
        let run = try tester.run("qa", "report", Self.practice, "--output", "defect.zip", "--yes", "--json")
        #expect(run.code == 0, "\(run.errors)")
        let told = try run.json()
        #expect(told["verdict"] as? String == "fails" && told["check"] as? String == "cart pieces 1")
        #expect(try #require(told["after"] as? Int) <= 2)

        // Somebody else, elsewhere, who has this file alone.
        let other = try Program()
        let zip = try Data(contentsOf: URL(filePath: tester.home.path("defect.zip")))
        try other.home.file("received.zip", zip)
        let opened = try other.run(
            "qa", "open", "received.zip", "--json", environment: ["TZ": "Asia/Tokyo", "LANG": "C"])
        #expect(opened.code == 1, "\(opened.errors)")
        #expect(try opened.json()["outcome"] as? String == "fails")
        #expect(try opened.json()["problem"] as? String == "there are 2")
    }

    @Test func aFolderHoldsTheSame() throws {
        let program = try Program()
        #expect(try program.run("qa", "report", Self.practice, "--output", "defect", "--yes").code == 0)
        let names = try FileManager.default.contentsOfDirectory(atPath: program.home.path("defect"))
        for name in ["REPRODUCE.md", "session.tape", "short.tape", "before.svg", "after.txt", "state.json"] {
            #expect(names.contains(name), "\(names)")
        }
        #expect(try program.run("qa", "open", "defect").code == 1)
        #expect(try program.run("qa", "check", "defect/short.tape").code == 1)
        #expect(try program.run("qa", "play", "defect/short.tape", "--compare").code == 0)
        #expect(try program.run("qa", "report", Self.practice, "--output", "defect", "--yes").code == 1)
    }

    @Test func aTapeIsExportedAsAPageAndAsPictures() throws {
        let program = try Program()
        for form in ["html", "png", "svg", "txt", "ansi"] {
            let run = try program.run("qa", "export", Self.practice, "--as", form, "--output", "x.\(form)")
            #expect(
                run.code == 0 && FileManager.default.fileExists(atPath: program.home.path("x.\(form)")),
                "\(form)")
        }
        let text = try program.run("qa", "export", Self.practice, "--as", "txt", "--step", "0")
        #expect(text.code == 0 && text.output.contains("Cart empty"))
        #expect(try program.run("qa", "export", Self.practice, "--as", "png").code == 1)
        #expect(try program.run("qa", "export", Self.practice, "--as", "html", "--step", "3").code == 64)
    }

    @Test func twoBuildsAreComparedByTheirPictures() throws {
        let program = try Program()
        let tape = Self.practice
        #expect(
            try program.run("qa", "export", tape, "--as", "pictures", "--output", "old.pictures").code == 0)
        let same = try program.run("qa", "diff", tape, "--with", "old.pictures", "--json")
        #expect(try same.code == 0 && same.json()["same"] as? Bool == true, "\(same.errors)")
        // A build that calls something else.
        let old = try String(contentsOfFile: program.home.path("old.pictures"), encoding: .utf8)
        try program.home.file("older.pictures", Data(old.replacing("Cart", with: "Cort").utf8))
        let other = try program.run("qa", "diff", tape, "--with", "older.pictures", "--json")
        let findings = try #require(other.json()["findings"] as? [[String: Any]])
        #expect(
            other.code == 1 && !findings.isEmpty && findings.allSatisfy { $0["kind"] as? String == "text" })
        #expect(try program.run("qa", "diff", tape, "--with-theme", "mono").code == 1)
        // What cannot be told.
        #expect(try program.run("qa", "diff", tape, "--with", tape).code == 2)
        #expect(try program.run("qa", "diff", tape, "--with", "/bin/false").code == 2)
        #expect(try program.run("qa", "diff", tape).code == 64)
    }

    @Test func theProgramItselfIsAnotherBuild() throws {
        let program = try Program()
        let itself = try Program.executable().path
        let run = try program.run("qa", "diff", Self.practice, "--with", itself)
        #expect(run.code == 0, "\(run.output)\(run.errors)")
        let bench = try program.run(
            "qa", "bench", Self.practice, "--with", itself, "--rounds", "1", "--json")
        let told = try bench.json()
        let (here, there) = (told["nanoseconds"] as? [Int], told["other"] as? [Int])
        #expect(bench.code == 0 && here?.isEmpty == false && here?.count == there?.count)
        #expect(try program.run("qa", "bench", Self.practice, "--with", "/bin/false").code == 2)
    }

    @Test func aTapeIsKeptAsAStage() throws {
        let program = try Program()
        func names() throws -> [String] {
            let stages = try program.run("qa", "stage", "--json").json()["stages"] as? [[String: Any]]
            return try #require(stages).compactMap { $0["name"] as? String }
        }
        let own = try names()
        #expect(own.contains("sold-out"))
        #expect(
            try program.run("qa", "stage", "save", "with-lamp", "--from", Self.practice, "--until", "20").code
                == 0)
        #expect(try names() == own + ["with-lamp"])
        // Nothing takes the place of another, and a name is a name.
        for name in ["with-lamp", "sold-out", "../x", "A b"] {
            #expect(
                try program.run("qa", "stage", "save", name, "--from", Self.practice).code == 1, "\(name)")
        }
        #expect(
            try program.run("qa", "stage", "save", "x", "--from", Self.practice, "--until", "9999").code == 1)
        #expect(try program.run("qa", "record", "x.tape", "--stage", "nowhere").code == 1)
        #expect(try program.run("qa", "stage", "remove", "with-lamp").code == 0)
        #expect(try names() == own && program.run("qa", "stage", "remove", "with-lamp").code == 1)
    }

    @Test func nothingIsWrittenWithoutAYes() throws {
        let program = try Program()
        let run = try program.run("qa", "report", Self.practice, "--output", "defect.zip")
        #expect(run.code == 1 && run.errors.contains("--yes"), "\(run.errors)")
        #expect(!FileManager.default.fileExists(atPath: program.home.path("defect.zip")))
        let text = try program.run("qa", "report", Self.practice, "--text")
        #expect(text.code == 0 && text.output.contains("cart pieces 1"))
    }

    @Test func aRandomHandFindsNothingAndLeavesNothing() throws {
        let program = try Program()
        let run = try program.run(
            "qa", "explore", "--seed", "7", "--steps", "40", "--faults", "some", "--output", "found", "--json"
        )
        #expect(run.code == 0, "\(run.output)\(run.errors)")
        #expect(try run.json()["seeds"] as? Int == 1 && (run.json()["steps"] as? Int ?? 0) >= 40)
        #expect(try FileManager.default.contentsOfDirectory(atPath: program.home.path("found")) == [])
        #expect(try program.run("qa", "explore", "--steps", "0", "--output", "found").code == 64)
        #expect(try program.run("qa", "explore", "--for", "soon", "--output", "found").code == 64)
    }

    @Test func whatTapesHaveTriedIsTold() throws {
        let run = try Program().run("qa", "cover", Self.folder, "--json")
        #expect(run.code == 0, "\(run.errors)")
        let commands = try #require(try run.json()["commands"] as? [[String: Any]])
        let cash = commands.first { $0["command"] as? String == "tillCash" }
        #expect(cash?["done"] as? Int == 1)
        #expect(cash?["nearest_stage"] as? String == "counter")
        #expect(
            try run.json()["screen_sessions"] as? Int ?? 0 > 2 && run.json()["line_sessions"] as? Int == 1)
        #expect(try Program().run("qa", "cover", Self.folder, "--missing").output.contains("tillDiscount"))
        #expect(try Program().run("qa", "cover").code == 64)
    }

    @Test func otherOrdersOfAnswersAreTried() throws {
        let program = try Program()
        let run = try program.run(
            "qa", "races", Self.folder + "/look-and-undo.tape", "--most", "2", "--output", "race.tape",
            "--json")
        #expect(run.code == 0, "\(run.output)\(run.errors)")
        #expect(try run.json()["holds"] as? Bool == true && run.json()["orders"] as? Int == 4)
        #expect(!FileManager.default.fileExists(atPath: program.home.path("race.tape")))
        // A session in lines has one order.
        #expect(try program.run("qa", "races", Self.folder + "/lines.tape").code == 2)
        #expect(try program.run("qa", "races", Self.practice, "--most", "0").code == 64)
    }

    @Test func whatDoesNotHoldLeavesATrace() throws {
        let program = try Program()
        try program.home.file(
            "tapes/wrong.tape", Data(contentsOf: URL(filePath: Self.practice)))
        try program.home.file(
            "tapes/right.tape",
            Data(contentsOf: URL(filePath: Self.folder + "/look-and-undo.tape")))
        let run = try program.run(
            "qa", "check", "tapes", "--at-once", "--jobs", "2", "--traces", "traces", "--json")
        #expect(run.code == 1, "\(run.errors)")
        let tapes = try #require(try run.json()["tapes"] as? [[String: Any]])
        #expect(tapes.map { $0["holds"] as? Bool } == [true, false], "in the order of their names")
        let names = try FileManager.default.contentsOfDirectory(atPath: program.home.path("traces"))
        #expect(Set(names) == ["wrong.tape", "wrong.txt"])
        let steps = try program.run("qa", "export", "traces/wrong.tape", "--as", "steps", "--json")
        #expect(try (steps.json()["text"] as? String)?.contains("It must hold") == true, "\(steps.errors)")
        try FileManager.default.createDirectory(
            atPath: program.home.path("empty"), withIntermediateDirectories: false)
        let empty = try program.run("qa", "check", "empty")
        #expect(empty.code == 1 && empty.errors.contains(".tape"), "\(empty.errors)")
        #expect(try program.run("qa", "check", "tapes", "--jobs", "0").code == 64)
    }

    /// The root command has a seed of its own and must leave this one alone.
    @Test func aRecordingHasTheSeedThatItIsGiven() throws {
        let program = try Program()
        #expect(try recorded("--seed", "9", by: program).contains("\"seed\":9"))
        #expect(try program.run("--seed", "9").code == 64)
    }

    @Test func aTapeNamesTheStageThatItBeganAt() throws {
        #expect(try recorded("--stage", "empty", by: Program()).contains("\"stage\":\"empty\""))
    }

    /// The tape of a session in lines that is left at once.
    private func recorded(_ options: String..., by program: Program) throws -> String {
        let run = try program.run(["qa", "record", "--plain"] + options + ["left.tape"], input: "quit\n")
        #expect(run.code == 0, "\(run.errors)")
        return try String(contentsOfFile: program.home.path("left.tape"), encoding: .utf8)
    }

    /// It is shown, and nothing that its shop would answer otherwise is told as a defect.
    @Test func aTapeOfAShopThatIsNotHereIsNotProved() throws {
        let program = try Program()
        let text = try String(contentsOfFile: Self.practice, encoding: .utf8)
        let masked = text.replacing(
            "\"facts\":{", with: "\"facts\":{\"isMasked\":true,", maxReplacements: 1)
        try program.home.file("tapes/own.tape", Data(masked.utf8))
        try program.home.file(
            "tapes/right.tape", Data(contentsOf: URL(filePath: Self.folder + "/look-and-undo.tape")))
        let check = try program.run("qa", "check", "tapes", "--at-once", "--json")
        #expect(check.code == 2, "\(check.output)\(check.errors)")
        let tapes = try #require(try check.json()["tapes"] as? [[String: Any]])
        #expect(tapes.map { $0["holds"] as? Bool } == [false, true])
        #expect((tapes[0]["doubt"] as? String)?.contains("own.tape") == true)
        #expect((tapes[0]["failures"] as? [Any])?.isEmpty == true)
        for arguments in [
            ["shrink", "tapes/own.tape", "--output", "short.tape"], ["cover", "tapes"],
            ["races", "tapes/own.tape"], ["play", "tapes/own.tape", "--take-over"],
            ["record", "next.tape", "--after", "tapes/own.tape"],
            ["stage", "save", "own", "--from", "tapes/own.tape"],
        ] {
            let run = try program.run(["qa"] + arguments)
            #expect(run.code == 1, "\(arguments)")
            #expect(
                run.errors.contains("own.tape") && run.errors.contains("storefront qa play"), "\(run.errors)"
            )
        }
        #expect(try program.run("qa", "play", "tapes/own.tape", "--until", "1").code == 0)
    }

    @Test func wrongArgumentsEndWith64() throws {
        let program = try Program()
        #expect(try program.run("qa", "report", Self.practice).code == 64)
        #expect(try program.run("qa", "report", Self.practice, "--text", "--output", "a").code == 64)
        #expect(try program.run("qa", "open").code == 64)
        #expect(try program.run("qa", "open", "nowhere.zip").code == 1)
        #expect(try program.run("qa", "open", Self.practice).code == 1)
    }
}
