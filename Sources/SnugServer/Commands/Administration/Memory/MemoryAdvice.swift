internal import SnugMemory

/// What MEMORY DOCTOR says: one sentence for every figure that is out of the ordinary.
enum MemoryAdvice {
    /// Below this, ratios say more about the program than about the data.
    private static let leastByteCount = 5 << 20

    static func text(for report: MemoryReport) -> String {
        guard report.netByteCount >= leastByteCount else {
            return
                "There is too little data to judge: \(humanByteCount(max(report.netByteCount, 0))) since the start.\n"
        }
        let findings = findings(in: report)
        guard !findings.isEmpty else { return "Nothing about the use of memory is out of the ordinary.\n" }
        return findings.map { "* \($0)\n" }.joined()
    }

    private static func findings(in report: MemoryReport) -> [String] {
        let used = report.allocator.allocated
        var findings: [String] = []
        if ratio(report.peakByteCount, used) > 1.5 {
            findings.append(
                "Peak: at its height the server used \(humanByteCount(report.peakByteCount)), now "
                    + "\(humanByteCount(used)). The pages in between may still be resident; MEMORY PURGE returns them.")
        }
        let fragmentation = ratio(report.allocator.active, used)
        if fragmentation > 1.3 && report.allocator.active - used > leastByteCount {
            findings.append(
                "Fragmentation: pages in use hold \(fixed(fragmentation, digits: 2)) times the bytes handed out. "
                    + "Values of other lengths took the place of former ones.")
        }
        let resident = ratio(report.residentByteCount, report.allocator.resident)
        if resident > 1.3 && report.residentByteCount - report.allocator.resident > leastByteCount {
            findings.append(
                "Process: the process holds \(fixed(resident, digits: 2)) times what its allocator does; code, stacks "
                    + "and libraries make up the difference.")
        }
        if report.connectionBufferByteCount > used / 4 {
            findings.append(
                "Clients: \(humanByteCount(report.connectionBufferByteCount)) wait in the buffers of connections. "
                    + "CLIENT LIST shows who does not read or sends without end.")
        }
        if report.unaccountedByteCount > used / 4 {
            findings.append(
                "Unaccounted: \(humanByteCount(report.unaccountedByteCount)) belong to no part that MEMORY STATS knows."
            )
        }
        return findings
    }
}
