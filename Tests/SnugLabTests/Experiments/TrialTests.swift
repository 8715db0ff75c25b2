import SnugClient
import Testing

@testable import SnugLab

@Suite struct TrialTests {
    @Test func bucketsHaveEnoughSizesDenseAroundTheLimit() {
        let sizes = ExperimentName.bucketFieldCounts
        #expect(sizes.count >= 25 && sizes.first == 10 && sizes.last == 10_000 && sizes == sizes.sorted())
        #expect([511, 512, 513].allSatisfy(sizes.contains))
    }

    @Test(arguments: [1000, 10_000, 12_345, 50_000, 1_000_000])
    func growthEndsWithAllItems(items: Int) {
        let steps = ExperimentName.growthCheckpoints(items)
        #expect(steps.last == items && steps == steps.sorted() && (steps.first ?? 0) > 0)
        #expect(items < 20_000 || steps.first == 10_000)
    }

    @Test(arguments: ExperimentName.allCases, [1000, 1_000_000])
    func trialsCanBeRun(experiment: ExperimentName, items: Int) {
        for trial in experiment.trials(items: items, seed: 1) {
            #expect(trial.checkpoints.last == trial.workload.itemCount && trial.workload.itemCount > 0)
            #expect(Workload(line: trial.workload.line) == trial.workload)
        }
    }

    @Test func onlyProofAndThresholdsNeedConfiguration() {
        let needy = ExperimentName.allCases.filter {
            $0.trials(items: 1000, seed: 1).contains(where: \.needsConfiguration)
        }
        #expect(needy == [.proof, .thresholds])
    }

    @Test func namesOfServersAreChecked() throws {
        var options = LabOptions(experiments: [.proof])
        options.spawns = ["r=redis-server --port {port}"]
        options.servers = ["a.b=redis://h:1/3"]
        options.database = 5
        let subjects = try options.subjects()
        #expect(subjects.map(\.name) == ["snug", "a.b", "r"] && subjects[1].address.database == 5)
        for wrong in [
            "x", "=redis://h", "a/b=redis://h", "r=", "snug=redis://h", String(repeating: "n", count: 17) + "=x",
        ] {
            options.servers = [wrong]
            #expect(throws: LabError.self, "\(wrong)") { try options.subjects() }
        }
    }

    @Test func infoIsRead() {
        let info = ServerInfo(
            "# Server\r\nredis_version:7.0.15\r\nused_cpu_sys:1.5\r\nused_cpu_user:2.25\r\n# Keyspace\r\n"
                + "db0:keys=12,expires=0,avg_ttl=0\r\ndb3:keys=4,expires=0\r\n")
        #expect(info.product == "Redis 7.0.15" && info.processorSeconds == 3.75 && info.keyCounts == [0: 12, 3: 4])
        #expect(info.residentBytes == nil)
        #expect(ServerInfo("redis_version:7.4.0\nsnug_version:0.1.0\n").product == "Snug 0.1.0")
    }
}
