import Foundation
import StoreDomain

/// What a user chose on the screen and would choose again: kept beside the cart, below every setting.
struct Preferences: Sendable {
    /// The file; nil keeps nothing, as in a throw-away store.
    let path: String?

    /// The theme that was kept last.
    var theme: String? {
        guard let path, let data = FileManager.default.contents(atPath: path), data.count < 1024 else {
            return nil
        }
        let name = String(decoding: data, as: UTF8.self).trimmedText
        return name.isEmpty ? nil : name
    }

    /// - Throws: `device` naming the file that cannot be written.
    func keep(theme: String) throws(StoreError) {
        guard let path else { return }
        do {
            try Data("\(theme)\n".utf8).write(to: URL(filePath: path), options: .atomic)
        } catch {
            throw .device(
                "The theme is on, but \(path) cannot be written, so the next start will not know it")
        }
    }
}
