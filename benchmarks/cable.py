"""A cable between a desk and the server that fails in every way a network does."""

import random
import socket
import struct
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field

_RESET = struct.pack("ii", 1, 0)  # close with a reset instead of a farewell


@dataclass(eq=False)
class _Call:
    """One connection: the desk's end and the server's."""

    desk: socket.socket
    server: socket.socket
    is_swallowed: bool = False  # both ends live, and nothing comes through
    loses_replies: bool = False
    heard: threading.Event = field(default_factory=threading.Event)  # the desk said something

    def reset(self) -> None:
        """End both connections in the hardest way."""
        for end in (self.desk, self.server):
            with suppress(OSError):
                end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()


class Cable:
    """Listens on a port of its own and passes everything on to the server's."""

    def __init__(self, port: int) -> None:
        self._target = port
        self._calls: set[_Call] = set()
        self._lock = threading.Lock()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        threading.Thread(target=self._take_calls, daemon=True).start()

    def reset(self) -> None:
        """Reset every connection; new ones go through."""
        for call in self._present():
            call.reset()

    def swallow(self) -> None:
        """Leave every connection open on both sides, and let nothing through any more."""
        for call in self._present():
            call.is_swallowed = True

    def drop_swallowed(self) -> None:
        """Forget the connections that were swallowed, as routers do in the end."""
        for call in self._present():
            if call.is_swallowed:
                call.reset()

    def lose_reply(self, chance: random.Random) -> None:
        """Let the desk's words through, lose what the server answers, then reset."""
        calls = self._present()
        for call in calls:
            call.heard.clear()
            call.loses_replies = True
        if calls:
            chance.choice(calls).heard.wait(0.5)
            time.sleep(0.05)  # the server has committed by then
        for call in calls:
            call.reset()

    def close(self) -> None:
        """End for good."""
        self._listener.close()
        self.reset()

    def _present(self) -> list[_Call]:
        with self._lock:
            return list(self._calls)

    def _take_calls(self) -> None:
        while True:
            try:
                desk, _ = self._listener.accept()
            except OSError:
                return
            try:
                server = socket.create_connection(("127.0.0.1", self._target), timeout=5)
                server.settimeout(None)
            except OSError:
                desk.close()
                continue
            call = _Call(desk, server)
            with self._lock:
                self._calls.add(call)
            for to_server in (True, False):
                threading.Thread(target=self._pass_on, args=(call, to_server), daemon=True).start()

    def _pass_on(self, call: _Call, to_server: bool) -> None:  # noqa: FBT001
        source, target = (call.desk, call.server) if to_server else (call.server, call.desk)
        with suppress(OSError):
            while received := source.recv(65536):
                if to_server:
                    call.heard.set()
                if call.is_swallowed or (call.loses_replies and not to_server):
                    continue
                target.sendall(received)
        if not call.is_swallowed:
            call.reset()
            with self._lock:
                self._calls.discard(call)
