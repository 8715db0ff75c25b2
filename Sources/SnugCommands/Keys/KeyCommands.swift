/// The group's index; its order is the order of the documentation.
package enum KeyCommands {
    package static let all: [any Command.Type] = [
        Copy.self, Del.self, Dump.self, Exists.self, Expire.self, ExpireAt.self, ExpireTime.self, Keys.self,
        Move.self, Object.self, ObjectEncoding.self, ObjectFreq.self, ObjectHelp.self, ObjectIdleTime.self,
        ObjectRefCount.self, Persist.self, PExpire.self, PExpireAt.self, PExpireTime.self, PTTL.self, RandomKey.self,
        Rename.self, RenameNX.self, Restore.self, Scan.self, Sort.self, SortRO.self, Touch.self, TTL.self,
        TypeOf.self, Unlink.self,
    ]
}
