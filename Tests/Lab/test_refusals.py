"""What goes wrong before and while measuring: one sentence, status 1, nothing broken, results kept."""

import resource
import socket
import subprocess
import threading

import pytest

from snugtest.server import free_port

from Lab.helpers import address, limit_of, wait_until_at_work

ARGUMENTS = ("proof", "--items", "2000", "--no-snug")


def refused(lab, server_address, *more):
    run = lab.run(*ARGUMENTS, "--server", f"it={server_address}", *more)
    assert run.status == 1
    return run.sentence()


def test_a_database_with_keys_is_not_written_to(lab, start_redis):
    server = start_redis()
    with server.connect() as connection:
        connection.pipeline([("SET", f"mine:{n}", n) for n in range(3)])
        digest = connection.command("DEBUG", "DIGEST")
        sentence = refused(lab, address(server))
        assert "3 keys in database 0" in sentence and "nothing has been changed" in sentence
        assert connection.command("DEBUG", "DIGEST") == digest
        assert connection.command("INFO", "commandstats").text.count("cmdstat_config") == 0
        run = lab.run(*ARGUMENTS, "--server", f"it={address(server)}", "--database", "5")
        assert run.status == 0, run.errors
        assert connection.command("DEBUG", "DIGEST") == digest


def test_no_server_is_written_to_when_one_is_refused(lab, start_redis):
    empty, full = start_redis(), start_redis()
    with full.connect() as connection:
        connection.command("SET", "a", "b")
    run = lab.run(*ARGUMENTS, "--server", f"empty={address(empty)}", "--server", f"full={address(full)}")
    assert run.status == 1 and "server full" in run.sentence() and "1 key " in run.sentence()
    with empty.connect() as connection:
        text = connection.command("INFO", "commandstats").text
        assert "cmdstat_set" not in text and "cmdstat_config" not in text


def test_eviction_is_not_let_loose_on_other_databases(lab, start_redis):
    server = start_redis({"maxmemory": "100mb", "maxmemory-policy": "allkeys-lru"})
    with server.connect() as connection:
        connection.command("SET", "a", "b")
    assert "drops keys when it is full" in refused(lab, address(server, database=1))


def test_wrong_addresses(lab):
    assert "nothing listens there" in refused(lab, f"redis://127.0.0.1:{free_port()}")
    assert "no such socket" in refused(lab, "unix:///nowhere/socket")
    assert "begins with redis://" in refused(lab, "localhost:6379")
    assert "cannot be reached" in refused(lab, "redis://no-such-host.invalid")


def test_refused_passwords(lab, start_redis):
    server = start_redis({"requirepass": "right"})
    assert "asks for a password" in refused(lab, address(server))
    sentence = refused(lab, address(server, ":wrong@"))
    assert "refused the user name or the password" in sentence and "wrong" not in sentence


def test_wrong_protocol(lab):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        def answer():
            for _ in range(1):
                peer, _ = listener.accept()
                peer.recv(1000)
                peer.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
                peer.close()
        threading.Thread(target=answer, daemon=True).start()
        sentence = refused(lab, f"redis://127.0.0.1:{listener.getsockname()[1]}")
    assert "does not speak Redis's protocol" in sentence and "HTTP/1.1 400" in sentence


def test_commands_that_start_no_server(lab):
    for command in ("false", "/no/such/program", "redis-server --no-such-directive 1 --port {port}"):
        run = lab.run(*ARGUMENTS, "--spawn", f"it={command}")
        assert run.status == 1 and "server it" in run.sentence() and "did not start" in run.sentence()


def test_a_full_server_is_cleaned_up(lab, start_redis):
    server = start_redis({"maxmemory": "6mb", "maxmemory-policy": "noeviction"})
    with server.connect() as connection:
        connection.command("CONFIG", "SET", "hash-max-listpack-entries", "77")
        run = lab.run("proof", "--items", "300000", "--no-snug", "--server", f"it={address(server)}")
        assert run.status == 1
        assert "is full" in run.sentence()
        assert connection.command("DBSIZE").value == 0
        assert limit_of(connection) == b"77"
    assert "is full" in run.results["outcome"]


def test_results_so_far_are_kept_when_a_server_goes(lab, start_redis):
    server = start_redis()
    process = lab.start("proof", "--items", "100000", "--no-snug", "--server", f"it={address(server)}")
    with server.connect() as connection:
        wait_until_at_work(connection)
    server.process.kill()
    run = lab.finish(process)
    assert run.status == 1
    assert "closed the connection" in run.sentence()
    assert len(run.figures("used_bytes", series="a key per user")) == 1
    assert "not complete" in (run.directory / "report.html").read_text()
    assert "a key per user" in run.output


def limited_files():
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))


def test_a_full_disk(lab):
    process = lab.start("proof", "--items", "1000", preexec_fn=limited_files)
    run = lab.finish(process)
    assert run.status == 1
    assert "cannot write" in run.sentence() and "larger than allowed" in run.sentence()
    assert (run.directory / "results.csv").read_text().count("used_bytes") == 3
    assert not list(run.directory.glob("*.new"))


def test_where_nothing_can_be_written(lab, tmp_path):
    (tmp_path / "results").write_text("a file")
    run = lab.run(*ARGUMENTS, "--spawn", "it=redis-server")
    assert run.status == 1 and "no directory" in run.sentence()


@pytest.fixture
def secure_redis(start_redis, tmp_path):
    key, certificate, port = tmp_path / "key.pem", tmp_path / "certificate.pem", free_port()
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
         "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", key, "-out", certificate],
        check=True, capture_output=True)
    start_redis({"tls-port": port, "tls-cert-file": certificate, "tls-key-file": key, "tls-auth-clients": "no"})
    return port, str(certificate)


def test_tls(lab, secure_redis):
    port, certificate = secure_redis
    for place in (f"rediss://localhost:{port}", f"rediss://127.0.0.1:{port}"):
        run = lab.run(*ARGUMENTS, "--server", f"it={place}", "--ca-certificate", certificate)
        assert run.status == 0, run.errors
    run = lab.run(*ARGUMENTS, "--server", f"it=rediss://127.0.0.1:{port}", "--insecure")
    assert run.status == 0, run.errors
    assert "certificate is not trusted" in refused(lab, f"rediss://127.0.0.1:{port}")
    assert "server it" in refused(lab, f"redis://127.0.0.1:{port}")


def test_tls_to_a_server_without(lab, start_redis):
    server = start_redis()
    assert "speak TLS" in refused(lab, f"rediss://127.0.0.1:{server.port}")
