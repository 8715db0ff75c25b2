internal import SnugEngine
internal import SnugMemory
internal import SnugRESP

/// The sets of a command on several: those under the words `range`, nil where there is none. All are looked at before
/// any is used, so that one of another type is an error whatever the others are.
func sourceSets(
    _ arguments: borrowing Arguments, _ range: Range<Int>, _ partition: inout Partition
) throws(CommandError) -> [SetSource?] {
    for index in range {
        do { _ = try partition.useSet(arguments[index]) } catch { throw CommandError(error) }
    }
    // Looking up may move what was found before.
    var sources: [SetSource?] = []
    sources.reserveCapacity(range.count)
    for index in range { sources.append(partition.usedSet(arguments[index])) }
    return sources
}

/// As above, for an intersection: none when one of the sets is not there.
func intersectedSets(
    _ arguments: borrowing Arguments, _ range: Range<Int>, _ partition: inout Partition
) throws(CommandError) -> [SetSource] {
    let found = try sourceSets(arguments, range, &partition)
    let sources = found.compactMap { $0 }
    return sources.count == found.count ? sources : []
}
