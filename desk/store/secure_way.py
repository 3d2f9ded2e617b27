"""The way to the server is encrypted and leads to the hall's own server (连接加密).

Whoever stands in between could read every appeal, or answer as the server, if a desk took any
certificate: `sslmode=require` was measured to accept a server with a wrong name (RELIABILITY.md
2.3). So every way over a network is `verify-full` with the hall's root certificate, whatever the
address says. A Unix socket and the loopback never leave the machine: whoever could listen there
reads the database's memory just as well, and the server's own scripts use the socket.
"""

import os
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy.engine import URL

from desk.rules.errors import DatabaseAway

_ROOT = "sslrootcert"
_NO_ROOT = (
    "还没有选服务器的根证书（hall-root.crt），所以没有连接。"
    "请向管机器的同事要来这个文件，在登录页的“连接设置”里选好再登录。"
)
_ROOT_AWAY = "找不到服务器的根证书“{name}”，所以没有连接。请在登录页的“连接设置”里重新选好再登录。"
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


def tls_options(url: URL) -> dict[str, str]:
    """Return what libpq is told about encryption on the way to this address.

    Raises:
        DatabaseAway: the way leads over a network and there is no root certificate to check it by.
    """
    if stays_on_this_machine(url):
        return {}
    root = _one(url, _ROOT)
    if not root:
        raise DatabaseAway(_NO_ROOT)
    if not Path(root).is_file():
        raise DatabaseAway(_ROOT_AWAY.format(name=Path(root).name))
    return {
        "sslmode": "verify-full",
        _ROOT: root,
        "ssl_min_protocol_version": "TLSv1.2",
        "gssencmode": "disable",
    }


def stays_on_this_machine(url: URL) -> bool:
    """Return whether every server of the address is reached without any network."""
    if _one(url, "service") or os.environ.get("PGSERVICE"):
        return False
    return all(
        host.startswith(("/", "@")) or host.lower() in _LOOPBACK for host in _hosts(url) if host
    )


def _hosts(url: URL) -> Iterator[str]:
    """Yield where libpq would go: names, and addresses that it would use in their place."""
    named = url.host or _one(url, "host") or os.environ.get("PGHOST", "")
    for host in (*named.split(","), *_one(url, "hostaddr").split(",")):
        yield host.rsplit(":", 1)[0] if host.count(":") == 1 else host
    yield from os.environ.get("PGHOSTADDR", "").split(",")


def _one(url: URL, name: str) -> str:
    found = url.query.get(name, "")
    return found if isinstance(found, str) else ",".join(found)
