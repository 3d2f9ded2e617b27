"""The one way through the frozen tables: what two people decided to erase, as it is done (抹除).

What may be blanked: the papers and the history lines of the file itself, and papers of the hall
and lines of other things that name the file by its number (交接班表, 归档目录) or, of a mediation,
a party (桌签).
"""

from desk.store.models import Event

# an erasure that two people decided on and nobody has carried out yet
_DECIDED = "e.is_granted AND e.counts IS NULL AND e.decided_by <> e.asked_by"
_NAMED = """(
  EXISTS (SELECT 1 FROM cases n WHERE n.id = e.case_id AND _WORDS LIKE '%' || n.number || '%')
  OR EXISTS (SELECT 1 FROM mediations n
    WHERE n.id = e.mediation_id AND _WORDS LIKE '%' || n.number || '%')
  OR EXISTS (SELECT 1 FROM mediation_parties n WHERE n.mediation_id = e.mediation_id
    AND length(n.name) > 1 AND _WORDS LIKE '%' || n.name || '%'))
"""
_PAPER = """
EXISTS (SELECT 1 FROM erasures e WHERE _DECIDED AND (e.case_id = _CASE
  OR e.mediation_id = _MEDIATION
  OR (_CASE IS NULL AND _MEDIATION IS NULL AND e.street_id = _STREET AND _NAMED)))
"""
_LINE = """
EXISTS (SELECT 1 FROM erasures e WHERE _DECIDED AND e.street_id = _STREET AND (
  EXISTS (SELECT 1 FROM event_cases c WHERE c.event_id = _ID AND c.case_id = e.case_id)
  OR EXISTS (SELECT 1 FROM event_mediations c
    WHERE c.event_id = _ID AND c.mediation_id = e.mediation_id)
  OR _RESULT LIKE '%' || coalesce(e.case_id, e.mediation_id) || '%' OR _NAMED))
"""
# what stands for what, in the triggers of a file and in the functions of the server
_OF_BOTH = {"_DECIDED": (_DECIDED, _DECIDED), "_NAMED": (_NAMED, _NAMED)}
_OF_PAPER = _OF_BOTH | {
    "_CASE": ("OLD.case_id", "p_case"),
    "_MEDIATION": ("OLD.mediation_id", "p_mediation"),
    "_STREET": ("OLD.street_id", "p_street"),
    "_WORDS": ("OLD.row", "p_words"),
}
_OF_LINE = _OF_BOTH | {
    "_ID": ("OLD.id", "p_line"),
    "_STREET": ("OLD.street_id", "p_street"),
    "_RESULT": ("OLD.result", "p_result"),
    "_WORDS": ("OLD.payload", "p_words"),
}
_HEAD = (
    "CREATE OR REPLACE FUNCTION {0} RETURNS boolean LANGUAGE sql "
    "STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$ SELECT "
)
_KEPT_OF_A_LINE = tuple(
    column.name for column in Event.__table__.columns if column.name not in {"payload", "salt"}
)


def _told(condition: str, words: dict[str, tuple[str, str]], place: int) -> str:
    for word, meanings in words.items():
        condition = condition.replace(word, meanings[place])
    return condition.strip()


FUNCTIONS = (
    _HEAD.format(
        "guard_erases_paper(p_case bigint, p_mediation bigint, p_street bigint, p_words text)"
    )
    + _told(_PAPER, _OF_PAPER, 1)
    + " $$",
    _HEAD.format("guard_erases_line(p_line bigint, p_street bigint, p_result text, p_words text)")
    + _told(_LINE, _OF_LINE, 1)
    + " $$",
)


def line_may_go(dialect: str) -> str:
    """Return the condition that a history line is only blanked, and lawfully."""
    is_shared = dialect == "postgresql"
    alike = "IS NOT DISTINCT FROM" if is_shared else "IS"
    same = " AND ".join(f"NEW.{name} {alike} OLD.{name}" for name in _KEPT_OF_A_LINE)
    asked = "guard_erases_line(OLD.id, OLD.street_id, OLD.result, OLD.payload)"
    lawful = asked if is_shared else _told(_LINE, _OF_LINE, 0)
    return f"(NEW.payload = '{{}}' AND NEW.salt = '' AND {same} AND {lawful})"


def row_may_go(dialect: str) -> str:
    """Return the condition that a paper's row is blanked lawfully."""
    asked = "guard_erases_paper(OLD.case_id, OLD.mediation_id, OLD.street_id, OLD.row)"
    lawful = asked if dialect == "postgresql" else _told(_PAPER, _OF_PAPER, 0)
    return f"(NEW.row = '{{}}' AND {lawful})"
