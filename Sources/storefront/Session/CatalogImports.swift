import Dispatch
import ProgramKit
import StoreDomain
import StoreTransfer
import StorefrontCore

/// Catalogue files for the import screen: read here, held against the store, and imported.
struct CatalogImports: Sendable {
    let transfer: any CatalogTransferService
    let policy: any PolicyService
    let clock: any StoreClock

    /// What importing a file would do.
    ///
    /// - Throws: `device` when it cannot be read.
    func look(at file: String, _ choices: ImportChoices, as principal: Principal)
        async throws(StoreError) -> ImportPreview
    {
        let (catalog, refusal) = try await read(file, choices)
        guard let catalog else { return ImportPreview(file: file, refusal) }
        let result = try await transfer.rehearseImport(catalog.products, as: principal)
        return ImportPreview(file: file, catalog, result, isDone: false)
    }

    /// Imports what `preview` says, unless it would do something else by now.
    func carryOut(
        _ preview: ImportPreview, _ choices: ImportChoices, as principal: Principal,
        progress: @escaping @Sendable (Int, Int) -> Void
    ) async throws(StoreError) -> ImportOutcome {
        let (catalog, refusal) = try await read(preview.file, choices)
        guard let catalog else { return .changed(ImportPreview(file: preview.file, refusal)) }
        let now = ImportPreview(
            file: preview.file, catalog,
            try await transfer.rehearseImport(catalog.products, as: principal), isDone: false)
        guard now == preview else { return .changed(now) }
        let count = catalog.products.count
        let result = try await transfer.importProducts(catalog.products, as: principal) {
            progress($0, count)
        }
        return .done(ImportPreview(file: preview.file, catalog, result, isDone: true))
    }

    /// The file, or why it cannot come in. Read on a thread of its own: the program goes on meanwhile.
    private func read(_ file: String, _ choices: ImportChoices) async throws(StoreError) -> (
        CatalogFile?, ImportRefusal
    ) {
        let policy = try await policy.current().policy
        let nothing = ImportRefusal(problems: [], count: 0)
        do {
            let options = ImportOptions(
                currency: policy.currency, untrackedStock: choices.untrackedStock,
                includeUnpublished: choices.includesUnpublished, now: clock.now(),
                zone: try SystemZones.shared.counted(by: policy))
            // A device or a pipe of this name would be read for ever.
            guard FileStatus.isRegular(file) else {
                throw StoreError.device("\(file) is not there, or is no file")
            }
            let result = await withCheckedContinuation { continuation in
                DispatchQueue.global().async {
                    continuation.resume(returning: Result { try CatalogFile.read(file, options) { _ in } })
                }
            }
            return (try result.get(), nothing)
        } catch let refusal as ImportRefusal {
            return (nil, refusal)
        } catch let failure as CommandFailure {
            throw .device(failure.description)
        } catch let error as StoreError {
            throw error
        } catch {
            throw .device("\(file) cannot be read")
        }
    }
}

extension ImportPreview {
    fileprivate init(file: String, _ refusal: ImportRefusal) {
        self.init(
            file: file, products: 0, added: 0, updated: 0, unchanged: 0, caution: nil, notes: [],
            refused: refusal.problems.map(\.text), refusedCount: refusal.count)
    }

    fileprivate init(file: String, _ catalog: CatalogFile, _ result: ImportResult, isDone: Bool) {
        let report = ImportReport(catalog: catalog, result: result, isDone: isDone)
        let refusal = result.refusal
        self.init(
            file: file, products: catalog.products.count, added: result.added, updated: result.updated,
            unchanged: result.unchanged, caution: report.caution,
            notes: [report.contents] + report.leftOut + report.notes,
            refused: refusal?.problems.map(\.text) ?? [], refusedCount: refusal?.count ?? 0)
    }
}
