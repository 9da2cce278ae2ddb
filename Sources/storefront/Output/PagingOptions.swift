import ArgumentParser

/// Which part of a list.
struct PagingOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The page, counted from 1.", valueName: "n"))
    var page = 1

    @Option(help: ArgumentHelp("Rows on a page, 1 to 500.", valueName: "n"))
    var perPage = 50

    @Flag(help: "All pages, one after the other.")
    var all = false

    func validate() throws {
        guard page >= 1 else { throw ValidationError("--page must be 1 or more") }
        guard (1...500).contains(perPage) else { throw ValidationError("--per-page must be 1 to 500") }
    }
}

/// A JSON list that is written as it comes: one element a line, then what is said about all of them.
struct JSONList {
    private let name: String
    private var isFirst = true

    init(_ name: String) {
        self.name = name
    }

    mutating func write(_ elements: [OutputJSON]) {
        for element in elements {
            Console.write((isFirst ? "{\"\(name)\":[\n" : ",\n") + element.text)
            isFirst = false
        }
    }

    func finish(_ members: [(String, OutputJSON)]) {
        let rest = OutputJSON.object(members).text.dropFirst()
        Console.write((isFirst ? "{\"\(name)\":[" : "\n") + "]" + (members.isEmpty ? "" : ",") + rest + "\n")
    }
}
