/// Where a server is and who asks: what `redis://[user:password@]host:port[/db]`, `rediss://` (TLS) and
/// `unix://[user:password@]/path[?db=N]` say.
package struct ServerAddress: Equatable, Sendable {
    package enum Endpoint: Equatable, Sendable {
        case network(host: String, port: UInt16)
        case unix(path: String)
    }

    package var endpoint: Endpoint
    package var isSecure = false
    package var user: String?
    package var password: String?
    package var database = 0

    package init(host: String, port: UInt16) {
        endpoint = .network(host: host, port: port)
    }

    package init(_ text: String) throws(AddressError) {
        guard let scheme = text.firstRange(of: "://") else {
            throw AddressError("'\(Self.shown(text))' is no address: it begins with redis://, rediss:// or unix://")
        }
        var rest = text[scheme.upperBound...]
        var user: String?
        var password: String?
        if let at = Self.endOfCredentials(rest) {
            (user, password) = try Self.credentials(rest[..<at])
            rest = rest[rest.index(after: at)...]
        }
        switch text[..<scheme.lowerBound] {
        case "unix":
            (endpoint, database) = try Self.unixEndpoint(rest)
        case "redis", "rediss":
            (endpoint, database) = try Self.networkEndpoint(rest)
            isSecure = text.hasPrefix("rediss")
        case let other:
            throw AddressError("'\(other)://' is unknown: an address begins with redis://, rediss:// or unix://")
        }
        self.user = user
        self.password = password
    }

    /// The address without user and password, for people and reports.
    package var description: String {
        switch endpoint {
        case .unix(let path): "unix://\(path)" + (database == 0 ? "" : "?db=\(database)")
        case .network(let host, let port):
            (isSecure ? "rediss://" : "redis://") + (host.contains(":") ? "[\(host)]" : host) + ":\(port)"
                + (database == 0 ? "" : "/\(database)")
        }
    }

    /// The address as it was given, password included: only for a process of our own, through a pipe.
    package var secretDescription: String {
        guard user != nil || password != nil else { return description }
        let mark = description.firstRange(of: "://")?.upperBound ?? description.startIndex
        let who = Percent.encode(user ?? "") + ":" + Percent.encode(password ?? "")
        return description[..<mark] + who + "@" + description[mark...]
    }
}

/// One sentence on what is wrong with an address.
package struct AddressError: Error, Equatable, CustomStringConvertible {
    package let description: String
    init(_ description: String) { self.description = description }
}

extension ServerAddress {
    /// The `@` that ends user and password. A password may hold one itself, a host cannot; a path can.
    private static func endOfCredentials(_ text: Substring) -> Substring.Index? {
        let authority = text.prefix { $0 != "/" && $0 != "?" }
        if let at = authority.lastIndex(of: "@") { return at }
        return nil
    }

    private static func credentials(_ text: Substring) throws(AddressError) -> (String?, String?) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard let user = Percent.decode(parts[0]), let password = Percent.decode(parts.count > 1 ? parts[1] : "") else {
            throw AddressError(
                "the user name or the password in the address has a '%' that is not followed by two digits")
        }
        if parts.count == 1 { return (user.isEmpty ? nil : user, nil) }
        return (user.isEmpty ? nil : user, password)
    }

    private static func unixEndpoint(_ text: Substring) throws(AddressError) -> (Endpoint, Int) {
        let parts = text.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        guard let path = Percent.decode(parts[0]), path.hasPrefix("/"), path.utf8.count < 108 else {
            throw AddressError("'unix://\(text)' needs the full path of a socket, at most 107 bytes")
        }
        guard parts.count == 2 else { return (.unix(path: path), 0) }
        guard parts[1].hasPrefix("db="), let database = Int(parts[1].dropFirst(3)), database >= 0 else {
            throw AddressError("'?\(parts[1])' is not '?db=NUMBER'")
        }
        return (.unix(path: path), database)
    }

    private static func networkEndpoint(_ text: Substring) throws(AddressError) -> (Endpoint, Int) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        var database = 0
        if parts.count == 2, !parts[1].isEmpty {
            guard let number = Int(parts[1]), number >= 0 else {
                throw AddressError("'/\(parts[1])' at the end of the address is not the number of a database")
            }
            database = number
        }
        var host = parts[0]
        var portText: Substring = "6379"
        if host.hasPrefix("["), let end = host.firstIndex(of: "]") {
            let rest = host[host.index(after: end)...]
            if rest.hasPrefix(":") { portText = rest.dropFirst() }
            host = host[host.index(after: host.startIndex)..<end]
        } else if let colon = host.lastIndex(of: ":") {
            portText = host[host.index(after: colon)...]
            host = host[..<colon]
        }
        guard !host.isEmpty else { throw AddressError("the address names no host") }
        guard let port = UInt16(portText), port > 0 else {
            throw AddressError("'\(portText)' is not a port: it is a number from 1 to 65535")
        }
        return (.network(host: String(host), port: port), database)
    }

    /// What may be repeated of a text that could hold a password.
    private static func shown(_ text: String) -> Substring {
        guard let at = text.lastIndex(of: "@") else { return text.prefix(80) }
        return "…" + text[at...].prefix(80)
    }
}

/// `%41` for `A`, as addresses have it.
enum Percent {
    static func decode(_ text: Substring) -> String? {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let high = rest.popFirst().flatMap(digit), let low = rest.popFirst().flatMap(digit) else {
                return nil
            }
            bytes.append(high << 4 | low)
        }
        return String(validating: bytes, as: UTF8.self)
    }

    static func encode(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF")
        return text.utf8.reduce(into: "") { result, byte in
            let isPlain = (byte | 0x20) &- 97 < 26 || byte &- 48 < 10
            if isPlain {
                result.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                result += "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
            }
        }
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 48...57: byte - 48
        case 65...70: byte - 55
        case 97...102: byte - 87
        default: nil
        }
    }
}
