"""The address of the hall's server as a clerk writes it (连接设置): names, port, database."""

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from desk.rules.errors import RuleBroken

PORT, DATABASE = "5432", "hall"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]*")
_BREAKS = re.compile(r"[\s、，,;；]+")


@dataclass(frozen=True, slots=True)
class ServerAddress:
    """Where the shared database is; a second server is the standby that may take over."""

    hosts: tuple[str, ...] = ()
    port: str = PORT
    database: str = DATABASE


def written_address(hosts: str, port: str, database: str) -> ServerAddress:
    """Return the address that somebody has written.

    Raises:
        RuleBroken: a name, the port or the database's name cannot be meant.
    """
    names = tuple(name for name in _BREAKS.split(hosts.strip()) if name)
    if not names:
        raise RuleBroken("请写服务器的主机名或地址；有备用服务器的，用“、”隔开。", field="hosts")
    for name in names:
        if not _NAME.fullmatch(name):
            raise RuleBroken(f"“{name}”不像主机名或地址，请核对。", field="hosts")
    port = port.strip() or PORT
    if not (port.isascii() and port.isdecimal() and 0 < int(port) < 65536):  # noqa: PLR2004 - ports
        raise RuleBroken("端口请写 1 到 65535 之间的数，一般是 5432。", field="port")
    database = database.strip() or DATABASE
    if not _NAME.fullmatch(database.replace("_", "a")):
        raise RuleBroken("库名只用字母、数字和下划线，一般是 hall。", field="database")
    return ServerAddress(names, port, database)


def address_url(address: ServerAddress) -> str:
    """Return what the program keeps of it; of several servers whichever may write is used."""
    if len(address.hosts) == 1:
        return f"postgresql://{address.hosts[0]}:{address.port}/{address.database}"
    hosts, ports = ",".join(address.hosts), ",".join(address.port for _ in address.hosts)
    where = f"host={hosts}&port={ports}&target_session_attrs=read-write"
    return f"postgresql:///{address.database}?{where}"


def known_address(url: str) -> ServerAddress:
    """Return the address as it is written, of what the program keeps; none for a file."""
    parts = urlsplit(url)
    if not parts.scheme.startswith("postgres"):
        return ServerAddress()
    query = parse_qs(parts.query)
    hosts = tuple(query.get("host", [parts.hostname or ""])[0].split(","))
    port = query.get("port", [str(parts.port or PORT)])[0].split(",")[0]
    return ServerAddress(tuple(filter(None, hosts)), port, parts.path.strip("/") or DATABASE)
