import BuildFacts
import ProgramKit
import StoreRemote

/// What this program is made of, for `storefront doctor --licences`: the packages linked into it, and the libraries
/// of the system that it runs with.
struct LicenceReport {
    private let packages = Build.packages(of: "storefront")
    private let libraries: [SystemLibrary]

    init() {
        // Loaded when a server is asked for, else not.
        _ = CurlTransport.version
        libraries = SystemLibrary.loaded()
    }

    var text: String {
        var linked = TextTable([.init("Linked in"), .init("Version"), .init("Licence"), .init("Copyright")])
        var loaded = TextTable([.init("Library of the system"), .init("Package"), .init("Licence")])
        return linked.lines(
            packages.map { package in
                [
                    package.name, package.version, package.licence.isEmpty ? "unknown" : package.licence,
                    package.holder,
                ]
            }) + "\n"
            + loaded.lines(
                libraries.map { library in
                    [
                        library.path, library.package ?? "none",
                        library.licence ?? library.copyrightFile.map { "see \($0)" } ?? "unknown",
                    ]
                })
    }

    var json: OutputJSON {
        .object([
            (
                "packages",
                .array(
                    packages.map { package in
                        .object([
                            ("name", .string(package.name)), ("version", .string(package.version)),
                            ("source", .string(package.source)), ("licence", .string(package.licence)),
                            ("copyright", .string(package.holder)),
                            ("files", .array(package.files.map(OutputJSON.string))),
                        ])
                    })
            ),
            (
                "libraries",
                .array(
                    libraries.map { library in
                        .object([
                            ("path", .string(library.path)), ("package", .text(library.package)),
                            ("licence", .text(library.licence)),
                            ("copyright_file", .text(library.copyrightFile)),
                        ])
                    })
            ),
        ])
    }
}
