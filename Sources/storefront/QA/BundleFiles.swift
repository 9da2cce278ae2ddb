import Foundation
import StorefrontTape

/// Bundles on the disk: folders and zip files.
enum BundleFiles {
    /// Writes all of it or nothing; only its owner can read it.
    static func write(_ files: [BundleFile], to path: String) throws {
        guard !path.lowercased().hasSuffix(".zip") else {
            let new = try OutputFile(path)
            try new.write(ZipArchive.bytes(of: files))
            return try new.finish()
        }
        guard !FileStatus.exists(path) else {
            throw CommandFailure("\(path) exists already; name another folder or take it away first")
        }
        let manager = FileManager.default
        let draft = "\(path).\(getpid())-new"
        do {
            try manager.createDirectory(
                atPath: draft, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
            for file in files { try Data(file.text.utf8).write(to: URL(filePath: "\(draft)/\(file.name)")) }
            try manager.moveItem(atPath: draft, toPath: path)
        } catch {
            try? manager.removeItem(atPath: draft)
            throw CommandFailure("\(path) cannot be written: \(error.localizedDescription)")
        }
    }

    /// - Throws: `CommandFailure` for what is no bundle.
    static func read(_ path: String) throws -> DefectBundle {
        do {
            return try DefectBundle(isFolder(path) ? files(inFolder: path) : files(inZip: path))
        } catch let problem as TapeProblem {
            throw CommandFailure("\(path): \(problem.description)")
        }
    }

    private static func isFolder(_ path: String) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
    }

    /// Those that the manifest names, and no others.
    private static func files(inFolder path: String) throws -> [BundleFile] {
        let manifest = "\(path)/\(DefectReport.manifestName)"
        guard FileStatus.exists(manifest) else {
            throw TapeProblem("This is no bundle: it has no \(DefectReport.manifestName)")
        }
        return try DefectBundle.names(in: text(manifest)).map { name in
            guard !name.contains("/") else { throw TapeProblem("\(name) is no file of a bundle") }
            return BundleFile(name, try text("\(path)/\(name)"))
        }
    }

    private static func files(inZip path: String) throws -> [BundleFile] {
        var bytes: [UInt8] = []
        try InputFile.read(path) { bytes += $0 }
        return try ZipArchive.files(in: bytes)
    }

    private static func text(_ path: String) throws -> String {
        var bytes: [UInt8] = []
        try InputFile.read(path) { bytes += $0 }
        return String(decoding: bytes, as: UTF8.self)
    }
}
