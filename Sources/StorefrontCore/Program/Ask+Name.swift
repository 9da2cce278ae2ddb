extension Ask {
    /// For the log: what is asked of whom, without anything that a person typed.
    public var name: String {
        switch self {
        case .program(let request):
            switch request {
            case .keepTheme: "program.keepTheme"
            case .keepEmail: "program.keepEmail"
            case .copy: "program.copy"
            case .connect: "program.connect"
            case .reconnect: "program.reconnect"
            case .policy: "program.policy"
            case .account: "program.account"
            case .showcase: "program.showcase"
            }
        case .welcome(.loadDemoData): "welcome.loadDemoData"
        case .welcome(.setUp): "welcome.setUp"
        case .account(let request):
            switch request {
            case .signIn: "account.signIn"
            case .register: "account.register"
            case .signOut: "account.signOut"
            case .useKey: "account.useKey"
            case .useCode: "account.useCode"
            case .setPassword: "account.setPassword"
            }
        case .shop(let request):
            switch request {
            case .page: "shop.page"
            case .categories: "shop.categories"
            case .code: "shop.code"
            }
        case .product(.load): "product.load"
        case .product(.cost): "product.cost"
        case .basket(let request):
            switch request {
            case .load: "basket.load"
            case .change: "basket.change"
            case .open: "basket.open"
            case .undo: "basket.undo"
            case .redo: "basket.redo"
            case .letGo: "basket.letGo"
            case .takeUp: "basket.takeUp"
            case .tryCode: "basket.tryCode"
            case .adopt: "basket.adopt"
            case .quote: "basket.quote"
            case .compare: "basket.compare"
            }
        case .checkout(let request):
            switch request {
            case .find: "checkout.find"
            case .begin: "checkout.begin"
            case .methods: "checkout.methods"
            case .complete: "checkout.complete"
            case .abandon: "checkout.abandon"
            case .take: "checkout.take"
            case .placeAnew: "checkout.placeAnew"
            case .keepOpen: "checkout.keepOpen"
            case .pay: "checkout.pay"
            }
        case .receipt(let request):
            switch request {
            case .print: "receipt.print"
            case .save: "receipt.save"
            case .mail: "receipt.mail"
            case .makeInvoice: "receipt.makeInvoice"
            }
        case .orders(let request):
            switch request {
            case .list: "orders.list"
            case .one: "orders.one"
            case .cancel: "orders.cancel"
            case .cancelAll: "orders.cancelAll"
            case .print: "orders.print"
            case .export: "orders.export"
            case .sales: "orders.sales"
            }
        case .baskets(.list): "baskets.list"
        case .till(let request):
            switch request {
            case .begin: "till.begin"
            case .findSale: "till.findSale"
            case .sell: "till.sell"
            case .finish: "till.finish"
            case .find: "till.find"
            case .customers: "till.customers"
            case .newCustomer: "till.newCustomer"
            case .park: "till.park"
            case .parked: "till.parked"
            case .resume: "till.resume"
            case .openDrawer: "till.openDrawer"
            case .noSale: "till.noSale"
            case .slip: "till.slip"
            case .note: "till.note"
            case .value: "till.value"
            case .keepMacro: "till.keepMacro"
            }
        case .shift(let request):
            switch request {
            case .look: "shift.look"
            case .open: "shift.open"
            case .move: "shift.move"
            case .count: "shift.count"
            case .close: "shift.close"
            case .report: "shift.report"
            case .list: "shift.list"
            case .print: "shift.print"
            case .save: "shift.save"
            }
        case .returns(let request):
            switch request {
            case .find: "returns.find"
            case .sale: "returns.sale"
            case .product: "returns.product"
            case .refund: "returns.refund"
            case .void: "returns.void"
            case .print: "returns.print"
            case .save: "returns.save"
            }
        case .looseReturns(let request):
            switch request {
            case .begin: "looseReturns.begin"
            case .product: "looseReturns.product"
            case .customer: "looseReturns.customer"
            case .figures: "looseReturns.figures"
            case .prepare: "looseReturns.prepare"
            case .take: "looseReturns.take"
            case .print: "looseReturns.print"
            }
        case .reports(let request):
            switch request {
            case .load: "reports.load"
            case .save: "reports.save"
            }
        case .giftCards(let request):
            switch request {
            case .list: "giftCards.list"
            case .history: "giftCards.history"
            case .find: "giftCards.find"
            }
        case .customers(let request):
            switch request {
            case .list: "customers.list"
            case .more: "customers.more"
            case .record: "customers.record"
            case .target: "customers.target"
            case .merge: "customers.merge"
            case .export: "customers.export"
            case .erase: "customers.erase"
            }
        case .office(let request):
            switch request {
            case .load: "office.load"
            case .giveRole: "office.giveRole"
            case .addPerson: "office.addPerson"
            case .setPassword: "office.setPassword"
            case .signOutEverywhere: "office.signOutEverywhere"
            case .unlockPIN: "office.unlockPIN"
            case .saveRole: "office.saveRole"
            case .set: "office.set"
            case .look: "office.look"
            case .apply: "office.apply"
            case .addDiscount: "office.addDiscount"
            case .changeDiscount: "office.changeDiscount"
            case .verify: "office.verify"
            case .saveJournal: "office.saveJournal"
            }
        case .counting(let request):
            switch request {
            case .list: "counting.list"
            case .scanned: "counting.scanned"
            case .begin: "counting.begin"
            case .book: "counting.book"
            }
        case .products(let request):
            switch request {
            case .list: "products.list"
            case .cost: "products.cost"
            case .archived: "products.archived"
            case .record: "products.record"
            case .scanned: "products.scanned"
            case .add: "products.add"
            case .save: "products.save"
            case .history: "products.history"
            case .plan: "products.plan"
            case .setPrices: "products.setPrices"
            case .batches: "products.batches"
            case .takeBack: "products.takeBack"
            case .label: "products.label"
            }
        case .firstSteps(let request):
            switch request {
            case .load: "firstSteps.load"
            case .tryPaper: "firstSteps.tryPaper"
            }
        case .stock(let request):
            switch request {
            case .low: "stock.low"
            case .product: "stock.product"
            case .explain: "stock.explain"
            case .book: "stock.book"
            case .list: "stock.list"
            }
        case .visitor(let request):
            switch request {
            case .keys: "visitor.keys"
            case .addKey: "visitor.addKey"
            case .remove: "visitor.remove"
            case .makeCode: "visitor.makeCode"
            case .forget: "visitor.forget"
            }
        case .staff(let request):
            switch request {
            case .usePIN: "staff.usePIN"
            case .unlock: "staff.unlock"
            case .setPIN: "staff.setPIN"
            case .setPINOf: "staff.setPINOf"
            case .setBadgeOf: "staff.setBadgeOf"
            case .readBadge: "staff.readBadge"
            case .approvals: "staff.approvals"
            case .look: "staff.look"
            case .grantHere: "staff.grantHere"
            case .grant: "staff.grant"
            case .refuse: "staff.refuse"
            case .withdraw: "staff.withdraw"
            }
        case .importing(let request):
            switch request {
            case .look: "importing.look"
            case .carryOut: "importing.carryOut"
            }
        }
    }
}
