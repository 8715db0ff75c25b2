/// The group's index; its order is the order of the documentation.
package enum BitmapCommands {
    package static let all: [any Command.Type] = [
        BitCount.self, BitFieldCommand.self, BitFieldReadOnly.self, BitOp.self, BitPos.self, GetBit.self, SetBit.self,
    ]
}
