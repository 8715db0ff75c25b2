/// The group's index; its order is the order of the documentation.
package enum HyperLogLogCommands {
    package static let all: [any Command.Type] = [
        PFAdd.self, PFCount.self, PFDebug.self, PFMerge.self, PFSelfTest.self,
    ]
}
