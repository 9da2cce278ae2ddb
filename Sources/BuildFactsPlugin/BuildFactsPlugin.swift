import Foundation
import PackagePlugin

/// Makes `Commit.swift`: the commit that is built and the compiler that builds it; and `LinkedPackages.swift`: the
/// packages that are linked into the programs, with their licences. It runs anew only when another commit is checked
/// out, another compiler is used or a package changes, and asks nothing of the network.
@main
struct BuildFactsPlugin: BuildToolPlugin {
    private static let programs = ["storefront", "storefront-server"]

    func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
        let root = context.package.directoryURL
        let compiler = (try? context.tool(named: "swiftc"))?.url
        let directory = context.pluginWorkDirectoryURL
        let commit = directory.appending(path: "Commit.swift")
        let licences = directory.appending(path: "LinkedPackages.swift")
        func script(_ name: String) -> URL { root.appending(path: "Sources/BuildFactsPlugin/\(name)") }
        let packages = try linkedPackages(context.package)
        return [
            .buildCommand(
                displayName: "Noting the commit", executable: URL(filePath: "/bin/sh"),
                arguments: [
                    script("commit.sh").path, root.path, compiler?.path ?? "swiftc", commit.path,
                ],
                inputFiles: [script("commit.sh")] + (compiler.map { [$0] } ?? []) + heads(of: root),
                outputFiles: [commit]),
            .buildCommand(
                displayName: "Noting the packages' licences", executable: URL(filePath: "/bin/sh"),
                arguments: [script("licences.sh").path, licences.path, compiler?.path ?? "swiftc"]
                    + packages.flatMap(\.arguments),
                inputFiles: [script("licences.sh")] + (compiler.map { [$0] } ?? []),
                outputFiles: [licences]),
        ]
    }

    // MARK: - Packages

    private struct Linked {
        let package: Package
        var programs: [String]

        var arguments: [String] {
            let (source, version): (String, String) =
                switch package.origin {
                case .root, .local: ("", "")
                case .repository(let url, let version, _): (url, version)
                case .registry(let identity, let version): (identity, version)
                @unknown default: ("", "")
                }
            return [
                package.displayName, version, source, package.directoryURL.path,
                programs.joined(separator: ","),
            ]
        }
    }

    /// Of every package those that a program's targets lead to.
    private func linkedPackages(_ root: Package) throws -> [Linked] {
        var owners: [Target.ID: Package] = [:]
        var waiting = root.dependencies.map(\.package)
        var seen: Set<Package.ID> = []
        while let package = waiting.popLast() {
            guard seen.insert(package.id).inserted else { continue }
            for target in package.targets { owners[target.id] = package }
            waiting += package.dependencies.map(\.package)
        }
        var linked: [Package.ID: Linked] = [:]
        for program in Self.programs {
            guard let target = root.targets.first(where: { $0.name == program }) else {
                throw UnknownProgram(name: program)
            }
            let packages = target.recursiveTargetDependencies.compactMap { owners[$0.id] }
            for package in packages {
                var entry = linked[package.id] ?? Linked(package: package, programs: [])
                if !entry.programs.contains(program) { entry.programs.append(program) }
                linked[package.id] = entry
            }
        }
        return linked.values.sorted { $0.package.displayName < $1.package.displayName }
    }

    private struct UnknownProgram: Error, CustomStringConvertible {
        let name: String

        var description: String { "the package has no program \(name)" }
    }

    // MARK: - The commit

    /// The files of Git's that change with the commit; none where there is no repository.
    private func heads(of root: URL) -> [URL] {
        let dotGit = root.appending(path: ".git")
        var git = dotGit
        // In a worktree it is a file that names the directory.
        if let text = try? String(contentsOf: dotGit, encoding: .utf8), text.hasPrefix("gitdir: ") {
            let path = text.dropFirst("gitdir: ".count).trimmingCharacters(in: .whitespacesAndNewlines)
            git = URL(filePath: path, relativeTo: root)
        }
        return ["HEAD", "logs/HEAD"].map { git.appending(path: $0) }
            .filter { FileManager.default.fileExists(atPath: $0.path) }
    }
}
