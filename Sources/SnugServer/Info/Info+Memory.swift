internal import SnugConfiguration
internal import SnugMemory

/// The section on memory.
extension Server {
    func writeMemory(_ text: inout InfoText, replyBufferByteCount: Int) {
        let report = memoryReport(replyBufferByteCount: replyBufferByteCount)
        let used = report.allocator.allocated
        text.section("Memory")
        text.bytes("used_memory", used)
        text.bytes("used_memory_rss", report.residentByteCount)
        text.bytes("used_memory_peak", report.peakByteCount)
        text.field("used_memory_peak_perc", percentage(used, of: report.peakByteCount))
        text.field("used_memory_overhead", report.overheadByteCount)
        text.field("used_memory_startup", report.startupByteCount)
        text.field("used_memory_dataset", report.datasetByteCount)
        text.field("used_memory_dataset_perc", percentage(report.datasetByteCount, of: report.netByteCount))
        text.field("used_memory_unaccounted", report.unaccountedByteCount)
        text.field("allocator_allocated", report.allocator.allocated)
        text.field("allocator_active", report.allocator.active)
        text.field("allocator_resident", report.allocator.resident)
        text.zeros("allocator_muzzy")
        text.bytes("total_system_memory", ProcessFigures.machineByteCount)
        text.field("maxmemory", configuration.memory.byteCountMax)
        text.field("maxmemory_human", humanByteCount(Int(clamping: configuration.memory.byteCountMax)))
        text.field("maxmemory_policy", configuration.memory.policy.rawValue)
        writeAllocator(report, &text)
        text.zeros("mem_not_counted_for_evict", "mem_replication_backlog", "mem_total_replication_buffers")
        text.zeros("mem_clients_slaves")
        text.field("mem_clients_normal", report.sessionByteCount + report.connectionBufferByteCount)
        text.zeros("mem_cluster_links", "mem_aof_buffer")
        text.field("mem_allocator", Allocator.name)
        text.zeros("active_defrag_running", "lazyfree_pending_objects", "lazyfreed_objects")
    }

    /// Scripts take no memory as long as there are none; how the allocator's pages and the process's compare.
    private func writeAllocator(_ report: MemoryReport, _ text: inout InfoText) {
        let allocator = report.allocator
        let resident = report.residentByteCount
        text.zeros("used_memory_lua", "used_memory_vm_eval")
        text.field("used_memory_lua_human", "0B")
        text.zeros("used_memory_scripts_eval", "number_of_cached_scripts", "number_of_functions", "number_of_libraries")
        text.zeros("used_memory_vm_functions", "used_memory_vm_total")
        text.field("used_memory_vm_total_human", "0B")
        text.zeros("used_memory_functions", "used_memory_scripts")
        text.field("used_memory_scripts_human", "0B")
        text.field("allocator_frag_ratio", fixed(ratio(allocator.active, allocator.allocated), digits: 2))
        text.field("allocator_frag_bytes", allocator.active - allocator.allocated)
        text.field("allocator_rss_ratio", fixed(ratio(allocator.resident, allocator.active), digits: 2))
        text.field("allocator_rss_bytes", allocator.resident - allocator.active)
        text.field("rss_overhead_ratio", fixed(ratio(resident, allocator.resident), digits: 2))
        text.field("rss_overhead_bytes", resident - allocator.resident)
        text.field("mem_fragmentation_ratio", fixed(ratio(resident, allocator.allocated), digits: 2))
        text.field("mem_fragmentation_bytes", resident - allocator.allocated)
    }
}
