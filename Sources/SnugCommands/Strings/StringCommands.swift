/// The group's index; its order is the order of the documentation.
package enum StringCommands {
    package static let all: [any Command.Type] = [Get.self]
}
