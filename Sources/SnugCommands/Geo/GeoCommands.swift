/// The group's index; its order is the order of the documentation.
package enum GeoCommands {
    package static let all: [any Command.Type] = [
        GeoAdd.self, GeoDist.self, GeoHash.self, GeoPos.self, GeoRadius.self, GeoRadiusByMember.self,
        GeoRadiusByMemberRO.self, GeoRadiusRO.self, GeoSearch.self, GeoSearchStore.self,
    ]
}
