import Hummingbird
import HTTPTypes
import StoreDomain
import StoreWire

/// An answer that refuses, of the protocol rather than of the shop.
struct Refusal: Error {
    let status: HTTPResponse.Status
    let body: ErrorBody
    var headers: HTTPFields = [:]

    init(
        _ status: HTTPResponse.Status, _ code: ErrorCode, _ message: String, headers: HTTPFields = [:]
    ) {
        self.init(status, ErrorBody(message, code: code), headers: headers)
    }

    init(_ status: HTTPResponse.Status, _ body: ErrorBody, headers: HTTPFields = [:]) {
        self.status = status
        self.body = body
        self.headers = headers
    }

    var response: Response { .json(body, status: status, headers: headers) }
}

extension Refusal {
    /// What a service's error is over HTTP. The one place that gives it a status.
    init(_ error: StoreError) {
        switch error {
        case .invalid, .emptyOrder, .insufficientStock, .wrongStatus, .paymentRefused, .notReturnable,
            .otherShift:
            self.init(.badRequest, ErrorBody(error))
        case .taken(let field, _):
            self.init(.badRequest, ErrorBody(error, fields: [FieldProblem(field, "is taken already")]))
        case .notFound: self.init(.notFound, ErrorBody(error))
        case .changedMeanwhile(let product):
            self.init(
                .preconditionFailed, ErrorBody(error), headers: [.eTag: product.version.entityTag])
        case .emailTaken, .keyBusy, .priceChanged, .paymentStranded, .shiftOpen, .noShift, .shiftCounting,
            .countIsOff,
            .perhapsPlaced, .pinTaken:
            self.init(.conflict, ErrorBody(error))
        case .keyReused: self.init(.unprocessableContent, ErrorBody(error))
        case .wrongCredentials: self.init(.unauthorized, ErrorBody(error))
        case .signInRequired:
            self.init(.unauthorized, ErrorBody(error), headers: [.wwwAuthenticate: "Bearer"])
        case .signInMustWait(let seconds):
            self.init(.tooManyRequests, ErrorBody(error), headers: [.retryAfter: String(seconds)])
        case .notAllowed, .approvalNeeded, .wrongPIN, .pinLocked: self.init(.forbidden, ErrorBody(error))
        case .unsupported: self.init(.notImplemented, ErrorBody(error))
        case .storage(let fault): self.init(fault)
        case .device, .unreachable, .outcomeUnknown: self = .fault
        }
    }

    /// What only the server's own log names.
    static let fault = Refusal(
        .internalServerError, .serverFault, "Something went wrong on the server")

    /// A fault's own sentence names files of the server, so it goes to the log and not to the client.
    private init(_ fault: StorageFault) {
        switch fault.kind {
        case .busy:
            self.init(
                .serviceUnavailable, .storage, "The store is busy; try again",
                headers: [.retryAfter: "1"])
        case .unreachable:
            self.init(
                .serviceUnavailable, .storage, "The store cannot be reached just now",
                headers: [.retryAfter: "2"])
        case .full, .readOnly:
            self.init(.serviceUnavailable, .storage, "The store cannot be changed just now")
        case .unreadable, .corrupt, .notAStore, .newerSchema, .other: self = .fault
        }
    }

    init(_ problem: WireProblem) {
        let fields: [FieldProblem]
        switch problem {
        case .missing(let absent, _): fields = absent.map { FieldProblem($0, "is missing") }
        case .invalid(let path, let reason): fields = path.isEmpty ? [] : [FieldProblem(path, reason)]
        }
        self.init(.badRequest, ErrorBody(problem.message, code: .malformed, fields: fields))
    }

    /// Any error that a route can end with.
    init(describing error: any Error) {
        switch error {
        case let error as Refusal: self = error
        case let error as StoreError: self.init(error)
        case let error as WireProblem: self.init(error)
        case let error as any HTTPResponseError:
            self.init(
                error.status, error.status == .notFound ? .noRoute : .malformed, error.status.reasonPhrase)
        // Errors of other modules have no end of types.
        default: self = .fault
        }
    }
}
