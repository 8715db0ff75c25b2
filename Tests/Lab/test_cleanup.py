"""Whatever ends a run, the server is as it was: settings restored, keys removed, nothing left running."""

import os
import pathlib
import pty
import signal
import subprocess

import pytest

from Lab.helpers import address, limit_of, wait_for, wait_until_at_work

WORK = ("thresholds", "--items", "200000", "--no-snug")


def is_clean(connection):
    return connection.command("DBSIZE").value == 0 and limit_of(connection) == b"512"


def children_of(pid):
    """Processes that name `pid` as their parent."""
    found = []
    for path in pathlib.Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if int(fields[1]) == pid:
            found.append(int(path.parent.name))
    return found


def is_alive(pid):
    try:
        return pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal(lab, start_redis, number):
    server = start_redis()
    process = lab.start(*WORK, "--server", f"it={address(server)}")
    with server.connect() as connection:
        wait_until_at_work(connection)
        process.send_signal(number)
        run = lab.finish(process, timeout=20)
        assert run.status == 128 + number
        assert is_clean(connection)
    assert "signal" in run.results["outcome"]


def test_a_killed_run(lab, start_redis):
    server = start_redis()
    process = lab.start(*WORK, "--server", f"it={address(server)}")
    with server.connect() as connection:
        wait_until_at_work(connection)
        process.kill()
        process.wait()
        wait_for(lambda: is_clean(connection))


def test_a_killed_run_leaves_no_server_behind(lab):
    process = lab.start("buckets", "--items", "100000", "--spawn", "redis=redis-server")
    wait_for(lambda: len(children_of(process.pid)) >= 2)
    children = children_of(process.pid)
    process.kill()
    process.wait()
    wait_for(lambda: not any(is_alive(pid) for pid in children))


def test_a_lost_connection(lab, start_redis):
    server = start_redis()
    process = lab.start(*WORK, "--server", f"it={address(server)}")
    with server.connect() as connection:
        wait_until_at_work(connection)
        connection.command("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes")
        run = lab.finish(process)
        assert run.status == 1
        assert "closed the connection" in run.sentence()
        assert is_clean(connection)


def test_a_server_that_comes_back_is_cleaned_up_by_the_guard(lab, start_redis):
    server = start_redis()
    process = lab.start(*WORK, "--server", f"it={address(server)}")
    with server.connect() as connection:
        wait_until_at_work(connection)
        connection.command("SAVE")
    server.process.kill()
    server.process.wait()
    lab.processes.remove(process)
    assert process.wait(30) == 1
    server.start()
    with server.connect() as connection:
        wait_for(lambda: is_clean(connection))
    process.communicate()


def test_ctrl_c_at_a_terminal(lab, start_redis, tmp_path):
    """The terminal sends the signal to all processes in the foreground: only the laboratory may heed it."""
    server = start_redis()
    from snugtest.server import snug_binary
    pid, terminal = pty.fork()
    if pid == 0:
        words = [snug_binary(), "lab", *WORK[:-1], "--spawn", "r=redis-server", "--server", f"it={address(server)}"]
        os.execv(words[0], words)
    seen = b""
    with server.connect() as connection:
        wait_until_at_work(connection)
        seen += os.read(terminal, 65536)
        os.write(terminal, b"\x03")
        while True:
            try:
                part = os.read(terminal, 65536)
            except OSError:
                break
            if not part:
                break
            seen += part
        _, status = os.waitpid(pid, 0)
        assert os.waitstatus_to_exitcode(status) == 130
        assert is_clean(connection)
    assert "█".encode() in seen or "░".encode() in seen
    assert b" left" in seen or b"thresholds" in seen
    os.close(terminal)


def test_names_in_the_list_of_processes_hold_no_password(lab, start_redis):
    server = start_redis({"requirepass": "hush"})
    process = lab.start(*WORK, "--server", f"it={address(server, ':hush@')}")
    with server.connect() as connection:
        connection.command("AUTH", "hush")
        wait_until_at_work(connection)
        guards = children_of(process.pid)
        assert guards
        for pid in guards:
            assert b"hush" not in pathlib.Path(f"/proc/{pid}/cmdline").read_bytes()
        process.send_signal(signal.SIGINT)
        assert lab.finish(process).status == 130
        assert is_clean(connection)
    assert subprocess.run(["pgrep", "-f", "lab guard"], capture_output=True).returncode in (0, 1)
