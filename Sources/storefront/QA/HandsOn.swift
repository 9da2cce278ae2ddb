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
    private let stage: String?

    /// - Parameters:
    ///   - before: of a tape whose shop this is; nil for a new one.
    ///   - earlier: what is done before the session is a tester's.
    ///   - stage: at which it begins; nil for that of the tape before, or for none.
    init(
        _ look: LookOptions, _ repeatable: QAOptions, products: Int?, after before: TapeFacts? = nil,
        earlier: [EarlierEvent], parent: ParentTape?, stage: String? = nil
    ) {
        self.stage = stage ?? before?.stage
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
            stage: stage, in: places)
        let launch = Launch(
            store: .demo(products: products), settings: settings,
            keyMap: try KeyBindings.load(from: places).map(), notice: notice, places: places,
            noColor: look.noColor, qa: session)
        guard earlier.isEmpty || !launch.plain else {
            throw CommandFailure("What goes on from a stage or a tape needs a full screen; leave --plain out")
        }
        let code = try await runSession(launch, on: StorefrontMain.executor)
        if code != .success { throw code }
        guard let wish = session.next.wish else { return }
        try await goOn(wish, after: file)
    }

    /// What a tester wants after the session on that tape.
    private func goOn(_ wish: QAWish, after file: String) async throws {
        switch wish {
        case .goBack(let step):
            let hands = try HandsOn(after: file, step: step, look, repeatable, products: products)
            try await hands.record(on: hands.freePath)
        case .stage(let name):
            let next = FreeName.beside(file, "-\(name)", ending: "tape")
            guard let stage = Stage(rawValue: name) else {
                let kept = try StageFolder(Places.current()).tape(of: name)
                return try await HandsOn(
                    after: kept, step: nil, look, repeatable, products: products, stage: name
                ).record(on: next)
            }
            try await RecordedRun(
                look, repeatable, products: products, after: before, earlier: stage.earlier, parent: nil,
                stage: name
            ).record(on: next, notice: "The stage \(name), recorded on \(next)")
        case .report:
            Console.tell("\(file) is proved and made short; this may take a while")
            let bundle = FreeName.beside(file, "", ending: "zip")
            try await QAReportCommand.parse([file, "--output", bundle]).run()
        }
    }
}

/// Names of files that nobody has yet.
enum FreeName {
    /// `scan-118.tape`, `scan-118-2.tape` … beside `scan.tape`.
    static func beside(_ path: String, _ addition: String, ending: String) -> String {
        let base = path.hasSuffix(".tape") ? String(path.dropLast(5)) : path
        var (name, number) = ("\(base)\(addition).\(ending)", 1)
        while FileStatus.exists(name) {
            number += 1
            name = "\(base)\(addition)-\(number).\(ending)"
        }
        return name
    }
}

/// A session by hand from a step of another tape on: what was done there is done anew in a shop like its own.
struct HandsOn {
    private let path: String
    private let parent: ParentTape
    /// What the tape itself goes on from.
    private let grandparent: ParentTape?
    private let run: RecordedRun

    /// - Parameters:
    ///   - step: so many steps of the tape; nil for all of them.
    ///   - stage: the name under which the tape is kept; nil for one that is no stage.
    /// - Throws: `CommandFailure` for a tape that cannot be gone on with.
    init(
        after path: String, step: Int?, _ look: LookOptions, _ repeatable: QAOptions, products: Int?,
        stage: String? = nil
    ) throws {
        let tape = try TapeFile.readForProof(path)
        self.path = path
        let facts = tape.header.facts
        grandparent = facts.parent
        parent = ParentTape(
            name: URL(filePath: path).lastPathComponent, step: min(step ?? tape.steps, tape.steps))
        do throws(TapeProblem) {
            run = RecordedRun(
                look, repeatable, products: products ?? facts.products, after: facts,
                earlier: try tape.earlier(until: step, secret: ProofShops.secret), parent: parent,
                stage: stage)
        } catch {
            throw CommandFailure("\(path): \(error.description)")
        }
    }

    /// A name beside the tape that no file has, such as `scan-118.tape`; a branch of a branch is named as its root is.
    var freePath: String {
        let isBranch = grandparent.map { path.hasSuffix("-\($0.step).tape") } ?? false
        let root =
            isBranch ? String(path.prefix(upTo: path.lastIndex(of: "-") ?? path.endIndex)) + ".tape" : path
        return FreeName.beside(root, "-\(parent.step)", ending: "tape")
    }

    func record(on file: String) async throws {
        try await run.record(
            on: file, notice: "By hand from \(parent.words) on, recorded on \(file)")
    }
}
