import StoreDomain
import StoreWire

// The documentation of each route in the table's order.

extension Endpoint {
    var notes: EndpointNotes {
        switch self {
        case .register:
            EndpointNotes(
                summary: "Make an account and sign in", request: "Registration",
                answers: [.created("Made", "Session"), .refusal(409, "The e-mail address is taken")])
        case .logIn:
            EndpointNotes(
                summary: "Sign in", request: "Credentials",
                answers: [
                    .ok("Signed in", "Session"), .refusal(401, "Wrong e-mail address or password"),
                    .refusal(429, "Too many failures; Retry-After says how long to wait"),
                ])
        case .me: EndpointNotes(summary: "Who is signed in", answers: [.ok("The account", "UserAnswer")])
        case .logOut:
            EndpointNotes(
                summary: "Sign out for good", answers: [.ok("The token no longer counts", "Message")])

        case .products:
            EndpointNotes(
                summary: "List products, newest first unless sorted",
                parameters: [.page, .perPage(20), .category, .sort, .ids, .ifNoneMatch],
                answers: [.ok("A page", "ProductPage"), .notModified])
        case .searchProducts:
            EndpointNotes(
                summary: "Search products, best match first",
                parameters: [
                    .init(
                        name: "q", place: .query, isRequired: true,
                        schema: ["type": "string", "minLength": 1],
                        note: "Words to find in name, description, SKU and barcode"), .page, .perPage(100),
                    .ifNoneMatch,
                ], answers: [.ok("A page; count is that of all matches", "Search"), .notModified])
        case .exportProducts:
            EndpointNotes(
                summary:
                    "All products on sale by their numbers, with what finds them again on import; streamed",
                parameters: [
                    .format,
                    .init(
                        name: "after", place: .query,
                        schema: ["type": "integer", "minimum": 0, "default": 0],
                        note: "The product behind which to begin"), .mostRows,
                ],
                answers: [
                    .ok("The products, or with format=csv a table that an import reads", "ExportedProducts")
                ])
        case .exportOrders:
            EndpointNotes(
                summary: "Everybody's orders, newest first; streamed",
                parameters: [
                    .format,
                    .init(
                        name: "status", place: .query, schema: Schemas.words(OrderStatus.allCases),
                        note: "Only those with this status"), .mostRows,
                ], answers: [.ok("The orders, or with format=csv a table, times in UTC", "ExportedOrders")])
        case .checkImport:
            EndpointNotes(
                summary: "What importing these products would do; changes nothing", request: "Import",
                answers: [.ok("What would be done, and what is refused", "ImportAnswer")])
        case .importProducts:
            EndpointNotes(
                summary: "Add what is new and update what is known by SKU or handle: all of it or nothing",
                request: "Import",
                answers: [
                    .ok("What was done", "ImportAnswer"),
                    .refusal(400, "A row is refused, and nothing was imported"),
                ])
        case .product:
            EndpointNotes(
                summary: "One product", parameters: [.id, .ifNoneMatch],
                answers: [.product, .notModified, .noProduct])
        case .addProduct:
            EndpointNotes(
                summary: "Add a product", request: "NewProduct",
                answers: [.created("Added", "ProductAnswer")])
        case .editProduct:
            EndpointNotes(
                summary: "Change a product; is_archived takes it off sale or puts it back",
                parameters: [.id, .ifMatch], request: "ProductChange",
                answers: [.product, .noProduct, .changedMeanwhile])
        case .removeProduct:
            EndpointNotes(
                summary: "Take a product off sale; orders that name it stay", parameters: [.id, .ifMatch],
                answers: [.done("Gone"), .noProduct, .changedMeanwhile])
        case .productRecord:
            EndpointNotes(
                summary: "One product, on sale or not, with the tag of its state", parameters: [.id],
                answers: [.product, .noProduct])
        case .archivedProducts:
            EndpointNotes(
                summary: "Products that are no longer sold, by name",
                parameters: [
                    .init(
                        name: "q", place: .query, schema: ["type": "string"],
                        note: "Only those whose name, SKU or barcode has this in it"), .limit(500),
                ], answers: [.ok("The products", "Products")])
        case .priceHistory:
            EndpointNotes(
                summary: "How a product's price changed, the latest first", parameters: [.id, .limit(1_000)],
                answers: [.ok("The changes", "PriceChanges"), .noProduct])
        case .planPrices:
            EndpointNotes(
                summary: "What changing prices together would do; changes nothing",
                request: "PriceBatchRequest",
                answers: [
                    .ok("Old and new prices, and the agreement to them", "PricePlanAnswer"), .noProduct,
                ])
        case .setPrices:
            EndpointNotes(
                summary:
                    "Change prices together, all or none, at once or on days; needs the agreement of a plan",
                request: "PriceBatchRequest",
                answers: [
                    .created("Changed", "PriceBatchAnswer"),
                    .refusal(400, "The prices come to something else by now, or a price breaks a rule"),
                    .noProduct,
                ])
        case .priceBatches:
            EndpointNotes(
                summary: "Prices that were changed together, the latest first", parameters: [.limit(500)],
                answers: [.ok("The batches", "PriceBatches")])
        case .takePricesBack:
            EndpointNotes(
                summary:
                    "Give the products of a batch their prices before it; what was changed since is kept, and what has not begun does not begin",
                parameters: [.id],
                answers: [
                    .ok("What was done", "PriceTakeBackAnswer"), .refusal(400, "It was taken back already"),
                    .refusal(404, "There is no such batch"),
                ])
        case .stockMovements:
            EndpointNotes(
                summary: "Why a product's stock changed, the latest first",
                parameters: [.id, .limit(1_000)],
                answers: [.ok("The movements", "StockMovements"), .noProduct])
        case .adjustStock:
            EndpointNotes(
                summary: "Book a delivery, a count, a loss or a correction", request: "StockAdjustment",
                answers: [
                    .product, .refusal(400, "The stock is not enough, or is not counted"), .noProduct,
                ])
        case .categories:
            EndpointNotes(
                summary: "Categories that have products", parameters: [.ifNoneMatch],
                answers: [.ok("By name", "Categories"), .notModified])

        case .orders:
            EndpointNotes(
                summary: "Own orders, newest first, or everybody's",
                parameters: [
                    .page, .perPage(100),
                    .words("scope", ["own", "all"], "Everybody's orders, for accounts that may see them"),
                    .words("status", OrderStatus.allCases.map(\.rawValue), "Only of this status"),
                    .init(
                        name: "returnable", place: .query, schema: ["type": "boolean", "default": false],
                        note: "Only those of which something can still come back"),
                    .init(
                        name: "number", place: .query, schema: ["type": "string"],
                        note: "Only that of a receipt's or a refund's number, such as R1-000118"),
                    .init(
                        name: "product", place: .query, schema: ["type": "integer", "minimum": 1],
                        note: "Only recent ones with this product"),
                    .init(
                        name: "customer", place: .query, schema: ["type": "string"],
                        note: "Only of those whose name or e-mail has this in it"),
                ],
                answers: [
                    .ok("A page; count is that of all", "OrderPage"),
                    .refusal(403, "The account's role may not see other people's orders"),
                ])
        case .order:
            EndpointNotes(
                summary: "One order: an own one, or anybody's with the right to see them", parameters: [.id],
                answers: [.order(200), .noOrder])
        case .orderByKey:
            EndpointNotes(
                summary: "The own order that was placed under an Idempotency-Key; places none",
                parameters: [.path("key", ["type": "string"], "The key, percent-encoded")],
                answers: [.order(200), .refusal(404, "No order was placed under this key")])
        case .placeOrder:
            EndpointNotes(
                summary: "Place an order; takes the stock of all its lines or none", parameters: [.key],
                request: "NewOrder",
                answers: [
                    .order(201), .refusal(404, "There is no such product"),
                    .refusal(409, "The figures are not those agreed, or the same request is under way"),
                ])
        case .cancelOrder:
            EndpointNotes(
                summary: "Cancel a pending order and give its stock back: an own one, or anybody's",
                parameters: [.id], answers: [.order(200), .refusal(400, "It is not pending"), .noOrder])
        case .keepPaymentOpen:
            EndpointNotes(
                summary: "Tell that an order is about to be paid, so that it does not expire meanwhile",
                parameters: [.id],
                answers: [.done("It is kept"), .refusal(400, "It is not pending"), .noOrder])
        case .refundsOfOrder:
            EndpointNotes(
                summary: "What came back of an order", parameters: [.id],
                answers: [.ok("In their order", "Refunds"), .noOrder])
        case .events:
            EndpointNotes(
                summary:
                    "What changes from now on, as server-sent events: catalogue, stock, discounts, reload; with a token also "
                    + "orders and accounts, the account's own or everybody's with the right to see them, and shifts, "
                    + "approvals and parked with the right to sell and to park; more may be added",
                parameters: [
                    .init(
                        name: WireHeader.lastEventID, place: .header, schema: ["type": "string"],
                        note: "The id of the last event that the caller has had: goes on behind it")
                ],
                answers: [
                    .init(status: 200, note: "Events, until the caller hangs up", type: "text/event-stream"),
                    .refusal(401, "A token that does not count"),
                ])
        case .dailySales:
            EndpointNotes(
                summary: "What was paid less what was refunded on each of the shop's last days",
                parameters: [
                    .init(
                        name: "days", place: .query,
                        schema: ["type": "integer", "minimum": 1, "maximum": 366, "default": 30],
                        note: "How many, today in the shop's time zone included")
                ], answers: [.ok("The oldest day first", "DailySales")])
        case .report:
            EndpointNotes(
                summary:
                    "What was sold, by what the path says: day, hour, weekday, product, category, cashier, "
                    + "tender, tax, discount or refund; from sums that are kept with each sale. Margins and the "
                    + "value of the stock, for accounts that may see what goods cost",
                parameters: [
                    .path("kind", Schemas.words(ReportKind.allCases), "What the rows are by"),
                    .init(
                        name: "period", place: .query, schema: Schemas.words(ReportPeriodWord.allCases),
                        note: "Until today in the shop's calendar; this month without it and without days"),
                    .init(
                        name: "from", place: .query, schema: ["type": "string", "format": "date"],
                        note: "The first day"),
                    .init(
                        name: "to", place: .query, schema: ["type": "string", "format": "date"],
                        note: "The last day; the first one without it"),
                    .init(
                        name: "compare", place: .query, schema: Schemas.words(ReportComparison.allCases),
                        note: "With as many days just before, or the same days a year before"),
                    .init(
                        name: "limit", place: .query,
                        schema: [
                            "type": "integer", "minimum": 1,
                            "maximum": .number(String(ReportQuery.mostRows)), "default": 200,
                        ], note: "How many rows at most, those with the highest turnover"),
                ],
                answers: [.ok("The report", "SalesReportAnswer")])

        case .quote:
            EndpointNotes(
                summary: "What lines cost together now, with every figure and how it came about",
                request: "Lines",
                answers: [.ok("The figures", "PricesAnswer"), .refusal(404, "There is no such product")])
        case .calculate:
            EndpointNotes(
                summary: "What a subtotal comes to with tax and discount", request: "QuoteRequest",
                answers: [.ok("The figures", "Quote")])
        case .checkout:
            EndpointNotes(
                summary: "Pay a pending order: online, or with the tenders that were taken for it",
                parameters: [.key], request: "Checkout",
                answers: [
                    .order(200), .noOrder,
                    .refusal(409, "The order cannot stand any more, or the same request is under way"),
                ])
        case .paymentMethods:
            EndpointNotes(
                summary: "The ways to pay that the account may use",
                answers: [.ok("In the shop's order", "PaymentMethods")])
        case .strandedPayments:
            EndpointNotes(
                summary: "Money that was taken for orders that could not stand any more",
                answers: [.ok("The latest first", "StrandedPayments")])

        case .priceSale:
            EndpointNotes(
                summary: "What a sale at a till costs as it stands", request: "Sale",
                answers: [.ok("The figures", "PricedSaleAnswer"), .refusal(404, "There is no such product")])
        case .sell:
            EndpointNotes(
                summary: "Sell at a till: placed, paid and numbered at once", parameters: [.key],
                request: "Sale",
                answers: [
                    .order(201), .refusal(404, "There is no such product"),
                    .refusal(409, "The figures are not those agreed"),
                ])
        case .tillCustomer:
            EndpointNotes(
                summary: "A customer's account by its e-mail, for a sale at a till",
                parameters: [.email],
                answers: [
                    .ok("The customer", "CustomerAnswer"), .refusal(404, "Nobody has this e-mail"),
                ])
        case .refund:
            EndpointNotes(
                summary: "Take goods back and give their money back", parameters: [.key],
                request: "NewRefund", answers: [.created("The refund", "RefundAnswer"), .noOrder])
        case .voidSale:
            EndpointNotes(
                summary: "Take a whole sale back in the shift in which it was sold", parameters: [.key],
                request: "NewVoid",
                answers: [
                    .created("The refund of everything", "RefundAnswer"), .noOrder,
                    .refusal(409, "No shift is open"),
                ])
        case .tillCustomers:
            EndpointNotes(
                summary: "Find customers by name, a part of the e-mail address, or the account's number",
                parameters: [
                    .init(
                        name: "find", place: .query, schema: ["type": "string", "minLength": 1],
                        note: "Words of two letters or more, or a number")
                ], answers: [.ok("By name, at most 20", "Customers")])
        case .addTillCustomer:
            EndpointNotes(
                summary: "Make an account for a customer at the counter", request: "NewCustomer",
                answers: [
                    .created("The customer", "CustomerAnswer"),
                    .refusal(409, "The e-mail address is taken"),
                ])
        case .bookStock:
            EndpointNotes(
                summary: "Book a delivery or a count of several products, all or none",
                request: "StockBookings",
                answers: [
                    .ok("The products as they are now", "Products"),
                    .refusal(400, "The stock is not enough, or is not counted"), .noProduct,
                ])
        case .lowStock:
            EndpointNotes(
                summary:
                    "Products of which little is left, those with the least first, and what 30 days sold",
                parameters: [.limit(500)], answers: [.ok("The products", "LowStocks")])
        case .stockExplanation:
            EndpointNotes(
                summary: "A product's stock with its movements, the latest first, as one reading",
                parameters: [.id, .limit(1_000)],
                answers: [.ok("The explanation", "StockExplanationAnswer"), .noProduct])
        case .productCost:
            EndpointNotes(
                summary: "What a product costs by moving average, and what its stock is worth",
                parameters: [.id], answers: [.ok("What it costs", "ProductCostAnswer"), .noProduct])
        case .stockToCount:
            EndpointNotes(
                summary: "Products of which more was sold than the books had, until somebody counts them",
                answers: [.ok("The longest due first", "DueCounts")])
        case .priceReturn:
            EndpointNotes(
                summary:
                    "What goods are worth that come back without a receipt: the lowest price of thirty days",
                request: "ReturnLines",
                answers: [
                    .ok("The figures", "ReturnFiguresAnswer"), .refusal(404, "There is no such product"),
                ])
        case .takeReturn:
            EndpointNotes(
                summary:
                    "Take goods back without a receipt, for store credit unless the role permits otherwise",
                parameters: [.key], request: "NewReturn",
                answers: [
                    .created("The return, with the code of the card that was made for it", "ReturnAnswer"),
                    .refusal(404, "There is no such product"),
                    .refusal(409, "The code is taken, or the key was used with other content"),
                ])
        case .findReturn:
            EndpointNotes(
                summary: "A return without a receipt", parameters: [.returnNumber],
                answers: [.ok("The return", "ReturnAnswer"), .refusal(404, "No return has this number")])
        case .giftCards:
            EndpointNotes(
                summary: "Gift cards and store credit, the latest first",
                parameters: [.limit(500), .cardText, .withBalance], answers: [.ok("The cards", "GiftCards")])
        case .giftCard:
            EndpointNotes(
                summary: "A gift card with all that happened to it", parameters: [.id],
                answers: [.ok("The card", "GiftCardHistoryAnswer"), .refusal(404, "There is no such card")])
        case .giftCardBalance:
            EndpointNotes(
                summary: "What is on the card with a code", request: "CardCode",
                answers: [.ok("The card", "GiftCardAnswer"), .refusal(400, "No card has the code")])
        case .storeCredit:
            EndpointNotes(
                summary: "The store credit of an account: one's own, or with the right to sell anybody's",
                parameters: [.id], answers: [.ok("The credit, or null", "StoreCreditAnswer")])
        case .issueGiftCard:
            EndpointNotes(
                summary: "Give a gift card without a sale; the same code gives nothing twice",
                request: "NewGiftCard",
                answers: [.created("The card", "GiftCardAnswer"), .refusal(409, "Another card has the code")])
        case .expireGiftCards:
            EndpointNotes(
                summary: "Book off what is left on a card, or on all that have expired",
                request: "CardExpiry",
                answers: [
                    .ok("Those that had something left", "GiftCards"), .refusal(404, "There is no such card"),
                ])
        case .shifts:
            EndpointNotes(
                summary: "A till's shifts, the latest first",
                parameters: [
                    .till, .limit(500),
                    .init(
                        name: "before", place: .query, schema: ["type": "integer", "minimum": 1],
                        note: "Only those before the shift of this id: where the list goes on"),
                ],
                answers: [.ok("The shifts", "Shifts")])
        case .currentShift:
            EndpointNotes(
                summary: "A till's open shift", parameters: [.till],
                answers: [.ok("The shift, or null", "CurrentShift")])
        case .openShift:
            EndpointNotes(
                summary: "Open a shift with a float", request: "ShiftOpening",
                answers: [.created("The shift", "ShiftAnswer"), .refusal(409, "One is open already")])
        case .moveCash:
            EndpointNotes(
                summary: "Put cash into a drawer or take it out, with a reason", request: "CashMove",
                answers: [.created("The movement", "CashMovementAnswer"), .refusal(409, "No shift is open")])
        case .tills:
            EndpointNotes(
                summary: "The tills, each with its open shift", answers: [.ok("By name", "Tills")])
        case .suggestedFloat:
            EndpointNotes(
                summary: "What the last shift left in a till's drawer", parameters: [.till],
                answers: [.ok("The amount, or null", "SuggestedFloat")])
        case .countShift:
            EndpointNotes(
                summary: "Keep what was counted in a drawer; its till sells nothing until it is closed",
                request: "DrawerCount",
                answers: [
                    .created("Whether the count is off", "CountOutcomeAnswer"),
                    .refusal(409, "No shift is open"),
                ])
        case .closeShift:
            EndpointNotes(
                summary: "Close a till's shift with what was counted", request: "ShiftClosing",
                answers: [
                    .ok("What the shift came to", "ShiftReportAnswer"),
                    .refusal(409, "No shift is open, or the count is off and has no reason"),
                ])
        case .shiftReport:
            EndpointNotes(
                summary: "What a shift comes to, open or closed", parameters: [.id],
                answers: [.ok("The sums", "ShiftReportAnswer"), .refusal(404, "There is no such shift")])
        case .issueClosing:
            EndpointNotes(
                summary: "Note that a shift's Z report is printed or saved", parameters: [.id],
                answers: [
                    .ok("0 for the original, n for its n-th copy", "Issue"),
                    .refusal(404, "There is no such shift"),
                ])
        case .issueReceipt:
            EndpointNotes(
                summary: "Note that a receipt, that of a refund, or an invoice is printed, saved or sent",
                parameters: [
                    .id, .till,
                    .init(
                        name: "refund", place: .query, schema: ["type": "integer", "format": "int64"],
                        note: "The refund of the order whose receipt is meant"),
                    .init(
                        name: "invoice", place: .query, schema: ["type": "boolean"],
                        note: "The invoice of the order is meant"),
                ],
                answers: [
                    .ok("0 for the original, n for its n-th copy", "Issue"), .noOrder,
                    .refusal(409, "The order is not paid"),
                ])
        case .makeInvoice:
            EndpointNotes(
                summary:
                    "Make the invoice of a paid sale; asking again for the same party makes no second one",
                parameters: [.id], request: "InvoiceRequest",
                answers: [
                    .ok("The sale, with its invoice", "OrderAnswer"), .noOrder,
                    .refusal(400, "It is made out to somebody else already"),
                    .refusal(409, "The order is not paid, or all of it came back"),
                ])
        case .noteHappening:
            EndpointNotes(
                summary:
                    "Keep what happened at a till beside sales: the drawer opened without one, a sale abandoned",
                request: "Happening", answers: [.done("It is on the journal")])
        case .parkedSales:
            EndpointNotes(
                summary: "Sales that were put aside, at any till",
                answers: [.ok("The oldest first", "ParkedSales")])
        case .park:
            EndpointNotes(
                summary: "Put a sale aside", parameters: [.key], request: "Parking",
                answers: [
                    .created("Parked, with the code to resume it", "ParkedSaleAnswer"),
                    .refusal(409, "The key stands for something else"),
                ])
        case .resumeParked:
            EndpointNotes(
                summary: "Take a parked sale up; it is parked no longer",
                parameters: [.path("code", ["type": "string"], "The code of the parked sale"), .key],
                answers: [
                    .ok("The sale", "ParkedSaleAnswer"), .refusal(404, "It is not there, or no longer"),
                ])

        case .policy:
            EndpointNotes(
                summary: "The shop's rules in force: tax, rounding, expiry, receipt lines",
                answers: [.ok("The policy", "PolicyAnswer")])
        case .setPolicy:
            EndpointNotes(
                summary: "Change one of the shop's rules", request: "PolicyChange",
                answers: [.ok("The policy from now on", "PolicyAnswer"), .refusal(404, "No such name")])
        case .applyPreset:
            EndpointNotes(
                summary:
                    "Set the shop's rules as a country has them; with check, only tell what they would be",
                request: "Preset",
                answers: [.ok("The policy as it is, or would be, from now on", "PolicyAnswer")])
        case .policyHistory:
            EndpointNotes(
                summary: "Every version of the shop's rules",
                answers: [.ok("The latest first", "Policies")])
        case .discounts:
            EndpointNotes(summary: "The discount codes", answers: [.ok("By code", "Discounts")])
        case .addDiscount:
            EndpointNotes(
                summary: "Add a discount code", request: "Discount",
                answers: [.created("Added", "DiscountAnswer")])
        case .changeDiscount:
            EndpointNotes(
                summary:
                    "End a discount code by is_active, take that back, or set the days on which it counts",
                parameters: [.path("code", ["type": "string"], "The code, in any case, percent-encoded")],
                request: "DiscountChange",
                answers: [
                    .ok("The code as it is from then on", "DiscountAnswer"),
                    .refusal(404, "There is no such code"),
                ])
        case .switchCashier:
            EndpointNotes(
                summary: "Sign in whose PIN this is, at a till where the caller is signed in", request: "PIN",
                answers: [
                    .ok("A session for whose PIN it is", "Session"),
                    .refusal(403, "Nobody has this PIN, or too many were wrong"),
                    .refusal(429, "Too many were wrong at this till; Retry-After says how long to wait"),
                ])
        case .setOwnPIN:
            EndpointNotes(
                summary: "Give oneself a PIN of 4 to 8 digits", request: "OwnPIN",
                answers: [
                    .done("It counts"), .refusal(401, "Wrong password"),
                    .refusal(409, "It cannot be taken"),
                ])
        case .pins:
            EndpointNotes(summary: "Who has a PIN, and whose is locked", answers: [.ok("By e-mail", "PINs")])
        case .setPIN:
            EndpointNotes(
                summary: "Give an account a PIN, or with null take it away", request: "AccountPIN",
                answers: [
                    .done("It counts"), .refusal(404, "There is no such account"),
                    .refusal(409, "It cannot be taken"),
                ])
        case .unlockPIN:
            EndpointNotes(
                summary: "Let an account's PIN count again", request: "AccountOfPIN",
                answers: [.done("It does"), .refusal(404, "There is no such account")])
        case .readBadge:
            EndpointNotes(
                summary: "Whose badge this is; it proves nothing", request: "Badge",
                answers: [.ok("The name, or null for nobody's", "BadgeName")])
        case .setBadge:
            EndpointNotes(
                summary: "Give an account a badge, or with null take it away", request: "AccountBadge",
                answers: [
                    .done("It counts"), .refusal(404, "There is no such account"),
                    .refusal(409, "Somebody else has it"),
                ])
        case .approvals:
            EndpointNotes(
                summary: "What waits for somebody's approval: one's own, and what one may answer",
                parameters: [
                    .init(
                        name: "shift", place: .query, schema: ["type": "integer", "minimum": 1],
                        note: "All that was asked during that shift instead; for who may see what was sold")
                ], answers: [.ok("The oldest first", "Approvals")])
        case .approval:
            EndpointNotes(
                summary: "What became of an approval", parameters: [.id],
                answers: [.approval, .noApproval])
        case .grantApproval:
            EndpointNotes(
                summary: "Approve it, or have it approved by the PIN of somebody who is there too",
                parameters: [.id], request: "Grant",
                answers: [
                    .approval, .noApproval,
                    .refusal(403, "The approver does not hold the right to that extent"),
                ])
        case .refuseApproval:
            EndpointNotes(
                summary: "Refuse it", parameters: [.id],
                answers: [
                    .approval, .noApproval, .refusal(400, "It is no longer waited for"),
                    .refusal(403, "The right is not held to that extent"),
                ])
        case .withdrawApproval:
            EndpointNotes(
                summary: "Do without an approval that one asked for", parameters: [.id],
                answers: [.approval, .noApproval])
        case .customers:
            EndpointNotes(
                summary: "Customers, the latest first; next says behind whom the next page begins",
                parameters: [
                    .init(
                        name: "find", place: .query, schema: ["type": "string", "minLength": 1],
                        note: "Beginnings of words of the name, parts of the e-mail, or the number"),
                    .init(
                        name: "after", place: .query, schema: ["type": "integer", "minimum": 1],
                        note: "The next of the page before"), .limit(500),
                ], answers: [.ok("A page", "CustomerPage")])
        case .customer:
            EndpointNotes(
                summary: "What the shop knows of a customer: figures, latest orders, credit, cards, returns",
                parameters: [.id],
                answers: [.ok("The customer", "CustomerRecordAnswer"), .noCustomer])
        case .mergeCustomers:
            EndpointNotes(
                summary: "Give all that stands under a customer's account to another's, and empty the first",
                parameters: [.id], request: "Merge",
                answers: [
                    .ok("The other as it is from then on", "CustomerRecordAnswer"),
                    .refusal(400, "A sale is parked for the first, or credit has expired"), .noCustomer,
                ])
        case .exportCustomer:
            EndpointNotes(
                summary: "Everything that is kept about a customer; the journal notes that it was handed out",
                parameters: [.id],
                answers: [.ok("The export", "CustomerExportAnswer"), .noCustomer])
        case .eraseCustomer:
            EndpointNotes(
                summary: "Take a customer's name and e-mail away; documents and journal keep their figures",
                parameters: [.id],
                answers: [
                    .ok("The account as it is from then on", "UserAnswer"),
                    .refusal(400, "An order waits, a sale is parked, or credit is left"), .noCustomer,
                ])
        case .accounts:
            EndpointNotes(summary: "The accounts", answers: [.ok("By e-mail address", "Users")])
        case .addAccount:
            EndpointNotes(
                summary: "Add an account with a role", request: "NewAccount",
                answers: [.created("Added", "UserAnswer"), .refusal(409, "The e-mail address is taken")])
        case .setPassword:
            EndpointNotes(
                summary: "Give an account another password", request: "Credentials",
                answers: [.done("It counts"), .refusal(404, "There is no such account")])
        case .setRole:
            EndpointNotes(
                summary: "Give an account another role", request: "RoleChange",
                answers: [.ok("The account", "UserAnswer"), .refusal(404, "There is no such account")])
        case .signOutEverywhere:
            EndpointNotes(
                summary: "End every sign-in of an account, at every server and terminal of the shop",
                request: "AccountOfPIN",
                answers: [
                    .done("No token counts that was there before"), .refusal(404, "There is no such account"),
                ])
        case .roles: EndpointNotes(summary: "The shop's roles", answers: [.ok("By name", "Roles")])
        case .saveRole:
            EndpointNotes(
                summary: "Add a role, or change what one may do", request: "Role",
                answers: [.ok("The role", "RoleAnswer")])
        case .journalChains:
            EndpointNotes(
                summary: "The journal's chains: a till's, api for servers, shell for commands",
                answers: [.ok("By name", "Chains")])
        case .journalRecords:
            EndpointNotes(
                summary: "Records of a chain in their order",
                parameters: [
                    .path("chain", ["type": "string"], "The chain's name"),
                    .init(
                        name: "from", place: .query,
                        schema: ["type": "integer", "minimum": 1, "default": 1],
                        note: "The number of the first"),
                    .init(
                        name: "last", place: .query, schema: ["type": "boolean", "default": false],
                        note: "The last ones that there are, wherever they begin"), .limit(1_000),
                ], answers: [.ok("The records", "JournalRecords")])
        case .verifyJournal:
            EndpointNotes(
                summary: "Check every chain of the journal",
                answers: [.ok("Where each that is broken breaks first", "JournalBreaks")])

        case .health:
            EndpointNotes(summary: "Whether the server is alive", answers: [.ok("It is", "Status")])
        case .ready:
            EndpointNotes(summary: "Whether the store can be read", answers: [.ok("It can", "Status")])
        case .metrics:
            EndpointNotes(
                summary: "Figures for Prometheus",
                answers: [.init(status: 200, note: "Text format 0.0.4", type: "text/plain")])
        case .openAPI:
            EndpointNotes(summary: "This document", answers: [.ok("OpenAPI 3.1", "Anything")])
        case .docs:
            EndpointNotes(
                summary: "This document as a page",
                answers: [.init(status: 200, note: "HTML", type: "text/html")])
        }
    }
}
