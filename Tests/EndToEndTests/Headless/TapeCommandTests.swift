import Foundation
import Testing

/// Tapes of this program, as `storefront qa record` has written them: what a tester's commands do with them.
@Suite(.serialized, .timeLimit(.minutes(6))) struct TapeCommandTests {
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

    @Test func nothingIsWrittenWithoutAYes() throws {
        let program = try Program()
        let run = try program.run("qa", "report", Self.practice, "--output", "defect.zip")
        #expect(run.code == 1 && run.errors.contains("--yes"), "\(run.errors)")
        #expect(!FileManager.default.fileExists(atPath: program.home.path("defect.zip")))
        let text = try program.run("qa", "report", Self.practice, "--text")
        #expect(text.code == 0 && text.output.contains("cart pieces 1"))
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
