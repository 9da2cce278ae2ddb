import Foundation
import PackagePlugin

/// Makes `Commit.swift`: the commit that is built and the compiler that builds it. It runs anew only when another
/// commit is checked out or another compiler is used, and asks nothing of the network.
@main
struct BuildFactsPlugin: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
        let root = context.package.directoryURL
        let script = root.appending(path: "Sources/BuildFactsPlugin/commit.sh")
        let output = context.pluginWorkDirectoryURL.appending(path: "Commit.swift")
        let compiler = (try? context.tool(named: "swiftc"))?.url
        return [
            .buildCommand(
                displayName: "Noting the commit", executable: URL(filePath: "/bin/sh"),
                arguments: [script.path, root.path, compiler?.path ?? "swiftc", output.path],
                inputFiles: [script] + (compiler.map { [$0] } ?? []) + heads(of: root), outputFiles: [output])
        ]
    }

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
