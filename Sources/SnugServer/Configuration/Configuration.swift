package import SnugRESP

/// The settings in force.
package struct Configuration: Sendable {
    package var databases = 16
    package var port = 6379
    package var bind = ["127.0.0.1"]
    package var requestLimits = RequestLimits()
    package var password: [UInt8] = []
    package var clients = ClientSettings()
    package var memory = MemorySettings()
    package var expiry = ExpirySettings()
    package var observation = ObservationSettings()
    package var privileges = PrivilegeSettings()

    package init() {}
}
