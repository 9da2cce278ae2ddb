import StoreDomain
import StorefrontCore
import TerminalKit

/// A part of what an event means. Its action is looked up when the part before it has been carried out, as that may
/// decide what it means.
public enum Gesture: Hashable, Sendable {
    case press(Key, isAlone: Bool)
    /// A step of the wheel.
    case walk(Command)
    case action(AppAction)
}

/// Turns what comes from a terminal into gestures, and those into actions. Pure: the program and whoever plays a tape
/// share it.
public struct Hands: Sendable {
    /// How many of the last events typed a character each into a field.
    private var typedInRow = 0
    /// That number before the event, where the event may add to it.
    private var typedBefore: Int?
    /// The screen before each of the latest keys, the latest last: what the first keys of a scan moved goes back
    /// there.
    private var walked: [Screen] = []
    private var hasFocus = true

    public init() {}

    /// - Parameters:
    ///   - isAlone: no key came just before it.
    ///   - frame: the picture that a click is on; asked for only when it is needed.
    public mutating func gestures(
        of event: TerminalEvent, isAlone: Bool, in state: AppState, frame: () -> Frame
    ) -> [Gesture] {
        // The key that says that somebody is there does nothing else.
        if state.visit.presence != .here, event.isInput {
            if case .mouse(let mouse) = event, mouse.kind == .release { return [] }
            return [.action(.visit(.answered))]
        }
        let typed = typedInRow
        typedInRow = 0
        typedBefore = nil
        switch event {
        case .key(let key):
            typedBefore = typed
            return [.press(key, isAlone: isAlone)]
        case .scan(let scan): return gestures(of: scan, typed: typed, in: state)
        case .paste(let text):
            return [.action(state.pasting(Sanitizer.harmless(text, keepNewlines: true)))]
        case .mouse(let mouse): return gestures(of: mouse, in: state, frame: frame)
        case .resize(let size): return [.action(.resized(AppView.viewport(size)))]
        // Whoever comes back wants to see what is, not what was.
        case .focus(let isHere):
            defer { hasFocus = isHere }
            return isHere && !hasFocus ? [.action(.focused)] : []
        case .resumed, .ended: return []
        }
    }

    /// What a gesture means now.
    ///
    /// - Parameter scroller: the text in front as it is painted; asked for only when the gesture may move it.
    public mutating func action(
        of gesture: Gesture, in state: AppState, keyMap: KeyMap, scroller: () -> Scroller?
    ) -> AppAction {
        switch gesture {
        case .action(let action): return action
        case .walk(let command): return command.action(scroller())
        case .press(let key, let isAlone):
            walked.append(state.screen)
            walked.removeFirst(max(0, walked.count - ScanDetector.repeats))
            let action = keyMap.action(for: key, in: state, isAlone: isAlone, scroller: scroller())
            if let typedBefore, action.typesCharacter { typedInRow = typedBefore + 1 }
            return action
        }
    }

    /// A code is looked for, or refused, once and whole, whatever became of those of its keys that came before it.
    private func gestures(of scan: Scan, typed: Int, in state: AppState) -> [Gesture] {
        let typed = typed >= scan.passed ? scan.passed : 0
        guard !state.isTyping(scan.code) else {
            return scan.code.dropFirst(typed).map { .press(.character($0), isAlone: true) }
                + [.press(scan.end, isAlone: true)]
        }
        var gestures = Array(repeating: Gesture.action(.edit(.deleteBackward)), count: typed)
        // Shows again what was there before the latest keys.
        if typed == 0, scan.passed > 0, scan.passed <= walked.count {
            gestures.append(.action(.walkedBack(walked[walked.count - scan.passed])))
        }
        return gestures + [.action(.scanned(Sanitizer.harmless(scan.code)))]
    }

    private func gestures(of mouse: MouseEvent, in state: AppState, frame: () -> Frame) -> [Gesture] {
        switch (mouse.kind, mouse.button) {
        case (.wheelUp, _): return Array(repeating: .walk(.up), count: 3)
        case (.wheelDown, _): return Array(repeating: .walk(.down), count: 3)
        case (.press, .left):
            switch frame().meaning(at: mouse.position) {
            case .command(let command): return [.action(.command(command))]
            case .row(let row):
                // Whether a click on that row is one on the selected row.
                let opens = !state.overlays.isEmpty || state.screen.feature.opens(row: row)
                return [.action(.rowClicked(row, opens: opens))]
            case .category(let index): return [.action(.categoryClicked(index))]
            case .choice(let choice): return [.action(.chose(choice))]
            case .place(let place): return [.action(.wentBack(to: place))]
            case .pane(.search): return [.action(.command(.search))]
            case .pane, nil: return []
            }
        case (.press, _), (.release, _): return []
        }
    }
}

extension AppAction {
    fileprivate var typesCharacter: Bool {
        if case .edit(.insert) = self { return true }
        if case .edit(.insertSecret) = self { return true }
        return false
    }
}
