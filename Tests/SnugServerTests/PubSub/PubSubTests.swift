import SnugConfiguration
import Testing

@testable import SnugServer

@Suite struct PubSubTests {
    @Test func messagesReachTheirSubscribers() {
        let test = TestServer()
        let (one, two, publisher) = (test.connect(), test.connect(), test.connect())
        two("HELLO 3")
        #expect(one("SUBSCRIBE a") == "*3 $9 subscribe $1 a :1")
        #expect(two("PSUBSCRIBE *") == ">3 $10 psubscribe $1 * :1")
        #expect(publisher("PUBLISH a hi") == ":2")
        #expect(one.pushed == ["*3 $7 message $1 a $2 hi"])
        #expect(two.pushed == [">4 $8 pmessage $1 * $1 a $2 hi"])
        #expect(two("PUBLISH b me") == ":1 >4 $8 pmessage $1 * $1 b $2 me")
        two("MULTI")
        two("PUBLISH b x")
        two("ECHO y")
        #expect(two("EXEC") == "*2 :1 $1 y >4 $8 pmessage $1 * $1 b $1 x")
    }

    @Test func aSessionThatEndsIsForgotten() {
        let test = TestServer()
        let (one, two) = (test.connect(), test.connect())
        one("SUBSCRIBE a b")
        one("PSUBSCRIBE c")
        two("SUBSCRIBE b")
        #expect(test.server.subscribers.channelCount == 2 && test.server.subscribers.patternCount == 1)
        one.close()
        #expect(test.server.subscribers.channelCount == 1 && test.server.subscribers.patternCount == 0)
        two("RESET")
        #expect(test.server.subscribers.isEmpty && !two.session.isSubscriber)
        #expect(two("PUBLISH b x") == ":0")
    }

    @Test func subscriptionsAreCountedAsMemory() {
        let test = TestServer()
        let one = test.connect()
        let before = one.session.byteCount
        one("SUBSCRIBE \(String(repeating: "x", count: 1000))")
        #expect(one.session.byteCount >= before + 1000)
        #expect(test.server.subscribers.byteCount > 0)
    }

    @Test func anEncodingIsAnEventAndAnEntry() {
        let test = TestServer()
        let (one, two) = (test.connect(), test.connect())
        two("HELLO 3")
        two("CONFIG SET notify-keyspace-events KEf hash-max-listpack-entries 1")
        one("PSUBSCRIBE __key*")
        #expect(two("HSET h a 1") == ":1")
        #expect(two("PSUBSCRIBE __keyevent*") == ">3 $10 psubscribe $11 __keyevent* :1")
        #expect(two("HSET h b 1") == ":1 >4 $8 pmessage $11 __keyevent* $23 __keyevent@0__:encoding $1 h")
        #expect(
            one.pushed == [
                "*4 $8 pmessage $6 __key* $16 __keyspace@0__:h $8 encoding",
                "*4 $8 pmessage $6 __key* $23 __keyevent@0__:encoding $1 h",
            ])
        #expect(two("SNUG FLIPS LEN") == ":1")
        #expect(test.server.flipLog.latest(1).first?.cause.command == "hset")
    }
}
