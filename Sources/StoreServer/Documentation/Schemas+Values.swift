import StoreDomain
import StoreWire

/// What the bodies are made of.
extension Schemas {
    static let shop: Named = [
        (
            "User",
            object([
                "id": id, "email": text, "name": text, "role": text, "permissions": .ref("Permissions"),
                "asks": .ref("Asks"),
                "created_at": time, "updated_at": time,
            ])
        ),
        (
            "KnownAccount",
            object([
                "id": id, "email": text, "name": text, "role": text, "permissions": .ref("Permissions"),
                "asks": .ref("Asks"),
                "created_at": time, "updated_at": time, "last_seen_at": orNull(time),
            ])
        ),
        (
            "Permissions",
            [
                "type": "object",
                "propertyNames": ["enum": names(Permission.allCases)],
                "additionalProperties": [
                    "anyOf": [
                        ["const": true], object(["percent": percent]), object(["amount": money]),
                    ]
                ],
            ]
        ), ("Asks", ["type": "array", "items": ["enum": names(Permission.allCases)], "uniqueItems": true]),
        ("Role", object(["name": roleName, "permissions": .ref("Permissions"), "asks": .ref("Asks")])),
        (
            "Product",
            object([
                "id": id, "name": text, "description": text, "price": money, "stock": stock,
                "category": optionalText, "sku": optionalText, "barcode": optionalText,
                "created_at": time, "updated_at": time, "tracks_stock": tracksStock,
                "tax_class": optionalText,
                "is_archived": boolean,
            ])
        ), ("Category", object(["name": text, "count": count])),
        (
            "Policy",
            object([
                "version": count, "at": time, "by": optionalID, "shop_name": text, "currency": text,
                "tax_classes": list("TaxClass"), "tax_mode": words(TaxMode.allCases),
                "tax_base": words(TaxBase.allCases), "cash_step": money, "cash_ties_go_down": boolean,
                "tax_name": text, "tax_number_name": text, "tax_number": text, "marks_rates": boolean,
                "below_zero": words(BelowZero.allCases),
                "cash_ask_above": count, "low_stock": count, "pending_minutes": count, "grace_minutes": count,
                "shift_tolerance": money, "time_zone": text, "scale_labels": texts,
                "receipt_header": texts,
                "receipt_footer": texts, "card_days": count,
            ])
        ),
        (
            "TaxClass",
            object([
                "id": text, "name": text,
                "rates": [
                    "type": "array", "items": object(["from": orNull(time), "rate": percent]),
                ],
            ])
        ), ("Takes", ["anyOf": [object(["percent": percent]), object(["amount": money])]]),
        (
            "Discount",
            object(
                [
                    "code": text, "takes": .ref("Takes"), "valid_from": orNull(time),
                    "valid_until": orNull(time), "minimum_subtotal": orNull(money),
                    "usage_limit": orNull(count), "times_used": count, "is_active": boolean,
                ], required: ["code", "takes"])
        ),
        (
            "DiscountRefused",
            object(["why": text, "at": time, "minimum": money, "text": text], required: ["why"])
        ),
    ]

    static let selling: Named = [
        (
            "Item",
            object([
                "id": id, "order_id": id, "product_id": id, "product_name": text, "quantity": quantity,
                "unit_price": money, "total_price": money, "sku": optionalText,
                "list_price": orNull(money), "override_reason": optionalText, "line_discount": money,
                "order_discount": money, "tax": money, "tax_rate": orNull(percent),
                "tax_class": optionalText, "returned": count,
            ])
        ),
        (
            "Order",
            object([
                "id": id, "user_id": optionalID, "status": words(OrderStatus.allCases), "subtotal": money,
                "tax": money, "discount_amount": money, "total": money, "discount_code": optionalText,
                "created_at": time, "updated_at": time, "items": list("Item"), "user_name": optionalText,
                "operator_id": optionalID, "till": optionalText, "number": optionalText,
                "tax_mode": words(TaxMode.allCases), "exempted": money,
                "exemption": orNull(.ref("Exemption")), "rounding": signedMoney, "refunded": money,
                "note": optionalText, "tenders": list("Payment"), "gift_cards": list("SoldCard"),
                "invoice": orNull(.ref("Invoice")),
            ])
        ),
        (
            "Invoice",
            object([
                "number": text, "name": text, "address": addressLines, "tax_number": optionalText,
                "made_by": optionalID, "at": time,
            ])
        ), ("Exemption", object(["reason": text, "tax_number": text])),
        (
            "PaymentMethod",
            object([
                "id": text, "name": text, "kind": words(PaymentKind.allCases),
                "permission": words(Permission.allCases),
            ])
        ),
        (
            "Payment",
            object(
                [
                    "id": id, "method": .ref("PaymentMethod"), "amount": money, "given": orNull(money),
                    "change": orNull(money), "approval_code": optionalText, "paid_at": time,
                    "card": .ref("PaymentCard"),
                ], required: ["id", "method", "amount", "given", "change", "approval_code", "paid_at"])
        ), ("PaymentCard", object(["id": id, "last_four": optionalText, "left": money])),
        (
            "SoldCard",
            object(
                [
                    "id": id, "last_four": text, "amount": money, "returned": money, "balance": money,
                    "code": text,
                ], required: ["id", "last_four", "amount", "returned", "balance"])
        ),
        (
            "Tender",
            object(
                [
                    "method": text, "amount": amount, "given": amount, "approval_code": optionalText,
                    "card_code": text,
                ], required: [])
        ),
        (
            "StrandedPayment",
            object([
                "order_id": id, "method": text, "amount": money, "approval_code": optionalText,
            ])
        ),
        (
            "PricedLine",
            object([
                "product_id": optionalID, "name": text, "unit_price": money, "quantity": quantity,
                "total_price": money,
            ])
        ),
        (
            "Prices",
            object([
                "lines": list("PricedLine"), "subtotal": money, "discount_code": optionalText,
                "discount_amount": money, "discounted_subtotal": money, "tax": money, "total": money,
                "discount_refused": orNull(.ref("DiscountRefused")), "steps": list("PricingStep"),
            ])
        ), ("PricingStep", object(["kind": text, "amount": signedMoney], required: ["kind"])),
        (
            "Agreement",
            object(
                [
                    "unit_prices": ["type": "array", "items": money], "subtotal": money,
                    "discount_amount": money, "tax": money, "total": money, "discount_code": optionalText,
                ], required: ["unit_prices", "subtotal", "discount_amount", "tax", "total"])
        ),
    ]

    static let till: Named = [
        (
            "PricedSale",
            object([
                "lines": list("SaleLine"), "taxes": list("TaxFigure"), "exempted": money,
                "exemption": orNull(.ref("Exemption")), "tax_mode": words(TaxMode.allCases),
                "prices": .ref("Prices"),
            ])
        ),
        (
            "SaleLine",
            object([
                "product_id": id, "name": text, "sku": optionalText, "quantity": quantity,
                "unit_price": money, "list_price": money, "tax_class": optionalText,
                "discount": orNull(.ref("Takes")), "override_reason": optionalText,
                "line_discount": money, "order_discount": money, "tax_rate": percent, "tax": money,
            ])
        ), ("TaxFigure", object(["rate": percent, "net": money, "tax": money])),
        (
            "Refund",
            object([
                "id": id, "order_id": id, "number": optionalText, "lines": list("RefundLine"),
                "reason": text, "tenders": list("RefundTender"), "amount": money, "gift_cards": money,
                "rounding": signedMoney, "operator_id": id, "till": text, "at": time,
                "kind": words(RefundKind.allCases), "booked_on": id,
            ])
        ),
        (
            "GiftCard",
            object(
                [
                    "id": id, "last_four": text, "account_id": id, "name": optionalText, "balance": money,
                    "expires_at": orNull(time), "created_at": time,
                ], required: ["id", "name", "balance", "expires_at", "created_at"])
        ),
        (
            "GiftCardMovement",
            object([
                "id": id, "kind": words(GiftCardMovementKind.allCases), "amount": signedMoney, "left": money,
                "order_id": optionalID, "number": optionalText, "by": optionalID, "reason": optionalText,
                "at": time,
            ])
        ),
        (
            "GiftCardHistory",
            object(["card": .ref("GiftCard"), "movements": list("GiftCardMovement")])
        ),
        (
            "CustomerFigures",
            object(["orders": count, "paid": count, "spent": money, "last_at": orNull(time)])
        ),
        (
            "CustomerRecord",
            object([
                "account": .ref("User"), "figures": .ref("CustomerFigures"), "orders": list("Order"),
                "credit": orNull(.ref("GiftCard")), "gift_cards": list("GiftCard"),
                "returns": list("Return"),
            ])
        ),
        (
            "CustomerExport",
            object([
                "account": .ref("User"), "orders": list("Order"), "refunds": list("Refund"),
                "returns": list("Return"), "credit": orNull(.ref("GiftCardHistory")),
                "gift_cards": list("GiftCard"), "keys": list("VisitorKey"),
                "journal": list("JournalRecord"), "last_seen_at": orNull(time), "at": time,
            ])
        ), ("VisitorKey", object(["fingerprint": text, "added_at": time, "seen_at": time])),
        (
            "ReturnedGoods",
            object([
                "product_id": id, "name": text, "sku": optionalText, "quantity": quantity,
                "unit_price": money,
                "amount": money, "tax": money, "tax_rate": percent, "tax_class": optionalText,
                "restocks": boolean,
            ])
        ), ("ReturnFigures", object(["lines": list("ReturnedGoods"), "amount": money, "tax": money])),
        (
            "Return",
            object(
                [
                    "id": id, "number": text, "lines": list("ReturnedGoods"), "reason": text, "name": text,
                    "customer_id": optionalID, "tenders": list("RefundTender"), "amount": money,
                    "rounding": signedMoney, "card": orNull(.ref("GiftCard")), "code": text,
                    "operator_id": id, "till": text, "at": time,
                ],
                required: [
                    "id", "number", "lines", "reason", "name", "customer_id", "tenders", "amount", "rounding",
                    "card", "operator_id", "till", "at",
                ])
        ),
        (
            "RefundLine",
            object([
                "item_id": id, "quantity": quantity, "amount": money, "tax": money, "restocks": boolean,
            ])
        ),
        (
            "RefundTender",
            object([
                "payment_id": optionalID, "method": .ref("PaymentMethod"), "amount": money,
                "approval_code": optionalText,
            ])
        ),
        (
            "Shift",
            object([
                "id": id, "till": text, "number": optionalText, "opened_by": id, "opened_at": time,
                "float": money, "stage": words(Shift.Stage.allCases), "counts": list("ShiftCount"),
                "closing": orNull(.ref("ShiftEnd")),
            ])
        ),
        (
            "ShiftCount",
            object(
                ["counted": money, "pieces": lines(pieces), "total": money, "by": id, "at": time],
                required: ["total", "by", "at"])
        ),
        (
            "CountOutcome",
            object([
                "shift": .ref("Shift"), "off": boolean, "expected": orNull(signedMoney),
                "variance": orNull(signedMoney),
            ])
        ), ("Till", object(["till": text, "shift": orNull(.ref("Shift"))])),
        (
            "ShiftEnd",
            object([
                "closed_by": id, "closed_at": time, "expected": signedMoney, "counted": money,
                "variance": signedMoney, "reason": optionalText, "next_float": orNull(money),
                "banked": orNull(money), "perpetual": orNull(.ref("PerpetualTotals")),
                "journal_hash": optionalText,
            ])
        ),
        (
            "PerpetualTotals", object(["sales": money, "refunds": money, "net": signedMoney])
        ),
        (
            "ShiftReport",
            object([
                "shift": .ref("Shift"), "receipts": orNull(object(["first": text, "last": text])),
                "sales": count, "sales_total": money, "gross": money, "line_discounts": money,
                "order_discounts": money, "overrides": count, "refunds": count, "refunds_total": money,
                "net": signedMoney, "gift_cards": signedMoney, "rounding": signedMoney, "tax": signedMoney,
                "people": list("PersonSum"), "rates": list("RateSum"), "tenders": list("TenderSum"),
                "movements": list("CashMovement"),
                "names": lines(object(["id": id, "name": text])), "expected": orNull(signedMoney),
                "training": object(["sales": count, "total": money]), "exchanges": count,
                "void_numbers": texts, "abandoned": count, "abandoned_total": money,
                "tenders_taken_back": count, "slips": count, "copies": count, "approvals": count,
            ])
        ),
        (
            "PersonSum",
            object([
                "id": optionalID, "sales": count, "sales_total": money, "line_discounts": money,
                "order_discounts": money, "overrides": count, "refunds": count, "refunds_total": money,
                "rounding": signedMoney, "tax": signedMoney, "voids": count, "voids_total": money,
                "no_sales": count,
            ])
        ),
        (
            "RateSum",
            object([
                "rate": orNull(percent), "sales_net": signedMoney, "sales_tax": money,
                "refunds_net": money, "refunds_tax": money,
            ])
        ),
        (
            "TenderSum",
            object([
                "method": text, "name": text, "kind": words(PaymentKind.allCases), "count": count,
                "taken": money, "change": money, "refunded": money,
            ])
        ),
        (
            "CashMovement",
            object([
                "kind": words(CashMovementKind.allCases), "amount": money, "reason": text, "by": id,
                "at": time,
            ])
        ),
        (
            "Basket",
            object(
                [
                    "lines": list("BasketLine"), "discount_code": optionalText, "terms": .ref("SaleTerms"),
                ], required: ["lines"])
        ),
        (
            "SaleTerms",
            object(
                [
                    "discount": .ref("Takes"), "customer": .ref("Customer"), "note": optionalText,
                    "exemption": .ref("Exemption"), "tenders": list("Tender"), "training": boolean,
                    "gift_cards": list("NewSoldCard"),
                ], required: ["tenders"])
        ), ("Customer", object(["id": id, "name": text, "email": text])),
        (
            "BasketLine",
            object(
                [
                    "product_id": id, "name": text, "sku": optionalText, "unit_price": amount,
                    "stock": stock, "tracks_stock": tracksStock, "quantity": quantity,
                    "label": .ref("ScaleLabel"), "override_price": amount, "override_reason": text,
                    "discount": .ref("Takes"), "below_zero": boolean,
                ], required: ["product_id", "name", "unit_price", "quantity"])
        ),
        (
            "ScaleLabel",
            object(
                ["code": text, "article": text, "blank_code": text, "grams": integer, "price": amount],
                required: ["code", "article", "blank_code"])
        ),
        (
            "ParkedSale",
            object([
                "id": id, "code": text, "label": text, "basket": .ref("Basket"), "till": text,
                "parked_by": id, "at": time,
            ])
        ),
        (
            "PINStanding",
            object([
                "user_id": id, "email": text, "name": text, "has_pin": boolean, "is_locked": boolean,
                "has_badge": boolean,
            ])
        ), ("Person", object(["id": id, "name": text])),
        (
            "Approval",
            object(
                [
                    "id": id, "permission": words(Permission.allCases),
                    "share": object(["part": id, "whole": id]), "amount": money, "title": text,
                    "lines": texts, "digest": text, "till": optionalText, "shift_id": optionalID,
                    "asker": .ref("Person"), "asked_at": time, "stage": words(Approval.Stage.allCases),
                    "approver": orNull(.ref("Person")), "answered_at": orNull(time), "by_pin": boolean,
                    "candidates": texts,
                ],
                required: [
                    "id", "permission", "title", "lines", "digest", "till", "shift_id", "asker", "asked_at",
                    "stage", "approver", "answered_at", "by_pin", "candidates",
                ])
        ),
    ]

    private static let soldFigures: [String: JSON] = [
        "sales": count, "pieces": count, "gross": signedMoney, "line_discounts": money,
        "order_discounts": money, "net": signedMoney, "tax": signedMoney, "refunds": count,
        "pieces_back": count, "net_back": signedMoney, "tax_back": signedMoney, "voids": count,
        "voided": money, "rounding": signedMoney, "gift_cards": signedMoney, "turnover": signedMoney,
    ]

    /// Those of margins, and those of the stock: each only in its own reports.
    private static let costFigures: [String: JSON] = [
        "costed": signedMoney, "cost": orNull(money), "costed_back": signedMoney, "cost_back": orNull(money),
        "uncosted": signedMoney, "margin": orNull(signedMoney), "margin_per_mille": orNull(integer),
        "stock": integer, "stock_costed": count, "stock_uncosted": count,
        "stock_value": orNull(money), "average_cost": orNull(money),
    ]

    static let office: Named = [
        (
            "StockMovement",
            object([
                "product_id": id, "kind": words(StockMovementKind.allCases), "quantity": integer,
                "order_id": optionalID, "by": optionalID, "reason": optionalText,
                "unit_cost": orNull(money), "cost": orNull(money), "at": time,
            ])
        ), ("DueCount", object(["product": .ref("Product"), "since": time])),
        ("ExportedProduct", object(["product": .ref("Product"), "handle": text])),
        ("ImportedProduct", importedProduct),
        ("DamagedCode", object(["field": importedField, "written": text])),
        (
            "ImportResult",
            object([
                "added": count, "updated": count, "unchanged": count, "sold_out": count,
                "kept": list("KeptCode"), "refused": list("RefusedRow"),
            ])
        ), ("KeptCode", object(["row": count, "field": importedField, "written": text, "kept": text])),
        ("RefusedRow", object(["row": count, "field": importedField, "code": text, "taken": boolean])),
        ("LowStock", object(["product": .ref("Product"), "sold": count])),
        (
            "StockExplanation",
            object([
                "product": .ref("Product"), "movements": list("StockMovement"), "cut": boolean,
                "cost": orNull(.ref("ProductCost")),
            ])
        ),
        (
            "ProductCost",
            object([
                "product_id": id, "stock": orNull(integer), "average": orNull(money), "value": orNull(money),
                "latest": orNull(money),
            ])
        ),
        (
            "PriceChange",
            object([
                "product_id": id, "from": money, "to": money, "by": optionalID, "batch_id": optionalID,
                "at": time,
            ])
        ),
        (
            "PriceLine",
            object([
                "product_id": id, "name": text, "sku": optionalText, "old": money, "new": money,
            ])
        ), ("PricePeriod", object(["from": orNull(time), "until": orNull(time)])),
        (
            "PricePlan",
            object(["lines": list("PriceLine"), "period": .ref("PricePeriod"), "agreement": text])
        ),
        (
            "PriceBatch",
            object([
                "id": id, "title": text, "count": count, "kept": count, "kept_back": count,
                "by": optionalID, "at": time, "period": .ref("PricePeriod"), "begun_at": orNull(time),
                "taken_back_at": orNull(time),
            ])
        ),
        (
            "PriceTakeBack",
            object(["batch": .ref("PriceBatch"), "restored": count, "kept": list("PriceLine")])
        ),
        ("DaySales", object(["start": time, "orders": count, "total": signedMoney])),
        (
            "SalesFigures",
            object(
                soldFigures.merging(costFigures) { own, _ in own }, required: soldFigures.keys.sorted())
        ),
        (
            "SalesReport",
            object([
                "kind": words(ReportKind.allCases), "from": date, "to": date,
                "compared": orNull(object(["from": date, "to": date])),
                "rows": [
                    "type": "array",
                    "items": object([
                        "key": text, "title": text, "figures": .ref("SalesFigures"),
                        "before": orNull(.ref("SalesFigures")),
                    ]),
                ],
                "total": .ref("SalesFigures"), "total_before": orNull(.ref("SalesFigures")),
                "cells": [
                    "type": "array",
                    "items": object([
                        "weekday": words(ShopWeekday.allCases), "hour": count, "turnover": signedMoney,
                    ]),
                ],
            ])
        ),
        (
            "JournalRecord",
            object([
                "chain": text, "number": count, "at": time, "by": optionalID,
                "kind": words(JournalKind.allCases), "text": text, "hash": text,
            ])
        ), ("JournalBreak", object(["chain": text, "number": count])),
    ]
}
