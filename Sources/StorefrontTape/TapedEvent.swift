import StorefrontTUI
import TerminalKit

/// Something a person did, as a tape keeps it.
public enum TapedEvent: Hashable, Sendable {
    case key(Key, isAlone: Bool)
    case paste(String)
    case press(Point)
    case wheel(isUp: Bool)
    case scan(Scan)
    case focus(Bool)
    case resize(Size)
    /// Something was typed on that screen that must not be seen.
    case secret(String)
    /// A line of a session in lines; nil for their end.
    case line(String?)
    /// A line that must not be seen.
    case secretLine

    /// nil for what means nothing to the model.
    public init?(_ event: TerminalEvent, isAlone: Bool) {
        switch event {
        case .key(let key): self = .key(key, isAlone: isAlone)
        case .scan(let scan): self = .scan(scan)
        case .paste(let text): self = .paste(text)
        case .mouse(let mouse):
            switch (mouse.kind, mouse.button) {
            case (.wheelUp, _): self = .wheel(isUp: true)
            case (.wheelDown, _): self = .wheel(isUp: false)
            case (.press, .left): self = .press(mouse.position)
            case (.press, _), (.release, _): return nil
            }
        case .resize(let size): self = .resize(size)
        case .focus(let isHere): self = .focus(isHere)
        case .resumed, .ended: return nil
        }
    }

    public init(_ input: PlainEvent.Input) {
        switch input {
        case .line(let line): self = .line(line)
        case .secret: self = .secretLine
        case .end: self = .line(nil)
        }
    }

    /// What came from the terminal, and whether it came alone; nil for secrets and lines.
    public var terminalEvent: (event: TerminalEvent, isAlone: Bool)? {
        switch self {
        case .key(let key, let isAlone): (.key(key), isAlone)
        case .paste(let text): (.paste(text), true)
        case .press(let point): (.mouse(MouseEvent(kind: .press, position: point)), true)
        case .wheel(let isUp):
            (
                .mouse(
                    MouseEvent(
                        kind: isUp ? .wheelUp : .wheelDown, button: .none, position: Point(x: 0, y: 0))),
                true
            )
        case .scan(let scan): (.scan(scan), true)
        case .focus(let isHere): (.focus(isHere), true)
        case .resize(let size): (.resize(size), true)
        case .secret, .line, .secretLine: nil
        }
    }

    /// As a person names it.
    public var words: String {
        switch self {
        case .key(let key, _): key.name(ascii: true)
        case .paste(let text): "paste \(text.count) characters"
        case .press(let point): "click at \(point.x),\(point.y)"
        case .wheel(let isUp): isUp ? "wheel up" : "wheel down"
        case .scan(let scan): "scan \(scan.code)"
        case .focus(let isHere): isHere ? "window comes to the front" : "window goes to the back"
        case .resize(let size): "resize to \(size.width)x\(size.height)"
        case .secret: "type the password"
        case .line(let line): line.map { "line \"\($0)\"" } ?? "end of lines"
        case .secretLine: "line with the password"
        }
    }
}

extension TapedEvent: Codable {
    private enum CodingKeys: String, CodingKey {
        case key, char, burst, paste, click, wheel, scan, end, passed, focus, secret, line, ended
    }

    public func encode(to encoder: any Encoder) throws {
        if case .key(let key, true) = self, Key(name: key.name(ascii: true)) == key {
            var container = encoder.singleValueContainer()
            return try container.encode(key.name(ascii: true))
        }
        if case .resize(let size) = self {
            var container = encoder.singleValueContainer()
            return try container.encode("\(size.width)x\(size.height)")
        }
        var container = encoder.container(keyedBy: CodingKeys.self)
        switch self {
        case .key(let key, let isAlone):
            if Key(name: key.name(ascii: true)) != key, case .character(let character) = key {
                try container.encode(String(character), forKey: .char)
            } else {
                try container.encode(key.name(ascii: true), forKey: .key)
            }
            if !isAlone { try container.encode(true, forKey: .burst) }
        case .paste(let text): try container.encode(text, forKey: .paste)
        case .press(let point): try container.encode([point.x, point.y], forKey: .click)
        case .wheel(let isUp): try container.encode(isUp ? "up" : "down", forKey: .wheel)
        case .scan(let scan):
            try container.encode(scan.code, forKey: .scan)
            try container.encode(scan.end.name(ascii: true), forKey: .end)
            if scan.passed > 0 { try container.encode(scan.passed, forKey: .passed) }
        case .focus(let isHere): try container.encode(isHere, forKey: .focus)
        case .secret(let screen): try container.encode(screen, forKey: .secret)
        case .line(let line?): try container.encode(line, forKey: .line)
        case .line(nil): try container.encode(true, forKey: .ended)
        case .secretLine: try container.encode("line", forKey: .secret)
        case .resize: break
        }
    }

    public init(from decoder: any Decoder) throws {
        if let name = try? decoder.singleValueContainer().decode(String.self) {
            guard let key = Key(name: name) else { throw Self.unknown(decoder, "no key is called \(name)") }
            self = .key(key, isAlone: true)
            return
        }
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let isAlone = try container.decodeIfPresent(Bool.self, forKey: .burst) != true
        if let name = try container.decodeIfPresent(String.self, forKey: .key) {
            guard let key = Key(name: name) else { throw Self.unknown(decoder, "no key is called \(name)") }
            self = .key(key, isAlone: isAlone)
        } else if let text = try container.decodeIfPresent(String.self, forKey: .char), let only = text.first
        {
            self = .key(.character(only), isAlone: isAlone)
        } else if let text = try container.decodeIfPresent(String.self, forKey: .paste) {
            self = .paste(text)
        } else if let place = try container.decodeIfPresent([Int].self, forKey: .click), place.count == 2 {
            self = .press(Point(x: place[0], y: place[1]))
        } else if let way = try container.decodeIfPresent(String.self, forKey: .wheel) {
            self = .wheel(isUp: way == "up")
        } else if let code = try container.decodeIfPresent(String.self, forKey: .scan) {
            let end = try container.decodeIfPresent(String.self, forKey: .end).flatMap { Key(name: $0) }
            let passed = try container.decodeIfPresent(Int.self, forKey: .passed) ?? 0
            self = .scan(Scan(code, end: end ?? .enter, passed: passed))
        } else if let isHere = try container.decodeIfPresent(Bool.self, forKey: .focus) {
            self = .focus(isHere)
        } else if let screen = try container.decodeIfPresent(String.self, forKey: .secret) {
            self = screen == "line" ? .secretLine : .secret(screen)
        } else if let line = try container.decodeIfPresent(String.self, forKey: .line) {
            self = .line(line)
        } else if try container.decodeIfPresent(Bool.self, forKey: .ended) == true {
            self = .line(nil)
        } else {
            throw Self.unknown(decoder, "this event has no name that is known")
        }
    }

    private static func unknown(_ decoder: any Decoder, _ why: String) -> DecodingError {
        .dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: why))
    }
}
