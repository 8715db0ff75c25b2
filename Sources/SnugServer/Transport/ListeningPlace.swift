internal import Glibc
internal import SnugConfiguration

/// Where to listen.
enum ListeningPlace: Hashable, CustomStringConvertible {
    case address(String, port: Int, isOptional: Bool)
    case path(String)

    static func all(of configuration: Configuration) -> [ListeningPlace] {
        var places: [ListeningPlace] = []
        if configuration.port != 0 {
            places = configuration.bind.map { word in
                let isOptional = word.hasPrefix("-")
                let address = isOptional ? String(word.dropFirst()) : word
                return .address(address, port: configuration.port, isOptional: isOptional)
            }
        }
        let path = configuration.network.unixSocketPath
        if !path.isEmpty { places.append(.path(path)) }
        return places
    }

    var description: String {
        switch self {
        case .address(let address, let port, _): address.contains(":") ? "[\(address)]:\(port)" : "\(address):\(port)"
        case .path(let path): "the unix socket \(path)"
        }
    }

    /// Removes a unix socket's file, which would otherwise stay behind.
    func removeFile() {
        guard case .path(let path) = self else { return }
        // SAFETY: the path is a zero-terminated copy for the length of the call.
        unsafe unlink(path)
    }

    /// A descriptor that listens there, or nil when the machine lacks an optional address.
    func open(_ network: NetworkSettings) throws(ListenError) -> CInt? {
        switch self {
        case .path(let path):
            return try ListeningSocket.open(
                path: path, permissions: network.unixSocketPermissions, backlog: network.backlog)
        case .address(let address, let port, let isOptional):
            do {
                return try ListeningSocket.open(address: address, port: port, backlog: network.backlog)
            } catch {
                if isOptional && error.isAddressMissing { return nil }
                throw error
            }
        }
    }
}
