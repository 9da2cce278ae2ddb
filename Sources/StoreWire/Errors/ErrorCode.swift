/// What an error is called on the wire. A code never changes its meaning.
public enum ErrorCode: String, Hashable, Sendable, CaseIterable {
    // What a service refuses with.
    case invalid
    case notFound = "not_found"
    case emailTaken = "email_taken"
    case wrongCredentials = "wrong_credentials"
    case signInMustWait = "sign_in_must_wait"
    case signInRequired = "sign_in_required"
    case notAllowed = "not_allowed"
    case approvalNeeded = "approval_needed"
    case wrongPIN = "wrong_pin"
    case pinLocked = "pin_locked"
    case pinTaken = "pin_taken"
    case insufficientStock = "insufficient_stock"
    case emptyOrder = "empty_order"
    case priceChanged = "price_changed"
    case changedMeanwhile = "changed_meanwhile"
    case wrongStatus = "wrong_status"
    case keyReused = "key_reused"
    case keyBusy = "key_busy"
    case taken
    case paymentRefused = "payment_refused"
    case paymentStranded = "payment_stranded"
    case notReturnable = "not_returnable"
    case otherShift = "other_shift"
    case shiftOpen = "shift_open"
    case noShift = "no_shift"
    case shiftCounting = "shift_counting"
    case countIsOff = "count_is_off"
    case perhapsPlaced = "perhaps_placed"
    case unsupported
    /// The store cannot be read or written just now.
    case storage
    /// Something on the server fails that is no business of its clients.
    case serverFault = "server_fault"

    // What the protocol refuses with.
    /// No route has this path.
    case noRoute = "no_route"
    case methodNotAllowed = "method_not_allowed"
    /// A member or parameter is missing or of another type.
    case malformed
    case notJSON = "not_json"
    case wrongContentType = "wrong_content_type"
    case tooLarge = "too_large"
    case tooSlow = "too_slow"
    /// Others are served first; try again.
    case busy
}
