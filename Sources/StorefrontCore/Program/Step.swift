import StoreDomain

/// What a feature wants done beyond its own state. The program carries the steps out in their order.
public enum Step: Hashable, Sendable {
    case ask(Ask)
    /// Goes one screen further, or back to the screen of that kind that is on the way already.
    case push(Screen)
    /// Goes one screen back.
    case pop
    /// Goes back to the screen of that kind on the way.
    case popTo(ScreenKind)
    /// Takes a screen off the way, wherever it is.
    case leave(ScreenKind)
    /// Goes to the shop, keeping its state where it is on the way, and loads it anew.
    case toShop
    /// Begins the next sale: the shop with all products, or with its search.
    case newSale(searches: Bool)
    /// Goes to a main screen, keeping its state where it is on the way; the way back leads to the shop.
    case to(Screen)
    /// Begins a new way.
    case start(Screen)
    case open(Overlay)
    /// What was entered does not do, for the reason that a sentence tells: what asked for it stays, with what was typed.
    case refuse(String)
    /// Locks the screen of who sells.
    case lock
    /// Tells every screen on the way.
    case tell(News)
    case signedIn(Session)
    case signOut
    case end
    /// Ends, and names the server whose shop is to be opened next.
    case endFor(String)
    case quit
    case beep, redraw, suspend
    case copy(Copied)
    /// Writes what the screen shows to a file.
    case saveScreen(PictureForm)
    /// Adds to the tape what a tester says of this step.
    case note(QANote)
}

/// What screens on the way may have to react to.
public enum News: Hashable, Sendable {
    /// Stock or prices may have changed here.
    case stockChanged
    /// An order was paid or cancelled; nil when any may have been.
    case orderChanged(Order?)
    /// The server is back, or the session was renewed: what could not be loaded can be now.
    case reachable
    case renewed
    case resized(from: Viewport)
    /// Others changed something, or may have while nobody looked.
    case changedElsewhere(ShopChanges)
}

/// What the runtime does for the state.
public enum Effect: Hashable, Sendable {
    case ask(Request)
    case beep, redraw, suspend
    case copy(Copied)
    case saveScreen(PictureForm)
    case note(QANote)
}
