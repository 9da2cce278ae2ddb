import ArgumentParser
import Foundation
import ProgramKit
import StoreDomain
import StorefrontCore
import StorefrontTUI
import StorefrontTape

/// A session in a throw-away shop, from its beginning to its end, on tape.
struct RecordedRun {
    private let look: LookOptions
    private let repeatable: QAOptions
    private let products: Int?
    private let before: TapeFacts?
    private let earlier: [EarlierEvent]
    private let parent: ParentTape?

    /// - Parameters:
    ///   - before: of a tape whose shop this is; nil for a new one.
    ///   - earlier: what is done before the session is a tester's.
    init(
        _ look: LookOptions, _ repeatable: QAOptions, products: Int?, after before: TapeFacts? = nil,
        earlier: [EarlierEvent], parent: ParentTape?
    ) {
        self.look = look
        self.repeatable = repeatable
        self.products = products
        self.before = before
        self.earlier = earlier
        self.parent = parent
    }

    func record(on file: String, notice: String) async throws {
        let places = Places.current()
        let settings = try await Settings.load(SettingTable.all, flags: look.flags, in: places).checked()
        let session = try QASession(
            repeatable, products: products, tape: file, after: before, earlier: earlier, parent: parent,
            in: places)
        let launch = Launch(
            store: .demo(products: products), settings: settings,
            keyMap: try KeyBindings.load(from: places).map(), notice: notice, places: places,
            noColor: look.noColor, qa: session)
        guard earlier.isEmpty || !launch.plain else {
            throw CommandFailure("What goes on from a stage or a tape needs a full screen; leave --plain out")
        }
        let code = try await runSession(launch, on: StorefrontMain.executor)
        if code != .success { throw code }
    }
}

/// A session by hand from a step of another tape on: what was done there is done anew in a shop like its own.
struct HandsOn {
    private let path: String
    private let parent: ParentTape
    private let run: RecordedRun

    /// - Parameter step: so many steps of the tape; nil for all of them.
    /// - Throws: `CommandFailure` for a tape that cannot be gone on with.
    init(
        after path: String, step: Int?, _ look: LookOptions, _ repeatable: QAOptions, products: Int?
    ) throws {
        let tape = try TapeFile.read(path)
        self.path = path
        let facts = tape.header.facts
        parent = ParentTape(
            name: URL(filePath: path).lastPathComponent, step: min(step ?? tape.steps, tape.steps))
        do throws(TapeProblem) {
            run = RecordedRun(
                look, repeatable, products: products ?? facts.products, after: facts,
                earlier: try tape.earlier(until: step, secret: ProofShops.secret), parent: parent)
        } catch {
            throw CommandFailure("\(path): \(error.description)")
        }
    }

    /// A name beside the tape that no file has: `scan-118.tape`, `scan-118-2.tape` …
    var freePath: String {
        let base = path.hasSuffix(".tape") ? String(path.dropLast(5)) : path
        let first = "\(base)-\(parent.step)"
        var (name, number) = ("\(first).tape", 1)
        while FileStatus.exists(name) {
            number += 1
            name = "\(first)-\(number).tape"
        }
        return name
    }

    func record(on file: String) async throws {
        try await run.record(
            on: file, notice: "By hand from \(parent.words) on, recorded on \(file)")
    }
}
