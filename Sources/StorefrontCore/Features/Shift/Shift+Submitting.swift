import StoreDomain

// What Enter does, and what comes of it.
extension ShiftState {
    public func submitAvailability(_ desk: Desk) -> Availability {
        switch stage {
        case .opening:
            if desk.context.isReadOnly { return Desk.readOnly }
            return desk.principal.mayTry(.openShift)
                ? .enabled : .disabled(StoreError.notAllowed(.openShift).screenText)
        case .moving, .counting, .closing: return desk.context.isReadOnly ? Desk.readOnly : .enabled
        case .earlier(let earlier): return earlier.shifts.isEmpty ? .absent : .enabled
        case .looking, .failed, .open, .report: return .absent
        }
    }

    public func openAvailability(_ desk: Desk) -> Availability { submitAvailability(desk) }
    public mutating func open(count: Int?, _ desk: inout Desk) -> [Step] { submit(&desk) }

    public mutating func submit(_ desk: inout Desk) -> [Step] {
        switch stage {
        case .opening(var form):
            let float = DrawerForms.readAmount(DrawerForms.amount, of: &form, desk.currency)
            self.form = form
            return float.map { [.ask(.shift(.open(till: desk.context.till, float: $0)))] } ?? []
        case .moving(_, let kind, let form): return move(kind, form, desk)
        case .counting(_, let form): return count(form, &desk)
        case .closing(let shift, _, let form): return close(shift, form, desk)
        case .earlier(let earlier):
            return earlier.selected.map { [.ask(.shift(.report($0.id)))] } ?? []
        case .looking, .failed, .open, .report: return []
        }
    }

    private mutating func move(_ kind: CashMovementKind, _ typed: Form, _ desk: Desk) -> [Step] {
        var form = typed
        guard let amount = DrawerForms.readAmount(DrawerForms.amount, of: &form, desk.currency) else {
            self.form = form
            return []
        }
        guard !form.advance() else {
            self.form = form
            return []
        }
        let reason = form.text(DrawerForms.reason)
        guard !amount.isZero, !reason.trimmedText.isEmpty else {
            form.show(
                amount.isZero
                    ? [DrawerForms.amount: "must be 0.01 or more"] : [DrawerForms.reason: "is missing"])
            self.form = form
            return []
        }
        self.form = form
        return [.ask(.shift(.move(kind, amount, reason: reason, till: desk.context.till)))]
    }

    /// Walks on; after the last one asks whether the count holds.
    private mutating func count(_ typed: Form, _ desk: inout Desk) -> [Step] {
        var form = typed
        guard form.focus + 1 == form.fields.count else { return moveFocus(forward: true, &desk) }
        let drawer = DrawerForms.readCount(&form, desk.currency)
        self.form = form
        guard let drawer else { return [] }
        return [
            .open(
                .confirm(
                    Confirm(
                        .keepCount, title: "Is this the count?",
                        text:
                            "You counted \(drawer.total.displayText). From here on the till sells nothing until its shift is closed.",
                        yes: "Keep the count", no: "Count on")))
        ]
    }

    private mutating func close(_ shift: Shift, _ typed: Form, _ desk: Desk) -> [Step] {
        var form = typed
        let next = DrawerForms.readAmount(DrawerForms.nextFloat, of: &form, desk.currency)
        self.form = form
        guard let next, let counted = shift.counts.last?.drawer.total else { return [] }
        guard next <= counted else {
            form.show([DrawerForms.nextFloat: "must be at most the \(counted.displayText) that were counted"])
            self.form = form
            return []
        }
        return [
            .open(
                .confirm(
                    Confirm(
                        .closeShift, title: "Close the shift?",
                        text:
                            "\(next.displayText) stay in the drawer, \((counted - next).displayText) go to the bank. A closed shift is never changed.",
                        yes: "Close it", no: "Not yet")))
        ]
    }

    public mutating func answer(_ question: Question, yes: Bool, _ desk: inout Desk) -> [Step] {
        guard yes else { return [] }
        switch (question, stage) {
        case (.leaveForm, .moving): return look(desk)
        case (.keepCount, .counting(_, var form)):
            guard let drawer = DrawerForms.readCount(&form, desk.currency) else { return [] }
            return [.ask(.shift(.count(drawer, till: desk.context.till)))]
        case (.closeShift, .closing(_, _, var form)):
            guard let next = DrawerForms.readAmount(DrawerForms.nextFloat, of: &form, desk.currency) else {
                return []
            }
            let reason = form.text(DrawerForms.reason).trimmedText
            return [
                .ask(
                    .shift(
                        .close(
                            till: desk.context.till, nextFloat: next, reason: reason.isEmpty ? nil : reason)))
            ]
        // A question that another stage asked is answered no more.
        default: return []
        }
    }

    // MARK: - Answers

    public mutating func receive(_ reply: Reply, _ desk: inout Desk) -> [Step] {
        guard case .shift(let action) = reply else { return [] }
        switch action {
        // Whoever began something meanwhile goes on with it.
        case .looked(.success(let look)): if awaitsLook { show(look, desk) }
        case .looked(.failure(let error)): if awaitsLook { stage = .failed(error) }
        case .opened(.success(let shift)):
            desk.say(.success, "Shift opened with \(shift.float.displayText)")
            return desk.openDrawer(if: true) + look(desk)
        case .moved(.success(let movement)):
            desk.say(.success, "\(movement.kind.title): \(movement.amount.displayText)")
            return desk.openDrawer(if: true) + look(desk)
        case .counted(.success(let outcome)):
            desk.drawer = nil
            desk.say(outcome.isOff ? .warning : .success, outcome.sentence)
            stage = .closing(outcome.shift, outcome: outcome, DrawerForms.closing(outcome.shift))
        case .closed(.success(let report)):
            desk.say(.success, "Shift closed: \(report.shift.number?.text ?? "")")
            stage = .report(report, isExplained: false, isEarlier: false)
        case .closed(.failure(.countIsOff(let variance))):
            form?.show([
                DrawerForms.reason: variance.map { "is asked for: the count is off by \($0.displayText)" }
                    ?? "is asked for: the count is off"
            ])
        case .reported(.success(let report)):
            picked = if case .earlier(let earlier) = stage { earlier } else { nil }
            stage = .report(report, isExplained: false, isEarlier: picked != nil)
        case .listed(before: nil, .success(let page)):
            var earlier = EarlierShifts(page)
            if case .report(let report, _, _) = stage { earlier.select(report.shift.id) }
            stage = .earlier(earlier)
        case .listed(before: _?, .success(let page)):
            guard case .earlier(var earlier) = stage else { return [] }
            earlier.append(page)
            stage = .earlier(earlier)
        case .printed(.success(.original)), .printed(.success(.uncounted)):
            desk.say(.success, "Sent to the printer")
        case .printed(.success(.copy(let copy))): desk.say(.success, "Sent to the printer as copy \(copy)")
        case .saved(.success(let path)): desk.say("Saved as", file: path)
        case .listed(_, .failure(let error)):
            desk.say(error)
            // From a report, Esc goes to the shift where the list cannot be had.
            if case .report = stage { return look(desk) }
        case .opened(.failure(let error)), .moved(.failure(let error)), .counted(.failure(let error)),
            .closed(.failure(let error)), .reported(.failure(let error)), .printed(.failure(let error)),
            .saved(.failure(let error)):
            return fail(error, &desk)
        }
        return []
    }

    /// What somebody else did to the shift meanwhile, or may have become of a lost answer, shows in a new look.
    private mutating func fail(_ error: StoreError, _ desk: inout Desk) -> [Step] {
        desk.say(error)
        let isOutdated =
            switch error {
            case .shiftOpen, .noShift, .shiftCounting, .outcomeUnknown: true
            // Errors say themselves what to do; the form is still there.
            case .invalid, .notFound, .emailTaken, .wrongCredentials, .signInMustWait, .signInRequired,
                .notAllowed, .insufficientStock, .emptyOrder, .priceChanged, .wrongStatus, .keyReused,
                .keyBusy, .taken, .paymentRefused, .paymentStranded, .notReturnable, .otherShift, .countIsOff,
                .storage, .device, .unreachable, .perhapsPlaced, .unsupported, .approvalNeeded, .wrongPIN,
                .pinLocked, .pinTaken, .changedMeanwhile:
                false
            }
        return isOutdated ? look(desk) : []
    }

    private var awaitsLook: Bool {
        switch stage {
        case .looking, .failed, .open: true
        case .opening(let form): !form.isTouched
        case .moving, .counting, .closing, .report, .earlier: false
        }
    }

    private mutating func show(_ look: ShiftLook, _ desk: Desk) {
        guard let shift = look.shift else { return stage = .opening(DrawerForms.float(look.suggested)) }
        stage =
            shift.stage == .counting
            ? .closing(shift, outcome: nil, DrawerForms.closing(shift)) : .open(shift, report: look.report)
    }

    public mutating func hear(_ news: News, _ desk: inout Desk) -> [Step] {
        switch news {
        case .reachable, .renewed:
            switch stage {
            case .looking, .failed, .open: return look(desk)
            case .opening, .moving, .counting, .closing, .report, .earlier: return []
            }
        case .changedElsewhere(let changes):
            switch stage {
            // What another terminal books at this till, or opens or closes there, shows.
            case .looking, .failed, .open: return changes.shifts == .none ? [] : refresh(desk)
            case .opening(let form): return changes.shifts == .none || form.isTouched ? [] : refresh(desk)
            // What was typed, counted or is being read stays; the store refuses what no longer suits.
            case .moving, .counting, .closing, .report, .earlier: return []
            }
        case .stockChanged, .orderChanged, .resized: return []
        }
    }
}

extension CountOutcome {
    /// What is said after a count; by how much it is off only where that may be told.
    public var sentence: String {
        if let variance {
            return variance.isZero ? "The count is right" : "The count is off by \(variance.displayText)"
        }
        return isOff ? "The count is off" : "The count is kept"
    }
}

extension CashMovementKind {
    /// What the till calls it.
    public var title: String {
        switch self {
        case .paidIn: "Paid in"
        case .paidOut: "Paid out"
        case .drop: "Drop"
        }
    }
}
