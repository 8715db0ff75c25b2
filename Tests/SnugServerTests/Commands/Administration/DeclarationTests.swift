import Foundation
import SnugCommands
import SnugRESP
import Testing

@testable import SnugServer

/// What must hold for the declaration of every command.
@Suite struct DeclarationTests {
    private let table = Server.makeTable()

    @Test func containersAreThere() {
        for entry in table.entries {
            guard let container = entry.spec.container else { continue }
            let parent = table.entries.first { $0.fullName == "\(container)".lowercased() }
            #expect(parent?.spec.container == nil && parent != nil, "\(entry.fullName)")
            #expect(parent?.subcommands.contains { table.entries[$0].fullName == entry.fullName } == true)
        }
    }

    @Test func namesAreFoundAndUnique() {
        var seen: Set<String> = []
        for (number, entry) in table.entries.enumerated() {
            #expect(seen.insert(entry.fullName).inserted, "\(entry.fullName) twice")
            #expect(table.find(fullName: Array(entry.fullName.utf8)) == number)
            #expect("\(entry.spec.name)" == "\(entry.spec.name)".uppercased())
        }
    }

    @Test func arityCoversNameContainerAndKeys() {
        for entry in table.entries {
            let least = abs(entry.spec.arity.number)
            #expect(least >= (entry.spec.container == nil ? 1 : 2), "\(entry.fullName)")
            for key in entry.spec.keys {
                guard case .index(let index) = key.begin, !entry.spec.flags.contains(.noMandatoryKeys),
                    // Its sources may be none.
                    entry.fullName != "pfmerge" || index == 1
                else { continue }
                #expect(index < least, "\(entry.fullName): a request may end before its key")
            }
        }
    }

    @Test func keySpecificationsAgreeWithFlagsAndArguments() {
        for entry in table.entries {
            let spec = entry.spec
            if spec.flags.contains(.readonly) { #expect(!spec.flags.contains(.write), "\(entry.fullName)") }
            let written: KeyFlags = [.readWrite, .overwrite, .remove]
            // PFCOUNT notes its estimate, as in Redis, and is a reader for all that.
            for key in spec.keys where !key.flags.isDisjoint(with: written) && entry.fullName != "pfcount" {
                #expect(spec.flags.contains(.write), "\(entry.fullName) changes a key and is no write")
            }
            for argument in spec.arguments { check(argument, of: entry.fullName, keyCount: spec.keys.count) }
        }
    }

    private func check(_ argument: Argument, of command: String, keyCount: Int) {
        if argument.kind == .key { #expect((argument.keySpecIndex ?? -1) < keyCount, "\(command): \(argument.name)") }
        if argument.kind == .pureToken { #expect(argument.token != nil, "\(command): \(argument.name)") }
        let hasParts = argument.kind == .oneof || argument.kind == .block
        #expect(argument.parts.isEmpty != hasParts, "\(command): \(argument.name)")
        for part in argument.parts { check(part, of: command, keyCount: keyCount) }
    }

    @Test func everythingIsDescribed() {
        for entry in table.entries {
            #expect(!"\(entry.spec.summary)".isEmpty && !"\(entry.spec.complexity)".isEmpty, "\(entry.fullName)")
            #expect("\(entry.spec.summary)".hasSuffix("."), "\(entry.fullName): a summary is a sentence")
        }
    }

    @Test func theReferenceIsCurrent() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../..")
        let written = try String(contentsOf: root.appending(path: "docs/commands.md"), encoding: .utf8)
        #expect(written == Server.commandReference, "make docs writes docs/commands.md anew")
    }
}
