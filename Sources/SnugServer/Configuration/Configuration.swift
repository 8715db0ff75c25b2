package import SnugRESP

/// The settings in force.
package struct Configuration: Sendable {
    package var databases = 16
    package var port = 6379
    package var bind = ["127.0.0.1"]
    package var requestLimits = RequestLimits()
    package var password = ""

    package init() {}
}
