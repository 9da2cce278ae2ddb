/// Which program this is: its version, the commit it was built from, and with what.
public enum Build {
    public static let version = "0.1.0"

    /// "commit 1a2b3c4d5e6f of 2026-11-22"; "unknown commit" for a build without the repository.
    public static let commit =
        Commit.hash.isEmpty
        ? "unknown commit"
        : "commit \(Commit.hash.prefix(12))" + (Commit.date.isEmpty ? "" : " of \(Commit.date)")

    /// The compiler: "Swift 6.2".
    public static let toolchain = Commit.compiler.isEmpty ? "unknown Swift" : "Swift \(Commit.compiler)"

    /// All of it on one line: "0.1.0 (commit 1a2b3c4d5e6f of 2026-11-22, Swift 6.2)".
    public static let line = "\(version) (\(commit), \(toolchain))"
}
