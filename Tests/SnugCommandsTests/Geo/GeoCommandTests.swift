import Testing

/// Replies that a reader of the commands' code would want to see; the differential suite compares the rest with Redis.
@Suite struct GeoCommandTests {
    private func sicily() -> CommandRunner {
        let run = CommandRunner()
        #expect(
            run("GEOADD", "g", "13.361389", "38.115556", "Palermo", "15.087269", "37.502669", "Catania") == ":2|")
        return run
    }

    @Test func places() {
        let run = sicily()
        #expect(run("ZSCORE", "g", "Palermo") == "$16|3479099956230698|")
        #expect(run("GEODIST", "g", "Palermo", "Catania") == "$11|166274.1516|")
        #expect(run("GEODIST", "g", "Palermo", "Catania", "KM") == "$8|166.2742|")
        #expect(run("GEODIST", "g", "Palermo", "nowhere") == "$-1|")
        #expect(run("GEOHASH", "g", "Palermo", "nowhere") == "*2|$11|sqc8b49rny0|$-1|")
        #expect(
            run("GEOPOS", "g", "Catania", "nowhere")
                == "*2|*2|$20|15.08726745843887329|$20|37.50266842333162032|*-1|")
        run.version = 3
        #expect(run("GEOPOS", "g", "Catania") == "*1|*2|,15.08726745843887329|,37.50266842333162032|")
    }

    @Test func conditionsOfAdding() {
        let run = sicily()
        #expect(run("GEOADD", "g", "NX", "1", "1", "Palermo", "2", "2", "x") == ":1|")
        #expect(run("GEOADD", "g", "XX", "CH", "1", "1", "Palermo", "2", "2", "y") == ":1|")
        #expect(run("GEOADD", "g", "NX", "XX", "1", "1", "z") == "-ERR syntax error|")
        #expect(
            run("GEOADD", "g", "200", "1", "z") == "-ERR invalid longitude,latitude pair 200.000000,1.000000|")
        #expect(run("ZCARD", "g") == ":3|")
    }

    @Test func searching() {
        let run = sicily()
        #expect(
            run("GEOSEARCH", "g", "FROMLONLAT", "15", "37", "BYRADIUS", "200", "km", "ASC")
                == "*2|$7|Catania|$7|Palermo|")
        #expect(
            run(
                "GEOSEARCH", "g", "BYBOX", "400", "400", "km", "FROMLONLAT", "15", "37", "DESC", "WITHDIST", "COUNT",
                "1")
                == "*1|*2|$7|Palermo|$8|190.4424|")
        #expect(
            run("GEORADIUSBYMEMBER", "g", "Palermo", "1", "km", "WITHHASH") == "*1|*2|$7|Palermo|:3479099956230698|")
        #expect(run("GEOSEARCHSTORE", "d", "g", "FROMMEMBER", "Palermo", "BYRADIUS", "1", "m") == ":1|")
        #expect(run("ZSCORE", "d", "Palermo") == "$16|3479099956230698|")
        #expect(run("GEORADIUS", "g", "15", "37", "1", "m", "STORE", "d") == ":0|" && run("EXISTS", "d") == ":0|")
        #expect(run("GEORADIUS_RO", "g", "15", "37", "1", "m", "STORE", "d") == "-ERR syntax error|")
        #expect(
            run("GEOSEARCH", "g", "FROMLONLAT", "15", "37", "BYRADIUS", "1", "km", "ANY")
                == "-ERR the ANY argument requires COUNT argument|")
    }
}
