package import SnugEngine
package import SnugRESP

/// The settings in force, as typed fields. `Directive` says which directive of the configuration file reads and writes
/// which field.
///
/// More than a dozen stored fields, because each group belongs to another part of the server, which sees only its own.
package struct Configuration: Sendable {
    /// How many numbered databases there are; at least 1.
    package var databases = 16
    package var requestLimits = RequestLimits()
    /// `requirepass`; empty for none.
    package var password: [UInt8] = []
    package var network = NetworkSettings()
    package var clients = ClientSettings()
    /// Up to which sizes values keep their small encodings.
    package var limits = EncodingLimits()
    package var memory = MemorySettings()
    package var expiry = ExpirySettings()
    package var observation = ObservationSettings()
    package var events = EventSettings()
    package var log = LogSettings()
    package var process = ProcessSettings()
    package var persistence = PersistenceSettings()
    package var privileges = PrivilegeSettings()
    /// Values of directives that no part of the server reads yet, by the directive's name, in normal form. A directive
    /// that is not here has its default.
    package var kept: [String: [UInt8]] = [:]

    package init() {}
}

extension Configuration {
    /// The TCP port, 0 for none.
    package var port: Int { network.port }
    /// Addresses to listen at. One with a leading `-` may be missing on this machine.
    package var bind: [String] { network.bind }
}
