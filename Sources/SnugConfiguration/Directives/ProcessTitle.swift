/// `proc-title-template`: kept and checked as Redis checks it, without a title that would change.
enum ProcessTitle {
    static let directive = Directive(
        "proc-title-template", .text, effect: .none,
        read: { $0.kept["proc-title-template"] ?? Array("{title} {listen-addr} {server-mode}".utf8) },
        write: { (configuration, words, _) throws(ValueError) in
            guard let title = expanded(words[0], configuration), title.contains(where: { $0 != 32 }) else {
                throw ValueError("template format is invalid or contains unknown variables")
            }
            configuration.kept["proc-title-template"] = words[0]
        })

    /// The template with its variables replaced; nil when one is unknown or a brace is not closed. `{{` is a brace. The
    /// program's name counts as empty, as in Redis when a template is set.
    private static func expanded(_ template: [UInt8], _ configuration: borrowing Configuration) -> [UInt8]? {
        var title: [UInt8] = []
        var rest = template[...]
        while let start = rest.firstIndex(of: UInt8(ascii: "{")) {
            title += rest[..<start]
            rest = rest[(start + 1)...]
            if rest.first == UInt8(ascii: "{") {
                title.append(UInt8(ascii: "{"))
                rest = rest.dropFirst()
                continue
            }
            guard let end = rest.firstIndex(of: UInt8(ascii: "}")),
                let value = value(of: String(decoding: rest[..<end], as: UTF8.self), configuration)
            else { return nil }
            title += Array(value.utf8)
            rest = rest[(end + 1)...]
        }
        return title + rest
    }

    private static func value(of variable: String, _ configuration: borrowing Configuration) -> String? {
        switch variable {
        case "title", "server-mode": ""
        case "listen-addr", "port", "tls-port": "0"
        case "unixsocket": configuration.network.unixSocketPath
        case "config-file": configuration.process.configurationFile
        default: nil
        }
    }
}
