/// Why a request did not come to its end. `sentence` completes "NAME at ADDRESS …", so that a person reads one line.
package enum ClientError: Error, Equatable, Sendable {
    /// No connection came about.
    case unreachable(String)
    /// The server hung up, or the network did.
    case closed
    /// Nothing came for so many seconds.
    case silent(seconds: Int)
    /// What came is not RESP.
    case notRESP(String)
    /// TLS could not be agreed on.
    case insecure(String)
    /// The server answered with this error.
    case refused(String)
    /// It answers, but holds or lacks what makes the work impossible; the text completes the sentence.
    case unusable(String)
    /// A signal asked for the end.
    case interrupted

    package var sentence: String {
        switch self {
        case .unreachable(let reason): "cannot be reached: \(reason)"
        case .closed: "closed the connection"
        case .silent(let seconds): "has not answered for \(seconds) seconds"
        case .notRESP(let what): "does not speak Redis's protocol: \(what)"
        case .insecure(let reason): "could not be spoken to over TLS: \(reason)"
        case .refused(let text): Self.explain(text)
        case .unusable(let what): what
        case .interrupted: "was left because of a signal"
        }
    }

    /// The first word of an error reply, such as "NOAUTH".
    package var code: String? {
        guard case .refused(let text) = self else { return nil }
        return text.split(separator: " ").first.map(String.init)
    }

    private static func explain(_ text: String) -> String {
        switch text.split(separator: " ").first {
        case "NOAUTH": "asks for a password: give it as redis://:PASSWORD@HOST:PORT"
        case "WRONGPASS": "refused the user name or the password"
        case "OOM": "is full: it answered '\(text)'"
        case "READONLY": "is a replica and takes no writes"
        case "MOVED", "ASK", "CLUSTERDOWN": "is part of a cluster, whose keys are spread over nodes: '\(text)'"
        case "DENIED": "is in protected mode and serves its own machine only"
        case "MISCONF": "takes no writes because it cannot save to disk"
        case "LOADING": "is still loading its data"
        default:
            text.hasPrefix("ERR invalid password") || text.hasPrefix("ERR Client sent AUTH")
                ? "refused the password: '\(text)'" : "answered '\(text)'"
        }
    }
}
