"""How many cases of one person are over a limit or near one (件数), as it is shown outside."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tally:
    """How many cases are over a limit, and how many others are near one."""

    over: int = 0
    near: int = 0

    def words(self) -> str:
        """Say it: “2 件已超期，3 件将到期”."""
        return self._said("件已超期", "件将到期")

    def short(self) -> str:
        """Say it before a title: “（2 超期，3 将到期）”."""
        said = self._said("超期", "将到期")
        return f"（{said}）" if said else ""

    def _said(self, over: str, near: str) -> str:
        parts = [(self.over, over), (self.near, near)]
        return "，".join(f"{number} {word}" for number, word in parts if number)
