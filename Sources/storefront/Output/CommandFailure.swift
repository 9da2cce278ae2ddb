import ArgumentParser
import ProgramKit
import StoreDomain
import StoreTransfer
import TerminalKit

/// Why a command could not do what it was asked: one sentence for people.
struct CommandFailure: Error, CustomStringConvertible {
    let description: String

    init(_ sentence: String) { description = sentence }
}

/// Turns whatever ends a command into words on stderr and an exit code.
enum CommandEnd {
    /// Never returns. 0 after help and version, 64 for wrong arguments, 1 for everything else.
    static func exit(with error: any Error) -> Never {
        if let code = error as? ExitCode { Storefront.exit(withError: code) }
        if let words = words(for: error) {
            for line in words { Console.complain(line) }
            Storefront.exit(withError: ExitCode.failure)
        }
        guard Storefront.exitCode(for: error) == ExitCode.validationFailure else {
            Storefront.exit(withError: error)
        }
        let sentence = Storefront.message(for: error)
        Console.complain("\(sentence)\(sentence.hasSuffix(".") ? "" : ".") See storefront --help.")
        Storefront.exit(withError: ExitCode.validationFailure)
    }

    /// nil for what ArgumentParser says itself.
    private static func words(for error: any Error) -> [String]? {
        switch error {
        case let error as StoreError: [error.message]
        case let error as CommandFailure: [error.description]
        case let error as ProgramFailure: [error.description]
        case let error as ImportRefusal:
            error.problems.map(\.text)
                + (error.count > error.problems.count
                    ? ["and \(error.count - error.problems.count) more problems"] : [])
                + ["nothing was imported"]
        default: nil
        }
    }
}
