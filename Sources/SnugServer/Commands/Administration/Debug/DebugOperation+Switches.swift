internal import Glibc
internal import Logging
internal import SnugCommands
internal import SnugMemory
internal import SnugRESP

/// Words that stop, change or mark the server.
extension DebugOperation {
    static let switches: [DebugOperation] = [
        DebugOperation("SLEEP", 3) { arguments, _, _, reply throws(CommandError) in
            sleep(seconds: seconds(arguments[2]))
            reply.ok()
        },
        DebugOperation("SET-ACTIVE-EXPIRE", 3) { arguments, _, server, reply throws(CommandError) in
            server.debugSwitches.expiresActively = isOn(arguments[2])
            reply.ok()
        },
        DebugOperation("SET-DISABLE-DENY-SCRIPTS", 3) { arguments, _, server, reply throws(CommandError) in
            server.debugSwitches.ignoresNoScript = isOn(arguments[2])
            reply.ok()
        },
        DebugOperation("QUICKLIST-PACKED-THRESHOLD", 3) { arguments, _, server, reply throws(CommandError) in
            guard let byteCount = MemorySize.byteCount(arguments[2]), byteCount <= 4 << 30 else {
                throw reply.refusal("ERR argument must be a memory value bigger than 1 and smaller than 4gb")
            }
            server.debugSwitches.quicklistPackedByteCountMax = byteCount
            reply.ok()
        },
        DebugOperation("REPLYBUFFER", 4) { arguments, _, _, reply throws(CommandError) in
            // Reply buffers are shared and shrink after each write, so that there is nothing to set.
            let value = arguments[3]
            if arguments[2].isWord("PEAK-RESET-TIME") {
                if !value.isWord("NEVER") && !value.isWord("RESET") { _ = try value.integer() }
            } else if !arguments[2].isWord("RESIZING") {
                throw reply.wrongSubcommandUse(arguments[1].makeString(), of: "DEBUG")
            }
            reply.ok()
        },
        DebugOperation("CHANGE-REPL-ID", 2) { _, _, server, reply throws(CommandError) in
            var random = SystemRandomNumberGenerator()
            server.identity.replication = ServerIdentity.draw(using: &random)
            reply.ok()
        },
        DebugOperation("LOG", 3) { arguments, _, server, reply throws(CommandError) in
            server.logger.warning("DEBUG LOG: \(arguments[2].makeString())")
            reply.ok()
        },
    ]

    /// What C's `atoi` would read as other than 0.
    private static func isOn(_ word: RawSpan) -> Bool { (word.canonicalInteger ?? 0) != 0 }

    /// Seconds, decimals allowed; 0 for what is no number.
    private static func seconds(_ word: RawSpan) -> Double {
        guard let value = Double(word.makeString()), value.isFinite, value > 0 else { return 0 }
        return min(value, 1e9)
    }

    /// Stops the thread, and with it the server, as the word asks.
    private static func sleep(seconds: Double) {
        var rest = timespec()
        rest.tv_sec = Int(seconds)
        rest.tv_nsec = Int((seconds - seconds.rounded(.down)) * 1e9)
        var asked = rest
        // SAFETY: both outlive the call, which reads the one and fills the other.
        while unsafe nanosleep(&asked, &rest) != 0 && errno == EINTR { asked = rest }
    }
}

/// Numbers of bytes with units, as redis.conf writes them.
enum MemorySize {
    /// "100", "1kb" (1024), "1k" (1000), … ; nil for anything else or more than 2^63.
    static func byteCount(_ word: RawSpan) -> UInt64? {
        let text = word.makeString().lowercased()
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        guard let number = UInt64(digits) else { return nil }
        let factor: UInt64
        switch text.dropFirst(digits.count) {
        case "", "b": factor = 1
        case "k": factor = 1000
        case "kb": factor = 1 << 10
        case "m": factor = 1_000_000
        case "mb": factor = 1 << 20
        case "g": factor = 1_000_000_000
        case "gb": factor = 1 << 30
        default: return nil
        }
        let (product, overflow) = number.multipliedReportingOverflow(by: factor)
        return overflow || product > UInt64(Int64.max) ? nil : product
    }
}
