import StoreDomain
import StorefrontCore

/// One line of a page, a sentence that stands for itself.
struct PlainLine: Hashable, Codable {
    /// What a row of a list is called by, counted from 1.
    var number: Int?
    var text: String
    /// A person has marked it: that is told when it happens, and with the line.
    var isMarked = false
    /// Said again whenever it still holds.
    var isProblem = false

    init(_ text: String, number: Int? = nil, isMarked: Bool = false, isProblem: Bool = false) {
        self.text = text
        self.number = number
        self.isMarked = isMarked
        self.isProblem = isProblem
    }

    var spoken: String { (number.map { "\($0). " } ?? "") + text + (isMarked ? ", marked" : "") }
}

/// A screen, or what lies over one, as lines. Two with the same title are the same place.
struct PlainSheet: Hashable, Codable {
    var title: String
    var lines: [PlainLine] = []
    /// What helps here, told once a session.
    var hint: String?
    /// New lines are told also when the place is the same. A list tells by its status.
    var tellsChanges = true
}

/// What the next line is taken for.
enum PlainPrompt: Hashable, Codable {
    /// The name of a command; the label says where one is.
    case command(String)
    /// A field; an empty line keeps its value where it has one.
    case field(String, value: String, isSecret: Bool)
    /// A number or a name from a list; an empty line keeps what is current.
    case choice(String, current: String?)
    case yesNo(String)

    static func field(_ field: Form.Field) -> PlainPrompt {
        let isSecret = field.input.isSecret
        return .field(
            field.label, value: isSecret && !field.input.isEmpty ? "\u{2022}" : field.input.text,
            isSecret: isSecret)
    }

    var isSecret: Bool { if case .field(_, _, true) = self { true } else { false } }

    var text: String {
        switch self {
        case .command(let place): "\(place)> "
        case .field(let label, let value, let isSecret):
            value.isEmpty
                ? "\(label): " : isSecret ? "\(label), as typed before: " : "\(label), now \(value): "
        case .choice(let label, let current): current.map { "\(label), now \($0): " } ?? "\(label.asLabel) "
        case .yesNo(let question): "\(question) y or n: "
        }
    }
}

/// A screen in lines, and what it asks.
struct PlainPlace {
    let sheet: PlainSheet
    /// nil where the name of a command is expected.
    let prompt: PlainPrompt?
    /// Asked before `prompt`, until it is answered; with the names that can be chosen.
    let choice: PlainPrompt?
    let choices: [String]

    init(
        _ sheet: PlainSheet, prompt: PlainPrompt? = nil, choice: PlainPrompt? = nil, choices: [String] = []
    ) {
        self.sheet = sheet
        self.prompt = prompt
        self.choice = choice
        self.choices = choices
    }
}

/// All that a person is told of a state.
struct PlainPage: Hashable {
    let screen: PlainSheet
    let overlay: PlainSheet?
    let prompt: PlainPrompt

    /// - Parameter hasChosen: what the screen asks first was answered.
    init(_ state: AppState, zones: any ZoneSource, hasChosen: Bool) {
        let place = state.screen.told(desk: state.desk, zones: zones)
        // Who stands before a locked screen hears nothing of the sale.
        screen = state.isLocked ? PlainSheet(title: "Locked.") : place.sheet
        let top = state.overlays.last.map { Teller($0, state.desk, zones) }
        overlay = top?.front
        let command = PlainPrompt.command(state.kind.title)
        if let top {
            prompt = top.prompt ?? command
        } else if let choice = place.choice, !hasChosen {
            prompt = choice
        } else {
            prompt = place.prompt ?? command
        }
    }
}

extension AppState {
    /// What a session in lines tells of it: the place, what lies over it, what is asked, and what was said last.
    public func toldInLines(zones: any ZoneSource) -> [String] {
        let page = PlainPage(self, zones: zones, hasChosen: true)
        let sheets = [page.screen, page.overlay].compactMap { $0 }
        return sheets.flatMap { [$0.title] + $0.lines.map(\.spoken) } + [page.prompt.text]
            + [shownStatus?.text].compactMap { $0 }
    }
}

extension String {
    /// With a colon behind it; a question has its own sign.
    var asLabel: String { hasSuffix("?") ? self : "\(self):" }

    /// Ends as a sentence does.
    var asSentence: String {
        guard let last else { return self }
        return ".!?:\u{2026}".contains(last) ? self : self + "."
    }

    var withCapitalStart: String {
        guard let first else { return self }
        return first.uppercased() + dropFirst()
    }

    var withSmallStart: String {
        guard let first else { return self }
        return first.lowercased() + dropFirst()
    }
}
