import ArgumentParser
import BuildFacts
import Glibc
import ProgramKit
import StoreDomain

/// The program's entry: reads the arguments, runs the command, ends with one clear line when it cannot.
@main
enum ServerMain {
    static func main() async {
        do {
            var command = try StorefrontServer.parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch let error as StoreError {
            fail(error.message)
        } catch let error as ProgramFailure {
            fail(error.description)
        } catch {
            StorefrontServer.exit(withError: error)
        }
    }

    private static func fail(_ sentence: String) -> Never {
        ServerConsole.tell("storefront-server: \(sentence)")
        exit(1)
    }
}

/// `storefront-server`: without a subcommand, serves.
struct StorefrontServer: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "storefront-server", abstract: "The shop's REST API.",
        discussion: """
            Serves the store, which is made on the first start, on 127.0.0.1:5000: a file, or the PostgreSQL database \
            that DATABASE_URL names. --demo serves a throw-away store with demo data instead.

            Settings come from flags, the environment (STOREFRONT_…), .env, \
            $XDG_CONFIG_HOME/storefront/config.yaml and defaults. SECRET_KEY, FLASK_ENV, DATABASE_URL and the Flask \
            service's names for its database count as well.
            """,
        version: Build.line,
        subcommands: [
            ServerUsers.self, ServerBackup.self, ServerVerify.self, ServerDoctor.self, ServerAdopt.self,
            ServerCopy.self, ServerUnit.self, ServerManual.self,
        ])

    @OptionGroup var place: ServerStore

    @Option(help: "The address to listen on.")
    var host: String?

    @Option(help: "The port to listen on; 0 for any that is free.")
    var port: Int?

    @Flag(help: "Serve a throw-away store with demo data.")
    var demo = false

    @Option(help: ArgumentHelp("How many products the demo store has; implies --demo.", valueName: "n"))
    var demoProducts: Int?

    func validate() throws {
        if let demoProducts, !(1...1_000_000).contains(demoProducts) {
            throw ValidationError("--demo-products must be 1 to 1000000")
        }
        if demo || demoProducts != nil, place.db != nil {
            throw ValidationError("--demo keeps nothing and so takes no --db")
        }
    }

    func run() async throws {
        let places = Places.current()
        var flags = place.flags
        flags[ServerSettings.host.key] = host.map { FoundSetting(text: $0, source: "--host") }
        flags[ServerSettings.port.key] = port.map { FoundSetting(text: String($0), source: "--port") }
        let settings = try await Settings.load(ServerTable.all, flags: flags, in: places).checked()
        let isDemo = demo || demoProducts != nil
        try await Serving(
            settings: settings, places: places, demoProducts: isDemo ? .some(demoProducts) : nil
        ).run()
    }
}

/// Which store a command works on.
struct ServerStore: ParsableArguments {
    @Option(help: ArgumentHelp("The store file.", valueName: "path"))
    var db: String?

    func validate() throws {
        if db?.isEmpty == true { throw ValidationError("--db needs a path") }
    }

    var flags: [String: FoundSetting] {
        var flags: [String: FoundSetting] = [:]
        flags[ShopSettings.database.key] = db.map { FoundSetting(text: $0, source: "--db") }
        return flags
    }
}

/// Every setting of the server.
enum ServerTable {
    static let all = ShopSettings.all + ServerSettings.all
}

/// Words for whoever started the program.
enum ServerConsole {
    /// A line on standard error.
    static func tell(_ text: String) { write("\(harmless(text))\n", to: STDERR_FILENO) }
    /// Text on standard error as it is.
    static func say(_ text: String) { write(text, to: STDERR_FILENO) }
    /// A line of a result.
    static func line(_ text: String) { write("\(harmless(text))\n", to: STDOUT_FILENO) }

    /// Names and words come from whoever wrote them: without what a terminal obeys.
    private static func harmless(_ text: String) -> String {
        let kept = text.withoutInvisibles.unicodeScalars.map { scalar -> Unicode.Scalar in
            scalar.properties.generalCategory == .control && scalar != "\n" && scalar != "\t"
                ? "\u{FFFD}" : scalar
        }
        return String(String.UnicodeScalarView(kept))
    }

    private static func write(_ text: String, to descriptor: Int32) {
        _ = text.utf8CString.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count - 1) }
    }
}
