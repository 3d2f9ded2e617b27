"""One walk along the log (逐条核对): what each line says of itself and of the one before it."""

import json
from collections.abc import Collection
from datetime import datetime
from typing import Any

from desk.rules.anchors import ERASED, Link, day_words
from desk.store.chain import GENESIS, digest_of_texts, link_hash_of_texts

_MOST = 20  # whoever changed more than that is found by the first
_BARE = 32  # a command's digits without their hyphens, as SQLite keeps them


class ChainWalk:
    """Takes the lines of one street in their order and remembers what is wrong.

    Attributes:
        links: the lines that were asked for, by their numbers.
        count: how many lines there were.
        sentences: what is wrong, in the order of the lines.
    """

    def __init__(self, wanted: Collection[int] = ()) -> None:
        self.links: dict[int, Link] = {}
        self.count = 0
        self.sentences: list[str] = []
        self._wanted = frozenset(wanted)
        self._place, self._hash = 0, GENESIS
        self._before: Any = None
        self._accepted: frozenset[str] | None = frozenset((GENESIS,))
        self._blanked: list[tuple[Any, frozenset[int]]] = []
        self._erased: set[int] = set()

    def take(self, line: Any) -> None:
        """Check the next line."""
        self.count += 1
        if line.place != self._place + 1:
            self._say_gap(line)
        if line.salt:
            self._check_words(line)
        else:
            self._blanked.append((line, _files_of(line)))
        self._check_link(line)
        if line.kind in ERASED:
            self._erased |= _files_of(line)
            self._erased |= set(json.loads(line.result).get("made", {}).get("lines", ()))
        if line.place in self._wanted:
            self.links[line.place] = Link(line.hash, datetime.fromisoformat(line.recorded_at))
        self._place, self._hash, self._before = line.place, line.hash, line

    def end(self, last: int, head: str) -> None:
        """Check the end of the log, and that what was blanked was erased lawfully."""
        if self._place != last:
            self._say(f"留痕应有 {last} 条，实有 {self._place} 条。")
        elif self._hash != head:
            self._say("最后一条留痕与链头记的不一致。")
        for line, files in self._blanked:
            if not (files | {line.id}) & self._erased:
                self._say(f"{_named(line)}的内容被清空，没有依法删除的记录。")

    def _check_words(self, line: Any) -> None:
        about = (line.kind, line.title, line.desk_name, bool(line.is_of_hall))
        if line.digest != digest_of_texts(line.salt, about, line.payload, line.result):
            self._say(f"{_named(line)}的内容被改过。")

    def _check_link(self, line: Any) -> None:
        wanted = link_hash_of_texts(
            (
                line.previous_hash,
                str(line.place),
                str(line.id),
                _hyphened(line.command),
                str(line.made_by),
                str(line.sent_by),
                line.session_user,
                line.happened_at,
                line.recorded_at,
                line.digest,
            )
        )
        follows = self._accepted is None or line.previous_hash in self._accepted
        if not follows or line.hash != wanted:
            self._say(f"{_named(line)}与前一条接不上。")
        # one changed hash is one finding: the line after it fits what it should have been
        self._accepted = frozenset((line.hash, wanted))

    def _say_gap(self, line: Any) -> None:
        first, last = self._place + 1, line.place - 1
        if last < first:
            self._say(f"{_named(line)}重复了，多出一条。")
            return
        which = f"第 {first} 条至第 {last} 条" if first < last else f"第 {first} 条"
        begins = f" {day_words(_moment(self._before))}" if self._before else "开头"
        self._say(f"{which}留痕不见了，在{begins}与 {day_words(_moment(line))}之间。")
        self._accepted = None  # the hash of the line that is gone is not known

    def _say(self, sentence: str) -> None:
        if len(self.sentences) < _MOST:
            self.sentences.append(sentence)


def _named(line: Any) -> str:
    return f"第 {line.place} 条留痕（{day_words(_moment(line))}）"


def _moment(line: Any) -> datetime:
    return datetime.fromisoformat(line.recorded_at)


def _hyphened(command: str) -> str:
    if len(command) != _BARE:
        return command
    parts = ((0, 8), (8, 12), (12, 16), (16, 20), (20, 32))
    return "-".join(command[begin:end] for begin, end in parts)


def _files_of(line: Any) -> frozenset[int]:
    """Return the ids of all that a line is about; a result is never erased."""
    result = json.loads(line.result)
    made = result.get("made", {})
    ids = (made.get("case"), made.get("mediation"))
    return frozenset((*result["cases"], *result["mediations"], *filter(None, ids)))
