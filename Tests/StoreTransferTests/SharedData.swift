import Foundation
import StoreDomain

@testable import StoreTransfer

/// The real catalogues in shared/data beside the project.
enum SharedData {
    private static func url(_ path: String) -> URL {
        URL(fileURLWithPath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
            .appendingPathComponent("shared/data/\(path)")
    }

    static func has(_ path: String) -> Bool { FileManager.default.fileExists(atPath: url(path).path) }

    static func read(_ path: String, includeUnpublished: Bool = false) throws -> CatalogFile {
        try TestCatalog.read(Data(contentsOf: url(path)), includeUnpublished: includeUnpublished)
    }
}

/// Reads catalogue files from text.
enum TestCatalog {
    /// 2026-11-22T00:00:00Z
    static let now = Timestamp(seconds: 1_795_305_600)

    static func read(
        _ bytes: some Sequence<UInt8>, untrackedStock: Int? = nil, includeUnpublished: Bool = false,
        zone: ShopZone = .utc
    ) throws -> CatalogFile {
        var reader = CatalogReader(
            options: ImportOptions(
                untrackedStock: untrackedStock, includeUnpublished: includeUnpublished, now: now, zone: zone))
        reader.consume(bytes)
        return try reader.finish()
    }

    static func read(
        _ text: String, untrackedStock: Int? = nil, includeUnpublished: Bool = false,
        zone: ShopZone = .utc
    ) throws -> CatalogFile {
        try read(
            text.utf8, untrackedStock: untrackedStock, includeUnpublished: includeUnpublished, zone: zone)
    }

    /// What is wrong with a file, each problem as people read it.
    static func problems(_ bytes: some Sequence<UInt8>) -> [String] {
        do {
            _ = try read(bytes)
            return []
        } catch {
            return (error as? ImportRefusal)?.problems.map(\.text) ?? ["\(error)"]
        }
    }

    static func problems(_ text: String) -> [String] { problems(text.utf8) }
}
