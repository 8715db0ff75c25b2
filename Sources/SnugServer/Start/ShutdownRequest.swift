internal import Logging
package import SnugConfiguration

/// That the server shall end, and how.
package struct ShutdownRequest: Sendable {
    package var options: ShutdownOptions

    package init(options: ShutdownOptions = []) { self.options = options }
}

extension Server {
    /// Asks the process to end. False when the data should be saved first and cannot be; the log says so. With `force`
    /// that is no reason to stay.
    @discardableResult
    package func shutdown(_ request: ShutdownRequest) -> Bool {
        if request.options.contains(.save) {
            logger.warning("data cannot be saved: writing it to disk is not there yet")
            guard request.options.contains(.force) else { return false }
        }
        onShutdown?(request)
        return true
    }
}
