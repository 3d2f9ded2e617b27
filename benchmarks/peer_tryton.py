"""Tryton's server with a plain ledger of its own, asked over JSON-RPC as its client does."""

import base64
import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.peer_ledger import COLUMNS
from benchmarks.server import Server

VERSION = "8.2.*"
PASSWORD = "fictional-2026"  # noqa: S105
_MODULE = Path(__file__).parent / "tryton_hall"


class Tryton:
    """A session of its administrator."""

    def __init__(self, port: int) -> None:
        self._address = f"http://127.0.0.1:{port}/tryton/rpc/"
        self._headers = {"Content-Type": "application/json"}
        user, session, _ = self._ask("common.db.login", "admin", {"password": PASSWORD}, "en")
        token = base64.b64encode(f"admin:{user}:{session}".encode()).decode()
        self._headers["Authorization"] = f"Session {token}"
        self._context: dict[str, object] = {}

    @classmethod
    @contextmanager
    def running(
        cls, folder: Path, server: Server, rows: Sequence[Mapping[str, object]]
    ) -> Iterator["Tryton"]:
        """Give it, installed, filled and started."""
        binaries = _installed(folder)
        port = _free_port()
        config = folder / "trytond.conf"
        config.write_text(
            f"[database]\nuri = postgresql://postgres@127.0.0.1:{server.port}/\n"
            f"[web]\nlisten = 127.0.0.1:{port}\n[session]\nauthentications = password\n"
        )
        with server.superuser() as connection:
            connection.execute("CREATE DATABASE tryton")
        secret = folder / "secret"
        secret.write_text(PASSWORD)
        surroundings = {**os.environ, "TRYTONPASSFILE": str(secret)}
        made = [str(binaries / "trytond-admin"), "-c", str(config), "-d", "tryton"]
        made += ["--email", "a@example.org"]
        for more in (["--all"], ["-u", "hall", "--activate-dependencies"]):
            subprocess.run([*made, *more], check=True, env=surroundings, capture_output=True)
        _fill(server, rows)
        with (folder / "trytond.log").open("wb") as log:
            process = subprocess.Popen(
                [binaries / "trytond", "-c", config, "-d", "tryton"], stdout=log, stderr=log
            )
        try:
            _wait_for(port)
            yield cls(port)
        finally:
            process.terminate()
            process.wait()

    def register(self, n: int) -> object:
        """Create one appeal with six steps, as the program writes at least."""
        now = _moment(datetime.now(UTC))
        steps = [{"title": f"步骤{step}", "happened_at": now} for step in range(6)]
        appeal = {
            "number": f"新{n}",
            "name": "陈桂芳",
            "phone": "13800000023",
            "address": "榕荫里 7 栋",
            "details": "电梯停运",
            "received_at": now,
            "steps": [["create", steps]],
        }
        return self._ask("model.hall.case.create", [appeal], self._context)

    def first_page(self) -> object:
        """Read the fifty newest, with what a list shows."""
        return self._read([], 50)

    def find(self, fragment: str) -> object:
        """Read what its search box would."""
        return self._read([["name", "ilike", f"%{fragment}%"]], 50)

    def month(self) -> object:
        """Read the month and count, as its own reports do."""
        first = datetime.now(UTC).replace(day=1, hour=0, minute=0)
        rows: Any = self._read([["received_at", ">=", _moment(first)]], None)
        return [sum(row[name] for row in rows) for name in ("responded", "solved", "satisfied")]

    def _read(self, domain: list[Any], limit: int | None) -> object:
        names = [name for name in COLUMNS if name != "details"]
        return self._ask(
            "model.hall.case.search_read", domain, 0, limit, None, names, self._context
        )

    def _ask(self, method: str, *params: object) -> Any:
        body = json.dumps({"id": 1, "method": method, "params": params}).encode()
        request = urllib.request.Request(self._address, body, self._headers)  # noqa: S310
        with urllib.request.urlopen(request) as answer:  # noqa: S310 - this machine
            said = json.load(answer)
        assert not (isinstance(said, dict) and said.get("error")), said
        return said["result"] if isinstance(said, dict) else said


def _installed(folder: Path) -> Path:
    """Install the server and the module into a folder and return where its programs are."""
    place = folder / "tryton"
    subprocess.run([sys.executable, "-m", "venv", place], check=True)
    packages = [f"trytond=={VERSION}", "psycopg[binary]", "psycopg_pool"]
    subprocess.run(
        [place / "bin" / "python", "-m", "pip", "install", "-q", *packages],
        check=True,
        capture_output=True,
    )
    modules = next(place.glob("lib/python3*/site-packages/trytond/modules")) / "hall"
    modules.mkdir()
    for source, target in (
        ("config.txt", "tryton.cfg"),
        ("init.txt", "__init__.py"),
        ("ledger.txt", "ledger.py"),
    ):
        shutil.copy(_MODULE / source, modules / target)
    return place / "bin"


def _fill(server: Server, rows: Sequence[Mapping[str, object]]) -> None:
    names = ", ".join(COLUMNS)
    with server.superuser("tryton") as connection:
        statement = f"COPY hall_case ({names}) FROM STDIN"
        with connection.cursor() as cursor, cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row([_naive(row[name]) for name in COLUMNS])
        connection.execute("ANALYZE hall_case")


def _naive(value: object) -> object:
    return value.astimezone(UTC).replace(tzinfo=None) if isinstance(value, datetime) else value


def _moment(at: datetime) -> dict[str, object]:
    names = ("year", "month", "day", "hour", "minute", "second", "microsecond")
    return {"__class__": "datetime", **{name: getattr(at, name) for name in names}}


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _wait_for(port: int) -> None:
    give_up = time.monotonic() + 60
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            assert time.monotonic() < give_up, "Tryton does not start"
            time.sleep(0.1)
        else:
            return
