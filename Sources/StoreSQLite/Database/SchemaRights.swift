/// What a cashier may do with the approval of somebody else, and what is new at the till. A role keeps what its
/// shop made of it: only what it does not have yet is added, and only to the roles that every store has.
enum SchemaRights {
    static let statements = """
        UPDATE role SET grants = json_insert(grants,
            '$.issueGiftCards', json('{"unlimited":{}}'),
            '$.discountOrders', json('{"ask":{}}'),
            '$.overridePrices', json('{"ask":{}}'),
            '$.exemptTax', json('{"ask":{}}'),
            '$.sellBelowZero', json('{"ask":{}}'),
            '$.refund', json('{"ask":{}}'),
            '$.voidSales', json('{"ask":{}}'),
            '$.moveCash', json('{"ask":{}}'),
            '$.noSale', json('{"ask":{}}'))
        WHERE name = 'cashier';
        UPDATE role SET grants = json_insert(grants,
            '$.issueGiftCards', json('{"unlimited":{}}'),
            '$.exemptTax', json('{"unlimited":{}}'),
            '$.sellBelowZero', json('{"unlimited":{}}'),
            '$.noSale', json('{"unlimited":{}}'),
            '$.refundOtherwise', json('{"ask":{}}'),
            '$.refundWithoutReceipt', json('{"ask":{}}'))
        WHERE name = 'senior';
        UPDATE role SET grants = json_insert(grants,
            '$.issueGiftCards', json('{"unlimited":{}}'),
            '$.discountLines', json('{"ask":{}}'),
            '$.discountOrders', json('{"ask":{}}'),
            '$.overridePrices', json('{"ask":{}}'),
            '$.exemptTax', json('{"ask":{}}'),
            '$.sellBelowZero', json('{"ask":{}}'),
            '$.refund', json('{"ask":{}}'),
            '$.voidSales', json('{"ask":{}}'),
            '$.moveCash', json('{"ask":{}}'),
            '$.noSale', json('{"ask":{}}'))
        WHERE name = 'staff';
        UPDATE role SET grants = json_insert(grants,
            '$.issueGiftCards', json('{"unlimited":{}}'),
            '$.sellBelowZero', json('{"unlimited":{}}'),
            '$.noSale', json('{"unlimited":{}}'),
            '$.refundWithoutReceipt', json('{"unlimited":{}}'))
        WHERE name = 'manager';
        UPDATE role SET grants = json_insert(grants,
            '$.issueGiftCards', json('{"unlimited":{}}'),
            '$.sellBelowZero', json('{"unlimited":{}}'),
            '$.noSale', json('{"unlimited":{}}'),
            '$.refundWithoutReceipt', json('{"unlimited":{}}'))
        WHERE name = 'admin';
        """
}
