"""What this workstation remembers for itself (本机设置): a small file, never the database."""

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

import platformdirs

_NAME = "case-desk"
DATABASE_VARIABLE = "CASE_DESK_DATABASE"


def _said(default: Any, about: str) -> Any:
    return field(default=default, metadata={"about": about})


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that may differ from one workstation to the next, each declared once."""

    database_url: str = _said("", "数据库地址，空着就用本机的数据库文件")
    server_certificate: str = _said("", "服务器的根证书文件，用来确认连的是自己大厅的服务器")
    theme: str = _said("light", "界面配色：light 浅色、dark 深色、contrast 高对比")
    large_type: bool = _said(False, "大字")  # noqa: FBT003 - the default of a setting
    printer: str = _said("", "打印机，空着就用系统缺省的")
    printer_offsets: str = _said("", "各打印机的校准：打印机名、右移、下移（毫米），一行一台")
    receipt_roll: str = _said("", "受理回执打在多宽的热敏纸上：58、80 毫米，空着就不打小票")
    receipt_printer: str = _said("", "打小票的打印机，空着就用系统缺省的")
    backup_folder: str = _said("", "备份放在哪个文件夹，空着就放在数据文件夹里")
    scan_folder: str = _said("", "扫描件放在哪个文件夹，空着就不自动归件")
    page_scanner: str = _said("", "上次用的扫描仪，下次先选它")
    last_login: str = _said("", "上次在这台电脑登录的工号")
    reminder_sound: bool = _said(False, "到期提醒时响一声")  # noqa: FBT003 - see above
    hall_name: str = _said("", "上次打开的大厅名称，启动时先显示")
    navigation_groups: str = _said("", "导航里展开（+）、收起（-）了哪些组，最近的在前")


def settings_file() -> Path:
    """Return where the settings of this workstation are kept."""
    return platformdirs.user_config_path(_NAME, appauthor=False) / "settings.json"


def data_folder() -> Path:
    """Return where this workstation keeps its data: database file, drafts, backups, log."""
    return platformdirs.user_data_path(_NAME, appauthor=False)


def load_settings(file: Path | None = None) -> Settings:
    """Return the settings of this workstation; what cannot be read counts as not set."""
    try:
        stored = json.loads((file or settings_file()).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Settings()
    return _from_stored(stored) if isinstance(stored, dict) else Settings()


def save_settings(settings: Settings, file: Path | None = None) -> None:
    """Keep the settings; the old file stays whole until the new one is complete."""
    target = file or settings_file()
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    beside = target.with_suffix(".tmp")
    words = json.dumps(asdict(settings), ensure_ascii=False, indent=2)
    beside.write_text(words + "\n", encoding="utf-8")
    beside.replace(target)


def change_settings(**changes: Any) -> Settings:
    """Change some settings of this workstation and return them all."""
    settings = replace(load_settings(), **changes)
    save_settings(settings)
    return settings


def default_database() -> str:
    """Return the address of the database file of a workstation that was told nothing."""
    return f"sqlite:///{(data_folder() / 'hall.db').as_posix()}"


def chosen_database(given: str | None = None) -> str:
    """Return which database to open: as given, as the environment says, as set, or our own.

    An address of a server carries the root certificate that was set, unless it names one.
    """
    settings = load_settings()
    url = given or os.environ.get(DATABASE_VARIABLE) or settings.database_url or default_database()
    return with_certificate(url, settings.server_certificate)


def with_certificate(url: str, certificate: str) -> str:
    """Return the address with the root certificate by which its server is known."""
    if not certificate or not url.startswith("postgres") or "sslrootcert=" in url:
        return url
    mark = "&" if "?" in url else "?"
    return f"{url}{mark}sslrootcert={quote(certificate, safe='/')}"


def backup_folder(database_file: Path | None = None) -> Path:
    """Return where copies go: the folder that was set, or `backups` beside the database."""
    chosen = load_settings().backup_folder
    if chosen:
        return Path(chosen)
    return (database_file.parent if database_file else data_folder()) / "backups"


def fonts_folder() -> Path:
    """Return where a hall puts fonts of its own; papers prefer them (resources/fonts/README)."""
    return data_folder() / "fonts"


def _from_stored(stored: Mapping[str, Any]) -> Settings:
    kinds: dict[str, type] = {
        f.name: bool if f.type in {bool, "bool"} else str for f in fields(Settings)
    }
    known: dict[str, Any] = {
        name: value
        for name, value in stored.items()
        if name in kinds and isinstance(value, kinds[name])
    }
    return Settings(**known)
