/// What a cashier may do with the approval of somebody else, and what is new at the till. A role keeps what its
/// shop made of it: only what it does not have yet is added, and only to the roles that every store has.
enum PostgresSchemaRights {
    static let statements = """
        UPDATE role SET grants = ('{
            "issueGiftCards": {"unlimited":{}},
            "discountOrders": {"ask":{}},
            "overridePrices": {"ask":{}},
            "exemptTax": {"ask":{}},
            "sellBelowZero": {"ask":{}},
            "refund": {"ask":{}},
            "voidSales": {"ask":{}},
            "moveCash": {"ask":{}},
            "noSale": {"ask":{}}
        }'::jsonb || grants::jsonb)::text WHERE name = 'cashier';
        UPDATE role SET grants = ('{
            "issueGiftCards": {"unlimited":{}},
            "exemptTax": {"unlimited":{}},
            "sellBelowZero": {"unlimited":{}},
            "noSale": {"unlimited":{}},
            "refundOtherwise": {"ask":{}},
            "refundWithoutReceipt": {"ask":{}}
        }'::jsonb || grants::jsonb)::text WHERE name = 'senior';
        UPDATE role SET grants = ('{
            "issueGiftCards": {"unlimited":{}},
            "discountLines": {"ask":{}},
            "discountOrders": {"ask":{}},
            "overridePrices": {"ask":{}},
            "exemptTax": {"ask":{}},
            "sellBelowZero": {"ask":{}},
            "refund": {"ask":{}},
            "voidSales": {"ask":{}},
            "moveCash": {"ask":{}},
            "noSale": {"ask":{}}
        }'::jsonb || grants::jsonb)::text WHERE name = 'staff';
        UPDATE role SET grants = ('{
            "issueGiftCards": {"unlimited":{}},
            "sellBelowZero": {"unlimited":{}},
            "noSale": {"unlimited":{}},
            "refundWithoutReceipt": {"unlimited":{}}
        }'::jsonb || grants::jsonb)::text WHERE name = 'manager';
        UPDATE role SET grants = ('{
            "issueGiftCards": {"unlimited":{}},
            "sellBelowZero": {"unlimited":{}},
            "noSale": {"unlimited":{}},
            "refundWithoutReceipt": {"unlimited":{}}
        }'::jsonb || grants::jsonb)::text WHERE name = 'admin';
        """
}
