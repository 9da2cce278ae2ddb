extension StoreError {
    /// Says for certain that nothing was sold and nothing given back under the key that was asked with. After
    /// anything else, whoever asked asks again under the same key.
    public var saysNothingHappened: Bool {
        switch self {
        case .insufficientStock, .notFound, .emptyOrder, .invalid, .keyReused, .priceChanged, .notAllowed,
            .paymentRefused, .wrongStatus, .taken, .paymentStranded, .notReturnable, .otherShift, .shiftOpen,
            .shiftCounting, .noShift, .countIsOff, .emailTaken, .unsupported, .approvalNeeded, .wrongPIN,
            .pinLocked, .pinTaken, .changedMeanwhile:
            true
        // Whoever has no session any more signs in and asks again.
        case .wrongCredentials, .signInMustWait, .signInRequired, .keyBusy, .storage, .device, .unreachable,
            .outcomeUnknown, .perhapsPlaced:
            false
        }
    }
}
