"""The cable between a desk and the server: it can be pulled out, put back, and cut in a bad way."""

import socket
import threading
from contextlib import suppress


class Cable:
    """Passes bytes on to a port of this machine; a pulled cable refuses every call at once."""

    def __init__(self, port):
        self._target = port
        self._is_out = False
        self._ends = []
        self._lock = threading.Lock()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._take_calls, daemon=True).start()

    def pull(self):
        """Cut every connection; new ones are refused from now on."""
        with self._lock:
            self._is_out = True
            ends, self._ends = self._ends, []
        for end in ends:
            _cut(end)

    def plug_in(self):
        """Let calls through again."""
        with self._lock:
            self._is_out = False

    def throw_away(self):
        """End for good."""
        self.pull()
        _cut(self._listener)

    def _take_calls(self):
        while True:
            try:
                caller, _ = self._listener.accept()
            except OSError:
                return
            with self._lock:
                if self._is_out:
                    _cut(caller)
                    continue
                server = socket.create_connection(("127.0.0.1", self._target))
                self._ends += [caller, server]
            for pair in ((caller, server), (server, caller)):
                threading.Thread(target=_pass_on, args=pair, daemon=True).start()


def _pass_on(source, target):
    with suppress(OSError):
        while received := source.recv(65536):
            target.sendall(received)
    _cut(source)
    _cut(target)


def _cut(end):
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()
