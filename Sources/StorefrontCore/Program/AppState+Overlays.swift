import StoreDomain

/// What the keys mean to what lies over a screen.
extension AppState {
    mutating func carryOutInOverlay(_ command: Command) -> [Effect] {
        let top = overlays.count - 1
        if let walk = command.walk {
            overlays[top].walk(walk)
            return []
        }
        switch command {
        case .back: return closeOverlay()
        case .open, .submit: return chooseInOverlay()
        case .nextField, .previousField: overlays[top].toggle()
        case .help:
            if case .help = overlays[top] { return closeOverlay() }
            overlays.append(.help(HelpState()))
        case .quit:
            // Ctrl-C twice leaves: the question is there already.
            if case .confirm(let confirm) = overlays[top], confirm.question == .quit {
                overlays.removeLast()
                return end()
            }
            return apply([.quit])
        // A command is an open set of names: the others mean nothing here.
        default: break
        }
        return []
    }

    private mutating func closeOverlay() -> [Effect] {
        // Nothing but a PIN or the password opens a lock.
        guard overlays.last?.isLock != true else { return [] }
        return switch overlays.removeLast() {
        case .confirm(let confirm): answered(confirm.question, yes: false)
        case .prompt(let prompt) where prompt.purpose.held != nil:
            prompt.purpose.held.map { giveUp($0) } ?? []
        case .prompt, .help, .picker, .explain, .reckoning, .about, .pointing: []
        }
    }

    /// Takes what is selected or typed.
    mutating func chooseInOverlay() -> [Effect] {
        let top = overlays.count - 1
        switch overlays[top] {
        case .picker(let picker):
            guard let item = picker.chosen else { return [] }
            if let reason = item.disabledReason {
                desk.say(.warning, reason)
                return []
            }
            overlays.remove(at: top)
            return chosen(item.choice)
        case .prompt(let prompt): return entered(prompt)
        case .confirm(let confirm):
            overlays.remove(at: top)
            return answered(confirm.question, yes: confirm.choosesYes)
        case .pointing(let pointing):
            overlays.remove(at: top)
            // Nothing is said of it: what is said would be a part of what is checked.
            return apply([.note(.check(pointing.sentence))])
        case .help, .explain, .reckoning, .about: overlays.remove(at: top)
        }
        return []
    }

    private mutating func chosen(_ choice: Choice) -> [Effect] {
        switch choice {
        case .command(let command): return carryOut(command)
        case .tester(let choice): return take(choice)
        case .theme(let name):
            desk.context.theme = name
            desk.say(.success, "Theme \(name)")
            return apply([.ask(.program(.keepTheme(name)))])
        case .category, .sort, .status, .product, .parkedSale, .tender, .reason, .refundMethod, .customer,
            .newCustomer, .country, .office, .macro:
            return apply(change { $0.choose(choice, &$1) })
        }
    }

    private mutating func entered(_ prompt: Prompt) -> [Effect] {
        let text = prompt.input.text
        switch prompt.purpose {
        case .findLine, .findOrder, .priceReason, .customer, .findSale, .returnReason,
            .noSaleReason, .approvalCode, .newCustomer, .returnProduct, .returnName, .findGiftCard,
            .visitorCode, .macroName, .macroKey, .reportDays, .findProducts, .customers:
            return enter(prompt)
        case .office(let entry): return entry.isSecret ? entered(password: prompt) : enter(prompt)
        case .pin: return entered(pin: prompt)
        case .unlock: return entered(unlocking: prompt)
        case .approverPIN(let held): return entered(approverPIN: prompt, held)
        case .newPIN: return entered(newPIN: prompt)
        case .pinPassword(let pin): return entered(pinPassword: prompt, pin)
        case .pinOwner: return entered(pinOwner: prompt)
        case .pinFor(let email): return entered(pinFor: prompt, email)
        case .badgeOwner: return entered(badgeOwner: prompt)
        case .badgeFor(let email): return entered(badgeFor: prompt, email)
        case .invoice:
            do throws(StoreError) { _ = try InvoiceParty(typed: text) } catch {
                updatePrompt(.invoice) { $0.refuse(because: error.screenText) }
                return []
            }
            overlays.removeLast()
            return apply(change { $0.enterText(text, for: prompt.purpose, &$1) })
        case .mailReceipt:
            guard (try? Email(text)) != nil else {
                let isEmpty = text.trimmedText.isEmpty
                updatePrompt(.mailReceipt) {
                    $0.refuse(because: isEmpty ? "Enter an e-mail address" : "That is no e-mail address")
                }
                return []
            }
            overlays.removeLast()
            return apply(change { $0.enterText(text, for: prompt.purpose, &$1) })
        case .discount:
            guard !prompt.isBusy else { return [] }
            let code = text.cleanText
            guard !code.isEmpty else {
                overlays.removeLast()
                return setDiscountCode(nil)
            }
            updatePrompt(.discount) { prompt in
                prompt.problem = nil
                prompt.isBusy = true
            }
            let lines = desk.basket.quotable(desk.currency).lines
            return apply([.ask(.basket(.tryCode(Basket.Quoted(lines: lines, code: code))))])
        case .check:
            let sentence = text.trimmedText
            overlays.removeLast()
            // Nothing is said of it: what is said would be a part of what is checked.
            guard !sentence.isEmpty else { return [] }
            return apply([.note(.check(sentence))])
        case .catalogFile:
            let file = text.trimmedText
            guard !file.isEmpty else {
                updatePrompt(.catalogFile) { $0.problem = "Enter the path of a file" }
                return []
            }
            overlays.removeLast()
            return apply([.push(.importing(ImportState(file: file)))])
        case .server:
            guard !prompt.isBusy else { return [] }
            let isEmpty = text.trimmedText.isEmpty
            updatePrompt(.server) { prompt in
                prompt.problem = isEmpty ? "Enter the address of a server" : nil
                prompt.isBusy = !isEmpty
            }
            return isEmpty ? [] : apply([.ask(.program(.connect(text)))])
        }
    }

    /// Gives what was typed to the screen that asked for it. Where it is refused, at once or in the back office by the answer
    /// that the screen asks for, the prompt stands there again with what was typed: whoever goes on typing types into it.
    private mutating func enter(_ prompt: Prompt) -> [Effect] {
        let steps = change { $0.enterText(prompt.input.text, for: prompt.purpose, &$1) }
        if case .refuse(let why)? = steps.first {
            updatePrompt(prompt.purpose) { $0.refuse(because: why) }
            return []
        }
        overlays.removeLast()
        let effects = apply(steps)
        guard prompt.purpose.isOfOffice else { return effects }
        for case .ask(let request) in effects where request.terms.keepsBack != .none {
            enteredLast = Entered(
                prompt: prompt, request: request.id, screen: kind, isKept: request.terms.keepsBack == .all)
        }
        return effects
    }

    /// Asks again for what an answer has refused, unless something else is in front by now.
    ///
    /// - Parameter said: what stood in the status line before the answer.
    mutating func askAgain(for answered: RequestID, refused failure: StoreError?, said: StatusMessage?) {
        guard let entered = enteredLast, entered.request == answered else { return }
        enteredLast = nil
        guard let failure, failure.isOfWhatWasTyped || entered.isKept, failure != .signInRequired,
            overlays.isEmpty,
            kind == entered.screen
        else { return }
        var prompt = entered.prompt
        prompt.refuse(because: failure.screenText)
        lay(.prompt(prompt))
        desk.status = said
    }

    /// Changes the prompt of that purpose; false when none is open.
    @discardableResult
    mutating func updatePrompt(_ purpose: Prompt.Purpose, _ body: (inout Prompt) -> Void) -> Bool {
        for index in overlays.indices {
            guard case .prompt(var prompt) = overlays[index], prompt.purpose == purpose else { continue }
            body(&prompt)
            overlays[index] = .prompt(prompt)
            return true
        }
        return false
    }

    /// Takes the prompt of that purpose away.
    mutating func close(_ purpose: Prompt.Purpose) {
        overlays.removeAll { if case .prompt(let prompt) = $0 { prompt.purpose == purpose } else { false } }
    }

    /// Yes or no by their letters.
    mutating func answer(_ yes: Bool) -> [Effect] {
        guard case .confirm(let confirm)? = overlays.last else { return [] }
        overlays.removeLast()
        return answered(confirm.question, yes: yes)
    }

    private mutating func answered(_ question: Question, yes: Bool) -> [Effect] {
        if !yes { stopMacro() }
        return switch question {
        case .quit: yes ? end() : []
        case .signOut: yes ? signOut() : []
        case .resumeCheckout(let pending): resumeCheckout(pending, yes: yes)
        case .leaveForm, .cancelOrder, .cancelOrders, .leaveCheckout, .payNewPrice, .isThisOrder, .placeAnew,
            .takeCash,
            .takeApprovalCode, .keepCount, .closeShift, .removeKey, .forgetVisitor, .setCountry,
            .signOutEverywhere, .bookCounts, .takePricesBack, .customers:
            apply(change { $0.answer(question, yes: yes, &$1) })
        }
    }
}

extension Prompt.Purpose {
    /// Elsewhere the screen itself tells what an answer has refused.
    fileprivate var isOfOffice: Bool {
        switch self {
        case .office, .customers: true
        case .discount, .findLine, .findOrder, .server, .catalogFile, .priceReason, .customer, .newCustomer,
            .findSale, .returnReason, .approvalCode, .noSaleReason, .returnProduct, .returnName,
            .findGiftCard, .reportDays, .findProducts, .visitorCode, .pin, .unlock, .approverPIN, .newPIN,
            .pinPassword, .pinOwner, .pinFor, .badgeOwner, .badgeFor, .invoice, .check, .mailReceipt,
            .macroName, .macroKey:
            false
        }
    }
}

/// A prompt that was answered, and the request that tells whether what was typed does.
struct Entered: Hashable, Codable, Sendable {
    let prompt: Prompt
    let request: RequestID
    let screen: ScreenKind
    /// Whether it is to be kept, and not only looked for.
    let isKept: Bool
}

extension StoreError {
    /// Whether something else can be typed in its place.
    fileprivate var isOfWhatWasTyped: Bool {
        switch self {
        case .invalid, .notFound, .emailTaken, .taken, .pinTaken: true
        case .wrongCredentials, .signInMustWait, .signInRequired, .notAllowed, .insufficientStock,
            .emptyOrder,
            .priceChanged, .wrongStatus, .keyReused, .keyBusy, .paymentRefused, .paymentStranded,
            .notReturnable, .shiftOpen, .noShift, .shiftCounting, .countIsOff, .storage, .otherShift,
            .approvalNeeded, .wrongPIN, .pinLocked, .changedMeanwhile, .device, .unreachable,
            .outcomeUnknown, .perhapsPlaced, .unsupported:
            false
        }
    }
}
