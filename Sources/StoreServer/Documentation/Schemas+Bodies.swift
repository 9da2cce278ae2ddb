import StoreDomain
import StoreWire

/// What routes answer and ask for.
extension Schemas {
    static let answers: Named = [
        ("Session", object(["message": text, "user": .ref("User"), "access_token": text])),
        one("UserAnswer", "user", "User"), many("Users", "users", "KnownAccount"),
        one("RoleAnswer", "role", "Role"), many("Roles", "roles", "Role"),
        one("ProductAnswer", "product", "Product"), many("Products", "products", "Product"),
        many("PriceChanges", "price_changes", "PriceChange"), one("PricePlanAnswer", "plan", "PricePlan"),
        one("PriceBatchAnswer", "batch", "PriceBatch"), many("PriceBatches", "batches", "PriceBatch"),
        one("PriceTakeBackAnswer", "taken_back", "PriceTakeBack"),
        many("LowStocks", "low_stocks", "LowStock"), one("ImportAnswer", "import", "ImportResult"),
        ("ExportedProducts", object(["products": list("ExportedProduct")])),
        ("ExportedOrders", object(["orders": list("Order")])),
        one("StockExplanationAnswer", "explanation", "StockExplanation"),
        one("ProductCostAnswer", "cost", "ProductCost"),
        (
            "ProductPage",
            object([
                "products": list("Product"), "total": count, "page": count, "per_page": count,
                "pages": count,
            ])
        ), ("Search", object(["products": list("Product"), "count": count])),
        many("Categories", "categories", "Category"),
        (
            "OrderAnswer",
            object(
                [
                    "message": text, "order": .ref("Order"), "discount_problem": text,
                    "discount_refused": .ref("DiscountRefused"),
                ], required: ["order"])
        ), ("OrderPage", object(["orders": list("Order"), "count": count])),
        (
            "Quote",
            object(
                [
                    "subtotal": money, "discount_code": optionalText, "discount_amount": money,
                    "discounted_subtotal": money, "tax": money, "total": money, "discount_problem": text,
                    "discount_refused": .ref("DiscountRefused"),
                ],
                required: [
                    "subtotal", "discount_code", "discount_amount", "discounted_subtotal", "tax", "total",
                ])
        ), one("PricesAnswer", "prices", "Prices"), many("PaymentMethods", "methods", "PaymentMethod"),
        many("StrandedPayments", "payments", "StrandedPayment"),
        one("PricedSaleAnswer", "sale", "PricedSale"), one("RefundAnswer", "refund", "Refund"),
        one("ReturnFiguresAnswer", "figures", "ReturnFigures"), one("ReturnAnswer", "return", "Return"),
        one("GiftCardAnswer", "gift_card", "GiftCard"), many("GiftCards", "gift_cards", "GiftCard"),
        one("GiftCardHistoryAnswer", "history", "GiftCardHistory"),
        (
            "CustomerPage",
            object(["customers": list("User"), "next": optionalID])
        ), one("CustomerRecordAnswer", "customer", "CustomerRecord"),
        one("CustomerExportAnswer", "export", "CustomerExport"),
        ("StoreCreditAnswer", object(["gift_card": orNull(.ref("GiftCard"))])),
        many("Refunds", "refunds", "Refund"), one("ShiftAnswer", "shift", "Shift"),
        ("CurrentShift", object(["shift": orNull(.ref("Shift"))])), many("Shifts", "shifts", "Shift"),
        one("ShiftReportAnswer", "report", "ShiftReport"),
        one("CountOutcomeAnswer", "outcome", "CountOutcome"), many("Tills", "tills", "Till"),
        ("SuggestedFloat", object(["float": orNull(money)])), ("Issue", object(["copy": count])),
        one("CashMovementAnswer", "movement", "CashMovement"),
        one("ParkedSaleAnswer", "parked_sale", "ParkedSale"), one("CustomerAnswer", "customer", "Customer"),
        many("Customers", "customers", "Customer"), many("DueCounts", "due_counts", "DueCount"),
        many("ParkedSales", "parked_sales", "ParkedSale"), many("PINs", "pins", "PINStanding"),
        one("ApprovalAnswer", "approval", "Approval"), many("Approvals", "approvals", "Approval"),
        many("StockMovements", "movements", "StockMovement"), many("DailySales", "days", "DaySales"),
        one("SalesReportAnswer", "report", "SalesReport"),
        one("PolicyAnswer", "policy", "Policy"), many("Policies", "policies", "Policy"),
        one("DiscountAnswer", "discount", "Discount"), many("Discounts", "discounts", "Discount"),
        ("Chains", object(["chains": texts])), many("JournalRecords", "records", "JournalRecord"),
        many("JournalBreaks", "breaks", "JournalBreak"), ("Message", object(["message": text])),
        ("Status", object(["status": text])),
        (
            "Error",
            object(
                [
                    "error": text, "fields": ["type": "object", "additionalProperties": text],
                    "code": words(ErrorCode.allCases), "params": ["type": "object"],
                ], required: ["error", "code"])
        ), ("Anything", ["type": "object"]),
    ]

    // MARK: Requests

    static let requests: Named = [
        ("Registration", object(["email": email, "password": password, "name": personName])),
        ("Credentials", object(["email": nonEmpty, "password": nonEmpty])),
        (
            "NewAccount",
            object(["email": email, "password": password, "name": personName, "role": roleName])
        ), ("Merge", object(["into": id])),
        (
            "DiscountChange",
            object(
                [
                    "is_active": boolean, "always": boolean, "first_day": orNull(date),
                    "last_day": orNull(date),
                ], required: [])
        ), ("RoleChange", object(["email": nonEmpty, "role": roleName])),
        ("NewProduct", object(productFields, required: ["name", "price"])),
        (
            "ProductChange",
            object(
                productFields.merging([
                    "name": orNull(name), "price": orNull(amount), "is_archived": flag,
                ]) { $1 }, required: [])
        ),
        (
            "NewOrder",
            object(
                [
                    "items": lines(
                        object(
                            ["product_id": id, "quantity": quantity, "label": optionalText],
                            required: ["product_id"])),
                    "discount_code": optionalText, "agreed": .ref("Agreement"),
                ], required: ["items"])
        ),
        (
            "Lines",
            object(
                [
                    "lines": [
                        "type": "array", "maxItems": .number(String(Order.maximumLines)),
                        "items": object(
                            [
                                "product_id": id, "name": text, "unit_price": amount,
                                "quantity": quantity,
                            ], required: []),
                    ], "discount_code": optionalText,
                ], required: ["lines"])
        ),
        (
            "QuoteRequest",
            object(["subtotal": amount, "discount_code": optionalText], required: ["subtotal"])
        ),
        ("Checkout", object(["order_id": id, "tenders": list("Tender")], required: ["order_id"])),
        (
            "Sale",
            object(
                [
                    "till": tillName,
                    "lines": lines(
                        object(
                            [
                                "product_id": id, "quantity": quantity, "label": text, "unit_price": amount,
                                "override_reason": reason, "discount": .ref("Takes"),
                                "below_zero": boolean,
                            ], required: ["product_id"])), "discount_code": optionalText,
                    "training": boolean,
                    "discount": .ref("Takes"), "exemption": .ref("Exemption"), "customer_id": id,
                    "note": optionalText, "agreed": .ref("Agreement"), "tenders": list("Tender"),
                    "back": .ref("NewRefund"), "gift_cards": list("NewSoldCard"),
                ], required: ["till"])
        ),
        ("NewSoldCard", object(["amount": amount, "code": text], required: ["amount"])),
        (
            "ReturnLine",
            object(
                ["product_id": id, "quantity": quantity, "restocks": boolean], required: ["product_id"])
        ), ("ReturnLines", object(["lines": list("ReturnLine")])),
        (
            "NewReturn",
            object(
                [
                    "till": tillName, "lines": list("ReturnLine"), "reason": reason, "name": text,
                    "customer_id": id, "method": text, "code": text, "approval_code": optionalText,
                    "agreed": amount,
                ], required: ["till", "lines", "reason", "name"])
        ), ("CardCode", object(["code": text])),
        (
            "NewGiftCard",
            object(
                ["amount": amount, "code": text, "name": optionalText, "reason": reason],
                required: ["amount", "code", "reason"])
        ), ("CardExpiry", object(["card_id": id, "reason": reason], required: ["reason"])),
        (
            "Happening",
            object(
                [
                    "till": tillName, "kind": words(TillHappening.Kind.allCases), "reason": reason,
                    "pieces": quantity, "method": text, "amount": amount,
                ], required: ["till", "kind"])
        ),
        (
            "NewRefund",
            object(
                [
                    "order_id": id, "till": tillName,
                    "lines": lines(
                        object(
                            ["item_id": id, "quantity": quantity, "restocks": boolean],
                            required: ["item_id"])), "reason": reason, "method": text,
                    "approval_code": optionalText, "agreed": amount,
                    "gift_cards": ["type": "array", "items": object(["card_id": id, "amount": amount])],
                ], required: ["order_id", "till", "reason"])
        ),
        (
            "NewVoid",
            object(
                ["order_id": id, "till": tillName, "reason": reason, "approval_code": optionalText],
                required: ["order_id", "till", "reason"])
        ), ("ShiftOpening", object(["till": tillName, "float": amount])),
        (
            "CashMove",
            object([
                "till": tillName, "kind": words(CashMovementKind.allCases), "amount": amount,
                "reason": reason,
            ])
        ),
        (
            "ShiftClosing",
            object(
                [
                    "till": tillName, "counted": amount, "pieces": lines(pieces), "next_float": amount,
                    "reason": reason,
                ], required: ["till"])
        ),
        (
            "DrawerCount",
            object(
                ["till": tillName, "counted": amount, "pieces": lines(pieces)], required: ["till"])
        ),
        (
            "Parking",
            object(
                [
                    "till": tillName, "label": ["type": "string", "maxLength": 60],
                    "basket": .ref("Basket"),
                ], required: ["till", "basket"])
        ),
        ("PIN", object(["pin": pin, "badge": badge, "till": tillName], required: ["pin", "till"])),
        ("Badge", object(["badge": badge])), ("BadgeName", object(["name": optionalText])),
        (
            "AccountBadge", object(["email": nonEmpty, "badge": orNull(badge)], required: ["email"])
        ),
        (
            "InvoiceRequest",
            object(
                ["till": tillName, "name": nonEmpty, "address": addressLines, "tax_number": optionalText],
                required: ["till", "name"])
        ),
        ("OwnPIN", object(["pin": pin, "password": nonEmpty])),
        ("AccountPIN", object(["email": nonEmpty, "pin": orNull(pin)], required: ["email"])),
        ("AccountOfPIN", object(["email": nonEmpty])),
        ("Grant", object(["pin": pin, "badge": badge, "till": tillName], required: [])),
        (
            "StockAdjustment",
            object(
                [
                    "product_id": id, "kind": words(StockMovementKind.byHand), "quantity": integer,
                    "reason": reason, "unit_cost": amount,
                ], required: ["product_id", "kind", "quantity", "reason"])
        ),
        ("Import", object(["products": list("ImportedProduct")])),
        ("StockBookings", object(["adjustments": list("StockAdjustment")])),
        (
            "PriceBatchRequest",
            object(
                [
                    "products": ["type": "array", "items": id], "q": optionalText, "category": optionalText,
                    "raise": percent, "cut": percent, "amount": signedMoney,
                    "rounding": words(PriceRule.Ending.allCases), "first_day": orNull(date),
                    "last_day": orNull(date), "agreement": text,
                ], required: [])
        ),
        (
            "PolicyChange",
            object(["name": words(PolicyField.allCases), "value": text])
        ),
        (
            "Preset",
            object(["country": words(Country.allCases), "check": boolean], required: ["country"])
        ), ("NewCustomer", object(["name": text, "email": text])),
    ]
}
