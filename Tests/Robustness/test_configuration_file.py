"""The configuration file: quoting, comments, includes, repeated directives, CONFIG REWRITE."""

import pathlib

import pytest

from snugtest.server import Server


class FromFile(Server):
    """A server started from a configuration file instead of directives."""

    def __init__(self, path, kind="snug"):
        self.path = path
        super().__init__(kind)

    def start(self):
        program = self.arguments[:2] if "serve" in self.arguments else self.arguments[:1]
        self.arguments = [*program, str(self.path), "--port", str(self.port)]
        super().start()


@pytest.fixture
def serve(tmp_path):
    servers = []

    def start(text):
        path = tmp_path / "server.conf"
        path.write_text(text)
        servers.append(FromFile(path))
        return servers[-1]
    yield start
    for server in servers:
        server.remove()


def get(server, name):
    with server.connect() as connection:
        return connection.command("CONFIG", "GET", name).value[1].value


def test_values_of_a_file(serve):
    server = serve("# comment\n\n   timeout 30   \nTCP-KEEPALIVE 77\nmaxmemory 10mb\n"
                   'proc-title-template "{title} \\x41"\nsave 900 1\nsave 300 10\nmaxclients 500\n')
    assert get(server, "timeout") == b"30"
    assert get(server, "tcp-keepalive") == b"77"
    assert get(server, "maxmemory") == b"10485760"
    assert get(server, "save") == b"900 1 300 10"


def test_later_lines_and_the_command_line_win(serve):
    server = serve("timeout 10\ntimeout 20\nport 1\n")
    assert get(server, "timeout") == b"20"
    assert int(get(server, "port")) == server.port


def test_includes(serve, tmp_path):
    (tmp_path / "inner.conf").write_text("timeout 5\ntcp-keepalive 9\n")
    server = serve(f"include {tmp_path}/inner.conf\ntimeout 6\n")
    assert get(server, "timeout") == b"6"
    assert get(server, "tcp-keepalive") == b"9"


def test_output_buffer_limits_by_class(serve):
    server = serve("client-output-buffer-limit normal 1mb 2mb 3\nclient-output-buffer-limit pubsub 4mb 5mb 6\n")
    assert get(server, "client-output-buffer-limit") == (
        b"normal 1048576 2097152 3 slave 268435456 67108864 60 pubsub 4194304 5242880 6")


def test_old_names(serve):
    server = serve("hash-max-ziplist-entries 77\nhash-max-ziplist-value 33\n")
    assert get(server, "hash-max-listpack-entries") == b"77"
    assert get(server, "hash-max-listpack-value") == b"33"


def test_rewrite_keeps_comments_and_tells_changes(serve):
    server = serve("# keep this\ntimeout 30\n\n# and this\ntcp-keepalive 77\nmaxclients 500\n")
    with server.connect() as connection:
        connection.command("CONFIG", "SET", "timeout", 45, "hash-max-listpack-entries", 99, "requirepass", "a b")
        assert connection.command("CONFIG", "REWRITE").value == b"OK"
    text = pathlib.Path(server.path).read_text()
    assert text.startswith("# keep this\ntimeout 45\n\n# and this\ntcp-keepalive 77\n")
    assert "hash-max-listpack-entries 99\n" in text
    server.stop()
    server.start()
    with server.connect() as connection:
        assert connection.command("GET", "k").value.startswith(b"NOAUTH")
        assert connection.command("AUTH", "a b").value == b"OK"
        reply = connection.command("CONFIG", "GET", "hash-max-listpack-entries")
        assert reply.value[1].value == b"99"


def test_password_in_the_file_and_config_file_in_info(serve):
    server = serve('requirepass "with space"\n')
    with server.connect() as connection:
        assert connection.command("AUTH", "with space").value == b"OK"
        assert f"config_file:{server.path}\r\n" in connection.command("INFO", "server").text
