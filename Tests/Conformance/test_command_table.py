"""COMMAND INFO, DOCS and LIST of both servers, entry by entry, for the commands that both have."""

import difflib

import pytest

from conformance.compare import transformed
from snugtest.server import self_check

# Changed between Redis 7.0.15, which is asked here, and 7.4, which Snug follows; what 7.4 says.
NEWER = {
    "scan": {"tips"},
    "randomkey": {"tips"},
    "msetnx": {"tips"},
    "zrank": {"arity"},
    "zrevrank": {"arity"},
}
# The same for trees of arguments.
LIMIT = ["limit block LIMIT optional", "  offset integer", "  count integer"]
UNIT = ["unit oneof", "  m pure-token M", "  km pure-token KM", "  ft pure-token FT", "  mi pure-token MI"]
ORDER = ["order oneof optional", "  asc pure-token ASC", "  desc pure-token DESC"]
EXTRAS = [f"{word.lower()} pure-token {word} optional" for word in ("WITHCOORD", "WITHDIST", "WITHHASH")]
MATCHES = ["count-block block optional", "  count integer COUNT", "  any pure-token ANY optional"]
MATCHES_SINCE = [*MATCHES[:2], "  any pure-token ANY since 6.2.0 optional"]
RADIUS = ["key key keys 0", "longitude double", "latitude double", "radius double", *UNIT, *EXTRAS]
RADIUS_BY_MEMBER = ["key key keys 0", "member string", "radius double", *UNIT, *EXTRAS]
STORE = ["storekey key STORE keys 1 optional", "storedistkey key STOREDIST keys 2 optional"]
SEARCH = [
    "from oneof", "  member string FROMMEMBER", "  fromlonlat block FROMLONLAT", "    longitude double",
    "    latitude double", "by oneof", "  circle block", "    radius double BYRADIUS", *("    " + line for line in UNIT),
    "  box block", "    width double BYBOX", "    height double", *("    " + line for line in UNIT)]
SORT = [
    "key key keys 0", "by-pattern pattern BY keys 1 optional", *LIMIT,
    "get-pattern pattern GET keys 1 multiple multiple_token optional", *ORDER, "sorting pure-token ALPHA optional"]
NEWER_ARGUMENTS = {
    "client|kill": [
        "filter oneof", "  old-format string deprecated 2.8.12", "  new-format oneof multiple",
        "    client-id integer ID since 2.8.12 optional", "    client-type oneof TYPE since 2.8.12 optional",
        "      normal pure-token NORMAL", "      master pure-token MASTER since 3.2.0", "      slave pure-token SLAVE",
        "      replica pure-token REPLICA since 5.0.0", "      pubsub pure-token PUBSUB",
        "    username string USER optional", "    addr string ADDR optional",
        "    laddr string LADDR since 6.2.0 optional", "    skipme oneof SKIPME optional",
        "      yes pure-token YES", "      no pure-token NO", "    maxage integer MAXAGE since 7.4.0 optional"],
    "client|list": [
        "client-type oneof TYPE since 5.0.0 optional", "  normal pure-token NORMAL", "  master pure-token MASTER",
        "  replica pure-token REPLICA", "  pubsub pure-token PUBSUB",
        "client-id integer ID since 6.2.0 multiple optional"],
    "bitop": [
        "operation oneof", "  and pure-token AND", "  or pure-token OR", "  xor pure-token XOR", "  not pure-token NOT",
        "  diff pure-token DIFF since 8.2.0", "  diff1 pure-token DIFF1 since 8.2.0",
        "  andor pure-token ANDOR since 8.2.0", "  one pure-token ONE since 8.2.0", "destkey key keys 0",
        "key key keys 1 multiple"],
    "pfmerge": ["destkey key keys 0", "sourcekey key keys 1 multiple optional"],
    "set": [
        "key key keys 0", "value string", "condition oneof since 2.6.12 optional", "  nx pure-token NX",
        "  xx pure-token XX", "  ifeq-value string IFEQ since 8.4.0", "  ifne-value string IFNE since 8.4.0",
        "  ifdeq-digest integer IFDEQ since 8.4.0", "  ifdne-digest integer IFDNE since 8.4.0",
        "get pure-token GET since 6.2.0 optional", "expiration oneof optional", "  seconds integer EX since 2.6.12",
        "  milliseconds integer PX since 2.6.12", "  unix-time-seconds unix-time EXAT since 6.2.0",
        "  unix-time-milliseconds unix-time PXAT since 6.2.0", "  keepttl pure-token KEEPTTL since 6.0.0"],
    "command|getkeys": ["command string", "arg string multiple optional"],
    "command|getkeysandflags": ["command string", "arg string multiple optional"],
    "geoadd": [
        "key key keys 0", "condition oneof since 6.2.0 optional", "  nx pure-token NX", "  xx pure-token XX",
        "change pure-token CH since 6.2.0 optional", "data block multiple", "  longitude double", "  latitude double",
        "  member string"],
    "geohash": ["key key keys 0", "member string multiple optional"],
    "geopos": ["key key keys 0", "member string multiple optional"],
    "georadius": [*RADIUS, *MATCHES_SINCE, *ORDER, *STORE],
    "georadius_ro": [*RADIUS, *MATCHES_SINCE, *ORDER],
    "georadiusbymember": [*RADIUS_BY_MEMBER, *MATCHES, *ORDER, *STORE],
    "georadiusbymember_ro": [*RADIUS_BY_MEMBER, *MATCHES, *ORDER],
    "geosearch": ["key key keys 0", *SEARCH, *ORDER, *MATCHES, *EXTRAS],
    "geosearchstore": [
        "destination key keys 0", "source key keys 1", *SEARCH, *ORDER, *MATCHES,
        "storedist pure-token STOREDIST optional"],
    "sort": [*SORT, "destination key STORE keys 2 optional"],
    "sort_ro": SORT,
    "hscan": [
        "key key keys 0", "cursor integer", "pattern pattern MATCH optional", "count integer COUNT optional",
        "novalues pure-token NOVALUES since 7.4.0 optional"],
    "zadd": [
        "key key keys 0", "condition oneof since 3.0.2 optional", "  nx pure-token NX", "  xx pure-token XX",
        "comparison oneof since 6.2.0 optional", "  gt pure-token GT", "  lt pure-token LT",
        "change pure-token CH since 3.0.2 optional", "increment pure-token INCR since 3.0.2 optional",
        "data block multiple", "  score double", "  member string"],
    "zrange": [
        "key key keys 0", "start string", "stop string", "sortby oneof since 6.2.0 optional",
        "  byscore pure-token BYSCORE", "  bylex pure-token BYLEX", "rev pure-token REV since 6.2.0 optional",
        "limit block LIMIT since 6.2.0 optional", "  offset integer", "  count integer",
        "withscores pure-token WITHSCORES optional"],
    "zrangestore": [
        "dst key keys 0", "src key keys 1", "min string", "max string", "sortby oneof optional",
        "  byscore pure-token BYSCORE", "  bylex pure-token BYLEX", "rev pure-token REV optional", *LIMIT],
    "zrangebylex": ["key key keys 0", "min string", "max string", *LIMIT],
    "zrangebyscore": [
        "key key keys 0", "min double", "max double", "withscores pure-token WITHSCORES since 2.0.0 optional", *LIMIT],
    "zrevrangebylex": ["key key keys 0", "max string", "min string", *LIMIT],
    "zrevrangebyscore": [
        "key key keys 0", "max double", "min double", "withscores pure-token WITHSCORES optional", *LIMIT],
    "zrank": ["key key keys 0", "member string", "withscore pure-token WITHSCORE since 7.2.0 optional"],
    "zrevrank": ["key key keys 0", "member string", "withscore pure-token WITHSCORE since 7.2.0 optional"],
}
PARTS = ("name", "arity", "flags", "first key", "last key", "step", "acl categories", "tips",
         "key specifications")


@pytest.fixture(scope="module")
def tables(snug, redis):
    return entries(snug), entries(redis)


def entries(server):
    with server.connect(3) as connection:
        reply = connection.command("COMMAND", "INFO")
    found = {}
    for entry in reply.value:
        collect(entry, found)
    return found


def collect(entry, found):
    found[entry.value[0].text] = dict(zip(PARTS, entry.value))
    for subcommand in entry.value[9].value:
        collect(subcommand, found)


def unordered(part):
    return transformed(part, "deep", "") if part.kind in ("array", "set", "map") else part


def test_every_command_is_as_in_redis(tables):
    snug, redis = tables
    wrong = []
    for name in sorted(snug.keys() & redis.keys()):
        for part in PARTS:
            if part in NEWER.get(name, ()):
                continue
            ours, theirs = unordered(snug[name][part]), unordered(redis[name][part])
            if ours != theirs:
                wrong.append(f"{name}: {part}: Snug {ours}, Redis {theirs}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.skipif(self_check, reason="asks Snug alone")
def test_commands_of_this_release_are_there(tables):
    expected = set(NAMES.split())
    assert not expected - tables[0].keys()


def test_count_and_list_agree_with_info(snug):
    with snug.connect() as connection:
        count = connection.command("COMMAND", "COUNT").value
        information = connection.command("COMMAND", "INFO").value
        names = [name.text for name in connection.command("COMMAND", "LIST").value]
    assert count == len(information)
    assert {entry.value[0].text for entry in information} <= set(names)
    assert len(names) == len(set(names))


def test_documentation_agrees_with_redis(snug, redis):
    """Since and group; a summary is there. Its words are Snug's own."""
    ours, theirs = documentation(snug), documentation(redis)
    missing = [name for name in names_of(snug) if name not in ours]
    assert not missing
    wrong = [f"{name}: {field}: Snug {ours[name].get(field)}, Redis {theirs[name].get(field)}"
             for name in sorted(ours.keys() & theirs.keys()) for field in (b"since", b"group")
             if ours[name].get(field) != theirs[name].get(field)]
    assert not wrong, "\n".join(wrong)
    empty = [name for name in ours if not ours[name].get(b"summary")]
    assert not empty


def test_argument_trees_agree_with_redis(snug, redis):
    """Name, type, token, flags, versions, key specification and nested arguments of every command that both have."""
    ours, theirs = all_of(documentation(snug)), all_of(documentation(redis))
    wrong = []
    for name in sorted(ours.keys() & theirs.keys()):
        expected = NEWER_ARGUMENTS.get(name, tree(theirs[name]))
        if self_check and name in NEWER_ARGUMENTS:
            continue
        if (found := tree(ours[name])) != expected:
            wrong += [f"{name}:", *difflib.unified_diff(expected, found, "Redis", "Snug", lineterm="")]
    assert not wrong, "\n".join(wrong)
    same = [name for name in NEWER_ARGUMENTS if not self_check and tree(theirs[name]) == NEWER_ARGUMENTS[name]]
    assert not same, "no longer newer than the Redis at hand"


def tree(documented):
    """A line for each argument, indented under the one that holds it. `display_text` came with 7.2."""
    lines = []
    for argument in documented.get(b"arguments", ()):
        words = [argument[b"name"].decode(), argument[b"type"].decode()]
        words += [argument[b"token"].decode() or '""'] if b"token" in argument else []
        for key, word in ((b"since", "since"), (b"deprecated_since", "deprecated")):
            words += [word, argument[key].decode()] if key in argument else []
        words += [f"keys {argument[b'key_spec_index']}"] if b"key_spec_index" in argument else []
        words += sorted(flag.decode() for flag in argument.get(b"flags", ()))
        unknown = argument.keys() - {b"name", b"type", b"token", b"since", b"deprecated_since", b"key_spec_index",
                                     b"flags", b"arguments", b"display_text", b"summary"}
        lines += [" ".join(words + sorted(map(repr, unknown))), *("  " + line for line in tree(argument))]
    return lines


def all_of(documentation):
    """Commands and subcommands by their full names."""
    found = {}
    for name, documented in documentation.items():
        found[name.decode()] = documented
        found |= all_of(documented.get(b"subcommands", {}))
    return found


@pytest.mark.skipif(self_check, reason="DEBUG's help of Redis names what is not in the table")
def test_help_names_every_subcommand(snug):
    with snug.connect() as connection:
        for name, documented in documentation(snug).items():
            if not (subcommands := documented.get(b"subcommands")):
                continue
            lines = [line.text for line in connection.command(name, "HELP").value]
            named = {line.split()[0].lower() for line in lines[1:] if not line.startswith(" ")}
            assert {full.decode().partition("|")[2] for full in subcommands} == named - {"(none)"}, name


def names_of(server):
    with server.connect() as connection:
        return [entry.value[0].value for entry in connection.command("COMMAND", "INFO").value]


def documentation(server):
    with server.connect(3) as connection:
        return connection.command("COMMAND", "DOCS").plain()


@pytest.mark.parametrize("category", [
    "keyspace", "read", "write", "hash", "list", "set", "sortedset", "string", "stream", "bitmap", "hyperloglog", "geo",
    "admin", "fast", "slow", "dangerous", "connection", "transaction"])
def test_acl_categories_hold_the_same_commands(snug, redis, category):
    def members(server):
        with server.connect() as connection:
            known = {e.value[0].text for e in connection.command("COMMAND", "INFO").value}
            return known, {n.text for n in connection.command("ACL", "CAT", category).value if "|" not in n.text}
    known, ours = members(snug)
    both, theirs = members(redis)
    assert ours & both == theirs & known


NAMES = """
auth echo hello ping quit reset select client client|id client|info client|list client|getname client|setname
client|setinfo client|kill client|no-evict client|no-touch client|pause client|unpause client|reply client|help
append decr decrby delex digest get getdel getex getrange getset incr incrby incrbyfloat increx lcs mget mset msetex
msetnx psetex set setex setnx setrange strlen substr
bitcount bitfield bitfield_ro bitop bitpos getbit setbit
pfadd pfcount pfdebug pfmerge pfselftest
copy del exists expire expireat expiretime keys move object object|encoding object|freq object|idletime
object|refcount object|help persist pexpire pexpireat pexpiretime pttl randomkey rename renamenx scan sort sort_ro touch ttl
type unlink
hdel hexists hget hgetall hincrby hincrbyfloat hkeys hlen hmget hmset hrandfield hscan hset hsetnx hstrlen hvals
hexpire hexpireat hexpiretime hpexpire hpexpireat hpexpiretime httl hpttl hpersist hgetdel hgetex hsetex
lindex linsert llen lmove lmpop lpop lpos lpush lpushx lrange lrem lset ltrim rpop rpoplpush rpush rpushx
sadd scard sdiff sdiffstore sinter sintercard sinterstore sismember smembers smismember smove spop srandmember srem
sscan sunion sunionstore
zadd zcard zcount zdiff zdiffstore zincrby zinter zintercard zinterstore zlexcount zmpop zmscore zpopmax zpopmin
zrandmember zrange zrangebylex zrangebyscore zrangestore zrank zrem zremrangebylex zremrangebyrank zremrangebyscore
zrevrange zrevrangebylex zrevrangebyscore zrevrank zscan zscore zunion zunionstore
geoadd geodist geohash geopos georadius georadius_ro georadiusbymember georadiusbymember_ro geosearch geosearchstore
xadd xlen xrange xrevrange xread xdel xtrim xsetid xinfo xinfo|groups xinfo|consumers xinfo|stream xinfo|help xgroup
xgroup|create xgroup|createconsumer xgroup|delconsumer xgroup|destroy xgroup|setid xgroup|help xreadgroup xack xpending
xclaim xautoclaim
multi exec discard watch unwatch
config config|get config|set config|resetstat config|rewrite config|help dbsize flushall flushdb info memory
memory|usage memory|stats memory|doctor memory|purge memory|malloc-stats memory|help slowlog latency monitor swapdb
time shutdown lolwut command command|count command|docs command|getkeys command|getkeysandflags command|info
command|list debug function function|flush function|list function|stats acl acl|whoami acl|list acl|users acl|cat
acl|getuser
snug snug|encodings snug|help snug|layout snug|shapes snug|flips
subscribe unsubscribe psubscribe punsubscribe publish pubsub pubsub|channels pubsub|numsub pubsub|numpat pubsub|help
"""
