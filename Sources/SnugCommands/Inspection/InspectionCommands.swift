/// The group's index; its order is the order of the documentation.
package enum InspectionCommands {
    package static let all: [any Command.Type] = [
        Snug.self, SnugEncodings.self, SnugHelp.self, SnugLayout.self, SnugShapes.self,
    ]
}
