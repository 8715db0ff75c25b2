package struct ClientSettings: Sendable, Equatable {
    package var countMax = 10000
}

package struct MemorySettings: Sendable, Equatable {
    package var byteCountMax: UInt64 = 0
    package var policy = EvictionPolicy.noEviction
}

package enum EvictionPolicy: String, Sendable, CaseIterable {
    case noEviction = "noeviction"
}

package struct ExpirySettings: Sendable, Equatable {
    package var roundsPerSecond = 10
    package var effort = 1
}

package struct ObservationSettings: Sendable, Equatable {
    package var slowLogMicroseconds: Int64 = 10000
    package var slowLogCountMax = 128
    package var latencyMillisecondsMin: Int64 = 0
    package var tracksLatency = true
    package var latencyPercentiles: [Double] = [50, 99, 99.9]
}

package struct PrivilegeSettings: Sendable, Equatable {
    package var debugCommand = Privilege.no
}

package enum Privilege: String, Sendable, CaseIterable {
    case no, yes, local
    package func allows(isLocal: Bool) -> Bool { self == .yes || self == .local && isLocal }
}
