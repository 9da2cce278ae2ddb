import Hummingbird

/// What goes along with one request.
struct APIContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// In the answer and in the log.
    var requestID = ""

    init(source: ApplicationRequestContextSource) { coreContext = .init(source: source) }
}
