"""How the shared database tells every desk at once that somebody did something (通知).

The notice carries the street and the line's id only (HOUSE.md decision 18); each desk then reads
what it may. That a case was opened or left is told without saying which, and by no line.
"""

from desk.store.requests import ACTIONS, Request

CHANNEL = "desk"
# A look, a rendering and a print change nothing that colleagues see: their windows stay still.
QUIET = ("person.looked", "private.looked", "private.revealed", "paper.rendered", "paper.printed")
# Of these nothing is shown in any window, not even in that of whoever did it.
UNSEEN = frozenset(QUIET) - {"private.revealed"}
SOMEBODY_CAME = "open"  # in place of a line's id: somebody opened a case, or left it

_KINDS = ", ".join(f"'{kind}'" for kind in QUIET)
_TELL = f"""
CREATE OR REPLACE FUNCTION guard_tell() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('{CHANNEL}', NEW.street_id || ':' || NEW.id);
  RETURN NULL;
END $$
"""
_TELL_OPEN = f"""
CREATE OR REPLACE FUNCTION guard_tell_open() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('{CHANNEL}', coalesce(NEW.street_id, OLD.street_id) || ':{SOMEBODY_CAME}');
  RETURN NULL;
END $$
"""


MOST = 50  # lines that are told one by one; what is more is told as one word

# Of lines about what is kept from the asker only ids are told, so that a page which he had open
# before can be put away.
HIDDEN_NEWS = f"""
CREATE OR REPLACE FUNCTION hidden_news(p_after integer)
RETURNS TABLE (place integer, cases text, mediations text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT e.place, e.result::jsonb ->> 'cases', e.result::jsonb ->> 'mediations' FROM events e
  WHERE e.street_id = my_street() AND e.place > p_after AND e.sent_by <> my_staff()
  AND e.kind NOT IN ({_KINDS}) ORDER BY e.place LIMIT {MOST + 1}
$$
"""  # noqa: S608 - made of the words above alone


_TRIGGERS = (
    ("events_tell", "INSERT ON events", f"NEW.kind NOT IN ({_KINDS})", "tell"),
    ("open_cases_came", "INSERT ON open_cases", "TRUE", "tell_open"),
    ("open_cases_left", "DELETE ON open_cases", "TRUE", "tell_open"),
    (
        "open_cases_turned",
        "UPDATE ON open_cases",
        "NEW.writing <> OLD.writing OR NEW.case_id <> OLD.case_id",  # not for each sign of life
        "tell_open",
    ),
)


def is_shown(request: Request) -> bool:
    """Return whether any window shows what a request changes; looks and prints no window shows."""
    return ACTIONS[type(request)].kind not in UNSEEN


def telling_guards() -> list[str]:
    """Return the functions and triggers of PostgreSQL that tell the desks."""
    triggers = [
        f"CREATE TRIGGER guard_{name} AFTER {event} FOR EACH ROW WHEN ({condition}) "
        f"EXECUTE FUNCTION guard_{function}()"
        for name, event, condition, function in _TRIGGERS
    ]
    return [_TELL, _TELL_OPEN, *triggers]
