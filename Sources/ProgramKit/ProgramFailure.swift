/// Why a program cannot go on: one sentence for people.
package struct ProgramFailure: Error, CustomStringConvertible {
    package let description: String

    package init(_ sentence: String) { description = sentence }
}
