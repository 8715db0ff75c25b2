"""What several robustness tests do: watch memory, count clients, cut connections hard."""

import socket
import struct
import time

from snugtest.reply import PONG


def answers(server):
    with server.connect() as connection:
        return connection.command("PING") == PONG


def information(server, name):
    """A numeric field of INFO."""
    with server.connect() as connection:
        text = connection.command("INFO", "everything").text
    for line in text.splitlines():
        if line.startswith(name + ":"):
            return int(line.partition(":")[2])
    raise AssertionError(f"INFO has no field {name}")


def eventually(condition, seconds=20):
    """Whether a condition comes to hold."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if condition():
            return True
        time.sleep(0.05)
    return False


def cut(connection):
    """Closes a connection with a reset instead of an orderly end."""
    connection.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


def send_until_closed(connection, data, most):
    """Sends `data` again and again without reading. True when the server cuts the connection."""
    connection.socket.settimeout(5)
    sent = 0
    while sent < most:
        try:
            connection.socket.sendall(data)
        except (BrokenPipeError, ConnectionResetError):
            return True
        except socket.timeout:
            return False
        sent += len(data)
    return False
