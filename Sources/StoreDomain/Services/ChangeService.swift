/// Tells a program what others change in its shop.
public protocol ChangeService: Sendable {
    /// Calls `heard` whenever somebody else changed something, with what `principal` may know of; one call at a
    /// time, and what happens meanwhile is put together into the next. Returns when the task is cancelled, or
    /// where nothing can be heard. Does nothing, and wakes nothing, while nothing changes.
    func follow(as principal: Principal, _ heard: @Sendable (ShopChanges) async -> Void) async
}

/// Tells a server of every change in its shop, whoever made it.
public protocol ChangeFeed: Sendable {
    /// Calls `heard` at each change, this program's own included, as long as the feed exists. `heard` must
    /// be quick.
    func observe(_ heard: @escaping @Sendable (ShopChanges) -> Void)
}
