import StoreDomain

/// The text file of a terminal's macros. A line in brackets begins one, with its key behind the brackets; the lines
/// below are what is typed at the till. A line that begins with # says something to people.
///
/// ```
/// [coffee and cake] F6
/// 4006381333931
/// -10%
/// 20 cash
/// ```
public struct MacroBook: Sendable {
    /// Those without a problem.
    public let macros: [TillMacro]
    /// By lines.
    public let problems: [Problem]

    /// What is wrong in a line.
    public struct Problem: Hashable, Sendable, CustomStringConvertible {
        /// Counted from 1.
        public let line: Int
        /// What is wrong and what to do, as a clause.
        public let reason: String

        public var description: String { "line \(line): \(reason)" }
    }

    /// So many macros at most.
    static let mostMacros = 100
    /// So many characters of a line at most, as on the till's own.
    static let longestLine = 200

    public init(macros: [TillMacro] = [], problems: [Problem] = []) {
        self.macros = macros
        self.problems = problems
    }

    /// Reads the file.
    ///
    /// - Parameters:
    ///   - currency: that of the amounts.
    ///   - keyProblem: why a key can play no macro, as a clause; nil where it can.
    public init(_ text: String, currency: Currency, keyProblem: (String) -> String?) {
        var reading = Reading(currency: currency)
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            reading.take(String(line).trimmedText, number: index + 1, keyProblem)
        }
        reading.end()
        self.init(macros: reading.macros, problems: reading.problems)
    }

    /// The shelf of what is in the file at `path`.
    public func shelf(of path: String) -> MacroShelf {
        MacroShelf(macros: macros, problems: problems.map { "\(path), \($0)" })
    }

    /// A macro as the file has it.
    public static func text(of macro: TillMacro) -> String {
        let key = macro.key.map { " \($0)" } ?? ""
        return (["[\(macro.name)]\(key)"] + macro.words).map { $0 + "\n" }.joined()
    }

    /// The file without a macro, with or without a problem; nil where there is none of that name. What stands above the
    /// next one for people stays.
    public static func removing(_ name: String, from text: String) -> String? {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        func heading(_ line: String) -> String? {
            let line = line.trimmedText
            guard line.hasPrefix("["), let close = line.firstIndex(of: "]") else { return nil }
            return String(line[line.index(after: line.startIndex)..<close])
        }
        let wanted = TillMacro(name: name, key: nil, words: [])
        guard let start = lines.firstIndex(where: { heading($0).map(wanted.isNamed) ?? false }) else {
            return nil
        }
        var end = lines[(start + 1)...].firstIndex { $0.trimmedText.hasPrefix("[") } ?? lines.count
        while end > start + 1, lines[end - 1].trimmedText.isEmpty || lines[end - 1].trimmedText.hasPrefix("#")
        {
            end -= 1
        }
        let rest = lines[..<start] + lines[end...].drop { $0.trimmedText.isEmpty }
        return rest.joined(separator: "\n")
    }

    /// Why a macro cannot be added to these; nil where it can.
    public func problem(ofAdding macro: TillMacro, keyProblem: (String) -> String?) -> FieldProblem? {
        if let problem = TillMacro.problem(ofName: macro.name) { return FieldProblem("name", problem) }
        if macros.contains(where: { $0.isNamed(macro.name) }) {
            return FieldProblem("name", "is that of another macro: take another name, or take that one away")
        }
        if let key = macro.key {
            if let problem = keyProblem(key) { return FieldProblem("key", problem) }
            if let other = macros.first(where: { $0.key?.lowercased() == key.lowercased() }) {
                return FieldProblem("key", "plays \(other.name) already: take another one")
            }
        }
        if macros.count >= Self.mostMacros {
            return FieldProblem("macros", "are \(Self.mostMacros) already: take one away first")
        }
        return nil
    }
}

extension MacroBook {
    /// What was read so far.
    fileprivate struct Reading {
        let currency: Currency
        var macros: [TillMacro] = []
        var problems: [Problem] = []
        /// The macro whose lines are being read.
        private var open: Open?

        private struct Open {
            let name: String
            let key: String?
            let line: Int
            var words: [String] = []
            var isBroken = false
        }

        init(currency: Currency) { self.currency = currency }

        mutating func take(_ line: String, number: Int, _ keyProblem: (String) -> String?) {
            if line.isEmpty || line.hasPrefix("#") { return }
            guard line.hasPrefix("[") else { return take(words: line, number) }
            end()
            guard let close = line.firstIndex(of: "]") else {
                problems.append(
                    Problem(
                        line: number,
                        reason:
                            "the bracket is not closed: write [name], and behind it the key, if it has one"))
                open = Open(name: "", key: nil, line: number, isBroken: true)
                return
            }
            let name = String(line[line.index(after: line.startIndex)..<close]).cleanText
            let key = String(line[line.index(after: close)...]).trimmedText
            let macro = TillMacro(name: name, key: key.isEmpty ? nil : key, words: [])
            let problem = MacroBook(macros: macros).problem(ofAdding: macro, keyProblem: keyProblem)
            if let problem {
                problems.append(Problem(line: number, reason: "the \(problem.field) \(problem.reason)"))
            }
            open = Open(name: name, key: macro.key, line: number, isBroken: problem != nil)
        }

        private mutating func take(words: String, _ number: Int) {
            guard var macro = open else {
                problems.append(
                    Problem(
                        line: number,
                        reason: "belongs to no macro: write a line above it with the macro\u{2019}s name in "
                            + "brackets, such as [coffee] F6"))
                // Said once for all lines up to the next name.
                open = Open(name: "", key: nil, line: number, isBroken: true)
                return
            }
            defer { open = macro }
            // A macro whose name is wrong tells of that first.
            if macro.isBroken, macro.words.isEmpty, macro.name.isEmpty { return }
            if let reason = problem(of: words, in: macro) {
                problems.append(Problem(line: number, reason: reason))
                macro.isBroken = true
            }
            macro.words.append(words)
        }

        private func problem(of words: String, in macro: Open) -> String? {
            if macro.words.count == TillMacro.mostWords {
                return "a macro has at most \(TillMacro.mostWords) lines: make two of it"
            }
            if macro.words.count > TillMacro.mostWords { return nil }
            if words.count > MacroBook.longestLine {
                return "is longer than \(MacroBook.longestLine) characters: no line of the till is"
            }
            do throws(TillEntry.Problem) {
                switch try TillEntry(words, currency: currency) {
                case .macro?: return "a macro plays no other one: write its words here instead"
                case .record?: return "a macro records nothing: take the line away"
                case .quantity?, .code?, .lineDiscount?, .saleDiscount?, .discountCode?, .price?, .cash?,
                    .card?, .other?, .giftCard?, .credit?, .sellGiftCard?, .balance?, .park?, .resume?,
                    .customer?, .newCustomer?, .training?, .anyway?, .note?, .exempt?, .find?, .refund?,
                    .drawer?, .less?, .more?, .takeOut?, .takeBack?, .undo?, .redo?, nil:
                    return nil
                }
            } catch { return error.sentence }
        }

        /// The macro that is being read has all its lines.
        mutating func end() {
            defer { open = nil }
            guard let macro = open else { return }
            if macro.words.isEmpty, !macro.isBroken {
                problems.append(
                    Problem(
                        line: macro.line,
                        reason:
                            "the macro \(macro.name) has no words: write below it what is typed at the till"))
            } else if !macro.isBroken {
                macros.append(TillMacro(name: macro.name, key: macro.key, words: macro.words))
            }
        }
    }
}
