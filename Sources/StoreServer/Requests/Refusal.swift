import Hummingbird
import HTTPTypes
import StoreDomain
import StoreWire

/// An answer that refuses, of the protocol rather than of the shop.
struct Refusal: Error {
    let status: HTTPResponse.Status
    let body: ErrorBody
    var headers: HTTPFields = [:]

    init(_ status: HTTPResponse.Status, _ message: String, headers: HTTPFields = [:]) {
        self.init(status, ErrorBody(message), headers: headers)
    }

    init(_ status: HTTPResponse.Status, _ body: ErrorBody, headers: HTTPFields = [:]) {
        self.status = status
        self.body = body
        self.headers = headers
    }

    var response: Response { .json(body, status: status, headers: headers) }
}

extension Refusal {
    /// What a service's error is over HTTP. The one place that says so.
    init(_ error: StoreError) {
        switch error {
        case .invalid(let problems): self.init(.badRequest, ErrorBody(error.message, fields: problems))
        case .taken(let field, _):
            self.init(
                .badRequest, ErrorBody(error.message, fields: [FieldProblem(field, "is taken already")]))
        case .emptyOrder, .insufficientStock, .priceChanged, .wrongStatus, .paymentRefused:
            self.init(.badRequest, error.message)
        case .notFound: self.init(.notFound, error.message)
        case .emailTaken, .keyBusy: self.init(.conflict, error.message)
        case .keyReused: self.init(.unprocessableContent, error.message)
        case .wrongCredentials: self.init(.unauthorized, error.message)
        case .signInRequired:
            self.init(.unauthorized, error.message, headers: [.wwwAuthenticate: "Bearer"])
        case .signInMustWait(let seconds):
            self.init(.tooManyRequests, error.message, headers: [.retryAfter: String(seconds)])
        case .notAllowed: self.init(.forbidden, error.message)
        case .storage(let fault): self.init(fault)
        case .device, .unreachable, .outcomeUnknown, .unsupported:
            self.init(.internalServerError, "Something went wrong on the server")
        }
    }

    /// A fault's own sentence names files of the server, which are nobody else's business: it goes to the
    /// log.
    private init(_ fault: StorageFault) {
        switch fault.kind {
        case .busy:
            self.init(
                .serviceUnavailable, "The store is busy; try again", headers: [.retryAfter: "1"])
        case .full, .readOnly:
            self.init(.serviceUnavailable, "The store cannot be changed just now")
        case .unreadable, .corrupt, .notAStore, .newerSchema, .other:
            self.init(.internalServerError, "Something went wrong on the server")
        }
    }

    init(_ problem: WireProblem) {
        switch problem {
        case .missing(let absent, _):
            self.init(
                .badRequest,
                ErrorBody(problem.message, fields: absent.map { FieldProblem($0, "is missing") }))
        case .invalid(let path, let reason):
            self.init(
                .badRequest,
                ErrorBody(problem.message, fields: path.isEmpty ? [] : [FieldProblem(path, reason)]))
        }
    }

    /// Any error that a route can end with.
    init(describing error: any Error) {
        switch error {
        case let error as Refusal: self = error
        case let error as StoreError: self.init(error)
        case let error as WireProblem: self.init(error)
        case let error as any HTTPResponseError: self.init(error.status, error.status.reasonPhrase)
        default: self.init(.internalServerError, "Something went wrong on the server")
        }
    }
}
