/// A package that is linked into a program, as the build found it.
public struct LinkedPackage: Sendable {
    public let name: String
    /// Empty for one that has none, such as a directory.
    public let version: String
    /// Where it comes from.
    public let source: String
    /// Its SPDX name, such as `Apache-2.0`; empty where the words of its licence are of none that is known.
    public let licence: String
    /// The first line that names who holds the copyright; empty where none does.
    public let holder: String
    /// The files of the package that say so.
    public let files: [String]
    /// The programs that it is linked into.
    public let programs: [String]
}

extension Build {
    /// The packages that are linked into a program, by name.
    public static func packages(of program: String) -> [LinkedPackage] {
        LinkedPackages.all.filter { $0.programs.contains(program) }
            .sorted { $0.name.lowercased() < $1.name.lowercased() }
    }
}
