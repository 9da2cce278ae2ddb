import ArgumentParser

extension Storefront {
    /// The command of a start with no argument, with `--demo` or with `--db` and a path, as the parser would give it; nil
    /// for all others. The parser learns first what every subcommand takes, and that takes longer than opening the shop.
    static func plainStart(_ arguments: [String]) -> Storefront? {
        let (demo, db): (Bool, String?)
        switch arguments.count {
        case 0: (demo, db) = (false, nil)
        case 1 where arguments[0] == "--demo": (demo, db) = (true, nil)
        case 2 where arguments[0] == "--db" && !arguments[1].hasPrefix("-") && !arguments[1].isEmpty:
            (demo, db) = (false, arguments[1])
        default: return nil
        }
        var command = Storefront()
        command.place = StoreOptions(db: db)
        command.look = .untold
        command.repeatable = .untold
        command.qa = false
        command.demo = demo
        command.demoProducts = nil
        command.country = nil
        return command
    }
}

extension StoreOptions {
    /// What `--db` alone says.
    fileprivate init(db: String?) {
        self.init()
        self.db = db
        remote = nil
        readOnly = false
    }
}

extension LookOptions {
    /// What no flag says.
    fileprivate static var untold: LookOptions {
        var look = LookOptions()
        look.theme = nil
        look.noColor = false
        look.noMouse = false
        look.plain = false
        look.ascii = false
        return look
    }
}

extension QAOptions {
    /// What no flag says.
    fileprivate static var untold: QAOptions {
        var options = QAOptions()
        options.seed = nil
        options.clock = nil
        return options
    }
}
