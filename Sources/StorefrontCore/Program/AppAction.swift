import StoreDomain

/// Something that happened: a key's meaning, typing, an answer, time. The only way in which state changes. A
/// session is a list of these.
public enum AppAction: Hashable, Codable, Sendable {
    case started
    case command(Command)
    /// A digit typed where no field has focus: a number before a command.
    case digit(Int)
    /// A code that a scanner typed.
    case scanned(String)
    case edit(TextEdit)
    case pasted(String)
    /// A row of the list under the mouse, counted from 0; `opens` when clicked twice.
    case rowClicked(Int, opens: Bool)
    case categoryClicked(Int)
    /// Something on the screen that stands for a choice, such as the title of a column.
    case chose(Choice)
    /// A place on the way here, counted from 0.
    case wentBack(to: Int)
    /// The first line to show of the text in front, as the picture worked it out.
    case scrolled(to: Int)
    case resized(Viewport)
    /// Yes or no to the question in front.
    case answered(Bool)
    /// A key that means nothing here.
    case unknownKey(UnknownKey)
    /// The window has the focus again.
    case focused
    /// Others changed something in the shop.
    case shopChanged(ShopChanges)
    case idledTooLong
    /// Nobody has pressed a key at the till for a while.
    case lockDue
    /// Something about the surroundings that the user should know.
    case noticed(String)
    /// The server is reached in another way than before.
    case connectionChanged(ConnectionState)
    /// Time passed while requests are under way; milliseconds since each began.
    case waited([Waiting])
    /// Keys that moved what is selected were the first of a scanned code: the screen is again what it was before.
    case walkedBack(Screen)
    /// So many seconds are left of the `SignInWait` of that number.
    case signInWaited(number: Int, left: Int)
    /// The payment screen of an order has been open for a while.
    case paymentStillOpen
    /// How far a request has come.
    case progress(RequestID, done: Int, of: Int)
    case replied(RequestID, Reply)
    /// The path of the picture that was written.
    case screenSaved(Answer<String>)
    /// Somebody comes to a kiosk, or leaves it.
    case visit(VisitAction)
    /// The theme to be shown cannot be.
    case themeFailed(String)
    case tester(QAAction)

    /// A key without a meaning, as people know it.
    public struct UnknownKey: Hashable, Codable, Sendable {
        public let name: String
        /// The key that shows which keys have a meaning.
        public let help: String
        /// Nothing came just before it. Else it is a part of what a scanner or another program types, of which
        /// nothing is said.
        public let isAlone: Bool

        public init(_ name: String, help: String, isAlone: Bool = true) {
            self.name = name
            self.help = help
            self.isAlone = isAlone
        }
    }

    public struct Waiting: Hashable, Codable, Sendable {
        public let id: RequestID
        public let milliseconds: Int

        public init(_ id: RequestID, milliseconds: Int) {
            self.id = id
            self.milliseconds = milliseconds
        }
    }
}
