import ArgumentParser
import Foundation
import ProgramKit
import StoreDomain
import StoreSQLite
import StoreService

struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "Copy the store to a file, also while the shop is open.",
        discussion: """
            Without a file the copy goes into a folder, named by the shop and the time; --keep 14 --keep-days 30 \
            --keep-months 12 leaves of the copies there the latest fourteen and the last ones of so many days and \
            months. Nothing is taken away before the new copy is checked and on disk. \
            --schedule 03:30 copies nothing now, but writes the user units by which systemd does it every day. \
            --rehearse shows that a copy can be put back: exit code 1 says that it cannot.
            """)

    @OptionGroup var place: StoreOptions
    @OptionGroup var backup: BackupOptions
    @OptionGroup var output: OutputOptions

    @Option(
        help: ArgumentHelp(
            "Write systemd units that copy hourly, daily, weekly or at a time such as 03:30.",
            valueName: "when"))
    var schedule: BackupSchedule?

    func validate() throws {
        if schedule != nil, backup.file != nil {
            throw ValidationError("--schedule copies into a folder; leave the file out")
        }
    }

    func run() async throws {
        let places = Places.current()
        let settings = try await Settings.load(SettingTable.all, flags: place.flags, in: places).checked()
        let path = settings.databasePath(places)
        let folder = backup.folder(in: (path as NSString).deletingLastPathComponent.orHere)
        if let schedule { return try writeUnits(schedule, of: path, into: folder, settings, places) }
        if backup.rehearse { return try await rehearse(of: path, in: folder, settings) }
        try await CommandContext.with(place) { context in
            try backup.file.map { try copy(context.store, to: $0) }
                ?? copy(context.store, into: folder, settings)
        }
    }

    // MARK: - Copying

    private func copy(_ store: LocalStore, to file: String) throws {
        try write(store.database, to: file, overwrite: backup.overwrite)
        Outcome.print("\(store.path) was copied to \(file)", [("backup", .string(file))], output)
    }

    private func copy(_ store: LocalStore, into folder: String, _ settings: Settings) throws {
        try settings.requireWriting()
        let shelf = BackupFolder(folder)
        try shelf.prepare()
        // One of the same second is no older.
        let file = shelf.place(for: store.storeID, at: settings.clock.now())
        try write(store.database, to: file, overwrite: true)
        let removed = try shelf.prune(store.storeID, backup.kept.retention)
        Outcome.print(
            ["\(store.path) was copied to \(file)"] + removed.map { "\($0) was taken away" },
            [("backup", .string(file)), ("removed", .array(removed.map(OutputJSON.string)))], output)
    }

    private func write(_ database: StoreDatabase, to file: String, overwrite: Bool) throws {
        let progress = SharedProgress("copying, percent", of: 100)
        defer { progress.finish() }
        try StoreBackup.write(database, to: file, overwrite: overwrite) { progress.show(Int($0 * 100)) }
    }

    // MARK: - Rehearsing

    /// The shop need not be there: its disk may be what is gone.
    private func rehearse(of path: String, in folder: String, _ settings: Settings) async throws {
        let shop = try await FileStatus.exists(path) ? OpenedShop(path, settings) : nil
        let progress = SharedProgress("checking, step", of: StoreVerifier.Check.allCases.count)
        let (rehearsal, comparison): (BackupRehearsal, ShopComparison?)
        do {
            defer { progress.finish() }
            let file = try backup.file ?? BackupFolder(folder).latest(of: shop?.id)
            rehearsal = try await .run(
                file, at: settings.clock.now(), settings: settings.policy, zones: SystemZones.shared
            ) { progress.show($0.number) }
            comparison = try await shop?.database.comparison(with: rehearsal.standing)
        } catch {
            // What went wrong first is what counts.
            try? shop?.database.close()
            throw error
        }
        try shop?.database.close()
        if output.json {
            Console.write(rehearsal.json(comparison).text + "\n")
        } else {
            for line in rehearsal.lines(comparedWith: comparison) { Console.line(line) }
        }
        if !rehearsal.isGood(comparison) { throw ExitCode.failure }
    }

    // MARK: - A schedule

    private func writeUnits(
        _ schedule: BackupSchedule, of path: String, into folder: String, _ settings: Settings,
        _ places: Places
    ) throws {
        try settings.requireWriting()
        if let server = settings[SettingTable.remote] {
            throw CommandFailure(
                "this works on a store's own file, not over \(server.text); name the file with --db")
        }
        let program = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().path
        let command =
            [
                program, "backup", "--db", URL(fileURLWithPath: path).path, "--into",
                URL(fileURLWithPath: folder).path,
            ]
        let units = BackupUnits(
            [command + backup.kept.words] + (backup.rehearse ? [command + ["--rehearse"]] : []),
            schedule: schedule)
        let files = [("service", units.service()), ("timer", units.timer)].map { kind, text in
            ("\(places.userUnits)/storefront-backup.\(kind)", text)
        }
        for (file, text) in files {
            do {
                try FileManager.default.createDirectory(
                    atPath: places.userUnits, withIntermediateDirectories: true)
                try Data(text.utf8).write(to: URL(fileURLWithPath: file), options: .atomic)
            } catch { throw CommandFailure("\(file) cannot be written: \(error.localizedDescription)") }
        }
        let next = "systemctl --user daemon-reload && systemctl --user enable --now storefront-backup.timer"
        Outcome.print(
            files.map { "wrote \($0.0)" } + ["start it with: \(next)"],
            [("units", .array(files.map { .string($0.0) })), ("start", .string(next))], output)
    }
}

/// The shop that a copy is compared with.
private struct OpenedShop {
    let database: StoreDatabase
    let id: String

    init(_ path: String, _ settings: Settings) async throws {
        database = try StoreDatabase.open(
            at: path, mode: settings[SettingTable.readOnly] ? .readOnly : .existing,
            createdAs: StoreSeed(policy: settings.policy, uuid: "", now: settings.clock.now()))
        id = try await database.standing().uuid
    }
}

extension KeptCopies {
    var retention: BackupRetention { BackupRetention(last: keep, days: keepDays, months: keepMonths) }
}

extension String {
    /// A folder's path; empty is the one in which the program runs.
    fileprivate var orHere: String { isEmpty ? "." : self }
}

extension BackupRehearsal {
    fileprivate func json(_ shop: ShopComparison?) -> OutputJSON {
        func tables(_ standing: ShopStanding) -> OutputJSON {
            .object(ShopTables.copied.map { ($0.sqlite, .int(standing.rows[$0.sqlite] ?? 0)) })
        }
        return .object([
            ("copy", .string(copy)), ("bytes", .int(size)), ("schema", .int(schema)),
            ("good", .bool(isGood(shop))), ("rows", tables(standing)),
            ("shop_rows", shop.map { tables($0.standing) } ?? .null),
            (
                "journal",
                .array(
                    standing.journal.sorted { $0.key < $1.key }.map { chain, head in
                        .object([
                            ("chain", .string(chain)), ("records", .int(head.number)),
                            ("last", .string(head.hash)),
                        ])
                    })
            ),
            ("violations", .array(violations.map(\.json))),
            ("differences", .array((shop?.differences ?? []).map(OutputJSON.string))),
        ])
    }
}
