"""COMMAND INFO, DOCS and LIST of both servers, entry by entry, for the commands that both have."""

import pytest

from conformance.compare import transformed
from snugtest.server import self_check

# Changed between Redis 7.0.15, which is asked here, and 7.4, which Snug follows; what 7.4 says.
NEWER = {
    "scan": {"tips"},
    "randomkey": {"tips"},
    "msetnx": {"tips"},
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
    """Summary, group, since and complexity; arguments changed in form between 7.0 and 7.4."""
    ours, theirs = documentation(snug), documentation(redis)
    missing = [name for name in names_of(snug) if name not in ours]
    assert not missing
    wrong = [f"{name}: {field}: Snug {ours[name].get(field)}, Redis {theirs[name].get(field)}"
             for name in sorted(ours.keys() & theirs.keys()) for field in (b"since", b"group")
             if ours[name].get(field) != theirs[name].get(field)]
    assert not wrong, "\n".join(wrong)
    empty = [name for name in ours if not ours[name].get(b"summary")]
    assert not empty


def names_of(server):
    with server.connect() as connection:
        return [entry.value[0].value for entry in connection.command("COMMAND", "INFO").value]


def documentation(server):
    with server.connect(3) as connection:
        return connection.command("COMMAND", "DOCS").plain()


@pytest.mark.parametrize("category", [
    "keyspace", "read", "write", "hash", "string", "admin", "fast", "slow", "dangerous", "connection", "transaction"])
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
append decr decrby get getdel getex getrange getset incr incrby incrbyfloat lcs mget mset msetnx psetex set setex
setnx setrange strlen substr
copy del exists expire expireat expiretime keys move object object|encoding object|freq object|idletime
object|refcount object|help persist pexpire pexpireat pexpiretime pttl randomkey rename renamenx scan touch ttl type
unlink
hdel hexists hget hgetall hincrby hincrbyfloat hkeys hlen hmget hmset hrandfield hscan hset hsetnx hstrlen hvals
multi exec discard watch unwatch
config config|get config|set config|resetstat config|rewrite config|help dbsize flushall flushdb info memory
memory|usage memory|stats memory|doctor memory|purge memory|malloc-stats memory|help slowlog latency monitor swapdb
time shutdown lolwut command command|count command|docs command|getkeys command|getkeysandflags command|info
command|list debug function function|flush function|list function|stats acl acl|whoami acl|list acl|users acl|cat
acl|getuser
snug snug|help snug|layout snug|shapes
"""
