import Foundation
import StoreDomain
import StoreService
import StoreSQLite

/// A directory of one test's own, removed when the test lets go of it.
final class TemporaryDirectory: Sendable {
    let path: String

    init() throws {
        var template = Array(
            (NSTemporaryDirectory() as NSString)
                .appendingPathComponent("storefront-test-XXXXXX").utf8CString)
        guard mkdtemp(&template) != nil else { throw POSIXError(.EIO) }
        path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func file(_ name: String) -> String { (path as NSString).appendingPathComponent(name) }
    func bytes(_ name: String) throws -> Data { try Data(contentsOf: URL(fileURLWithPath: file(name))) }
    func write(_ data: Data, to name: String) throws { try data.write(to: URL(fileURLWithPath: file(name))) }
    func names() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: path).sorted() }
}

extension StoreSeed {
    static func test(isDemo: Bool = false, policy: ShopPolicy = ShopPolicy()) -> StoreSeed {
        StoreSeed(policy: policy, isDemo: isDemo, uuid: "11111111-2222-4333-8444-555555555555", now: .test)
    }
}

extension Timestamp {
    /// 2026-01-02T03:04:05Z
    static let test = Timestamp(seconds: 1_767_323_045)
}
