"""Puts a server back into the state that every case starts from."""

from snugtest.reply import Reply


class Baseline:
    """Remembers a server's configuration at the start and brings it back between cases."""

    RESET = [("CLIENT", "UNPAUSE"), ("FLUSHALL",), ("CONFIG", "RESETSTAT"), ("SLOWLOG", "RESET"),
             ("LATENCY", "RESET"), ("DEBUG", "SET-ACTIVE-EXPIRE", "1")]

    def __init__(self, server):
        self.server = server
        self.control = server.connect()
        self.configuration = self._read_configuration()

    def _read_configuration(self):
        reply = self.control.command("CONFIG", "GET", "*")
        return {name.value: value.value for name, value in reply.items()} if reply.kind == "array" else {}

    def restore(self, configuration=False):
        """Empties the server; with `configuration` also sets back what a case has changed."""
        self.ensure_running()
        self.control.pipeline(self.RESET)
        if configuration:
            now = self._read_configuration()
            for name, value in self.configuration.items():
                if now.get(name) != value:
                    self._set_back(name, value)

    def _set_back(self, name, value):
        reply = self.control.command("CONFIG", "SET", name, value)
        if reply != Reply("simple", b"OK"):
            raise AssertionError(f"{self.server.kind}: cannot set {name} back to {value}: {reply}")

    def ensure_running(self):
        """Starts a server that a case has brought down anew, so that the others still run."""
        alive = self.server.is_running() and self.control.command("PING").kind == "simple"
        if alive:
            return
        self.server.stop()
        self.control.close()
        self.server.start()
        self.control = self.server.connect()
