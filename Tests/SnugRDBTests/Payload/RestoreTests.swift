import SnugEngine
import SnugMemory
import SnugRDB
import Testing

/// Payloads as `redis-server` 7.0.15 has dumped them, unless a test says where they are from.
@Suite struct RestoreTests {
    private func restored(_ text: String) -> String {
        var trial = PayloadTrial()
        return trial.restore(hexadecimal(text))
    }

    @Test func strings() {
        #expect(restored("000568656c6c6f0a006372df766534200a") == "embstr hello")
        #expect(restored("00000a005d9b5c400f7fa2da") == "embstr ")
        #expect(restored("00c0fb0a0049c4c6f4d7263f68") == "int -5")
        #expect(restored("00c1e8030a0089d1478ebac4b764") == "int 1000")
        #expect(restored("00c26079feff0a00a1ca8470cc216d9d") == "int -100000")
        #expect(restored("000d313039393531313632373737360a00dcd5c1feb95f4c57") == "int 1099511627776")
        #expect(
            restored("00c3094064016161e057000161610a00e8a3b507b06df271")
                == "raw " + String(repeating: "a", count: 100))
        #expect(
            restored(
                "00c32240681a6162636465666768696a6b6c6d6e6f707172737475767778797a61e0421901797a0a0068749e25d92cb364")
                == "raw " + String(repeating: "abcdefghijklmnopqrstuvwxyz", count: 4))
    }

    @Test func hashes() {
        #expect(restored("0402046e616d6503626f6203616765c02d0a004ca001ed795f465e") == "listpack name=bob age=45")
        #expect(
            restored("101f1f0000000600846e616d650583626f620483616765042d01817a02dffd02ff0a0070d314d7c4c5051a")
                == "listpack name=bob age=45 z=-3")
    }

    @Test func sets() {
        #expect(restored("0b140400000003000000fbffffff01000000701101000a0086a0bbcf3a22ed25") == "intset -5 1 70000")
        #expect(restored("0203c005016201610a00e74b6c122a80d2fa") == "listpack 5 b a")
    }

    @Test func sortedSets() {
        #expect(
            restored(
                """
                11c330391a390000000800816202dffe0281610283312e350481640297312e30e005000f31652b3330301881630283696e66\
                04ff0a004e73c9323f6b0729
                """) == "listpack b=-2.0 a=1.5 d=1e+300 c=inf")
        #expect(
            restored(
                "05030161000000000000f83f016200000000000000c00163000000000000f0ff0a000ed0718a3c539c31")
                == "listpack c=-inf b=-2.0 a=1.5")
    }

    @Test func versionsAndChecksums() {
        var trial = PayloadTrial()
        for version in [0, 1, 9, 10, 11, 12] as [UInt16] {
            #expect(trial.restore(PayloadTrial.payload(0, [1, 97], version: version)) == "embstr a")
        }
        for version in [13, 256, 65_535] as [UInt16] {
            #expect(trial.restore(PayloadTrial.payload(0, [1, 97], version: version)) == "wrongVersionOrChecksum")
        }
        let payload = PayloadTrial.payload(0, [1, 97])
        for index in payload.indices {
            var changed = payload
            changed[index] ^= 1
            #expect(trial.restore(changed) == "wrongVersionOrChecksum")
            #expect(trial.restore(Array(payload[..<index])) == "wrongVersionOrChecksum")
        }
    }

    /// Bytes of former versions, written by hand after their drawings.
    @Test func ziplistsAndZipmaps() {
        var trial = PayloadTrial()
        // Two strings, and integers of all widths.
        let ziplist = hexadecimal(
            """
            2e000000 2b000000 0800 00 01 61  03 f1  02 fe 80  03 c0 0080  04 f0 000080  05 d0 00000080
            06 e0 0000000000000080  0a fd ff
            """)
        #expect(
            trial.restore(.hashZiplist, [UInt8(ziplist.count)] + ziplist)
                == "listpack a=0 -128=-32768 -8388608=-2147483648 -9223372036854775808=12")
        // The second value has three unused bytes behind it.
        let zipmap = hexadecimal("02 01 66 01 00 76 02 6768 01 03 77 000000 ff")
        #expect(trial.restore(.hashZipmap, [UInt8(zipmap.count)] + zipmap) == "listpack f=v gh=w")
        let scores = hexadecimal("15000000 12000000 0400 00 01 61 03 f2 02 01 62 03 f3 ff")
        #expect(trial.restore(.sortedSetZiplist, [UInt8(scores.count)] + scores) == "listpack a=1.0 b=2.0")
        #expect(trial.restore(.sortedSet, hexadecimal("02 01 61 03 312e35 01 62 ff")) == "listpack b=-inf a=1.5")
    }

    /// Of Redis 7.2 and 7.4.
    @Test func newerTypes() {
        var trial = PayloadTrial()
        let set = hexadecimal("0c000000 0200 8161 02 05 01 ff")
        #expect(trial.restore(.setListpack, [UInt8(set.count)] + set) == "listpack a 5")
        let time: [UInt8] = [0, 0x40, 0x94, 0x52, 0xa3, 3, 0, 0]
        #expect(
            trial.restore(.hashWithExpiry, time + hexadecimal("02 06 0166 0176 00 0167 0177"))
                == "listpackex f=v@4000000000005 g=w")
        let dumped = trial.dump()
        #expect(dumped.first == RDBType.hashListpackWithExpiry.rawValue)
        #expect(trial.restore(dumped) == "listpackex f=v@4000000000005 g=w")
        trial.partition.limits.hashListpackEntriesMax = 1
        #expect(trial.restore(dumped) == "hashtable f=v@4000000000005 g=w")
        let table = trial.dump()
        #expect(table.first == RDBType.hashWithExpiry.rawValue)
        #expect(trial.restore(table) == "hashtable f=v@4000000000005 g=w")
    }

    @Test func expiry() {
        var trial = PayloadTrial()
        let payload = PayloadTrial.payload(0, [1, 97])
        #expect(trial.restore(payload, expiry: trial.partition.now + 5) == "embstr a")
        let key = trial.key
        var expiry = trial.partition.expiry(of: key.rawBytes)
        #expect(expiry == .at(trial.partition.now + 5))
        #expect(trial.restore(payload, expiry: trial.partition.now) == "nothing")
        #expect(trial.partition.keyCount(inDatabase: 0) == 0)
        #expect(trial.restore(payload) == "embstr a")
        expiry = trial.partition.expiry(of: key.rawBytes)
        #expect(expiry == .never)
    }

    /// A refused payload leaves the key as it was, and no trace in what is counted.
    @Test func nothingChangesOnAnError() {
        var trial = PayloadTrial()
        trial.partition.limits.hashListpackEntriesMax = 1
        #expect(trial.restore(.string, [1, 97]) == "embstr a")
        let changes = trial.partition.changeCount
        #expect(trial.restore(.hash, hexadecimal("03 0166 0176 0167 0177 0166 0178")) == "corrupt")
        #expect(trial.restore(.set, hexadecimal("02 0166 0166")) == "corrupt")
        #expect(trial.restore(.sortedSetBinary, hexadecimal("01 0166 000000000000f87f")) == "corrupt")
        #expect(trial.content() == "embstr a")
        #expect(trial.partition.changeCount == changes)
        #expect(!trial.partition.encodings.hasEvents)
        #expect(trial.restore(.hash, hexadecimal("02 0166 0176 0167 0177")) == "hashtable f=v g=w")
        let events = trial.partition.encodings.takeEvents()
        #expect(events.count == 1)
    }

    /// Every part of a payload is needed: cut anywhere, with a true checksum, it is refused.
    @Test func everyCutIsRefused() {
        let bodies: [(RDBType, [UInt8])] = [
            (.string, [5, 97, 98, 99, 100, 101]), (.hash, hexadecimal("02 0166 0176 0167 c007")),
            (.set, hexadecimal("02 0166 c1e803")), (.sortedSetBinary, hexadecimal("01 0166 000000000000f03f")),
            (.hashListpack, hexadecimal("0c 0c000000 0200 8161 02 05 01 ff")),
            (.setIntegers, hexadecimal("0c 02000000 02000000 0500 0700")),
            (.sortedSet, hexadecimal("01 0161 03312e35")),
        ]
        for (type, body) in bodies {
            var trial = PayloadTrial()
            #expect(trial.restore(type, body) != "corrupt")
            for count in 0..<body.count { #expect(trial.restore(type, Array(body[..<count])) == "corrupt") }
            #expect(trial.restore(type, body + [0]) == "corrupt", "bytes behind the value")
        }
    }
}
