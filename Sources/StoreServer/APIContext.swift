import Hummingbird
import NIOCore

/// What goes along with one request.
struct APIContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// In the answer and in the log.
    var requestID = ""

    /// When the caller's connection closes.
    let hangUp: EventLoopFuture<Void>

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        hangUp = source.channel.closeFuture
    }
}
