import StoreDomain
import StorefrontCore
import TerminalKit

/// Leads the program somewhere without a terminal: every request is answered before the next action. So the same
/// actions on the same shop always end in the same picture.
public struct StillRuntime {
    public private(set) var state: AppState
    private let outside: Outside

    public init(
        state: AppState, services: StoreServices, ids: any IDSource, ports: any RuntimePorts,
        zones: any ZoneSource
    ) {
        self.state = state
        outside = Outside(services: services, ids: ids, ports: ports, zones: zones)
    }

    public mutating func perform(_ actions: [AppAction]) async {
        for action in actions {
            var waiting = asked(AppModel.update(&state, action))[...]
            while let request = waiting.popFirst() {
                let reply = await request.answered(by: outside) { _ in }
                waiting += asked(AppModel.update(&state, .replied(request.id, reply)))
            }
        }
    }

    /// What asks of the terminal has nobody to do it.
    private func asked(_ effects: [Effect]) -> [Request] {
        effects.compactMap { effect in
            switch effect {
            case .ask(let request): request
            case .beep, .redraw, .suspend, .copy, .saveScreen, .note: nil
            }
        }
    }
}
