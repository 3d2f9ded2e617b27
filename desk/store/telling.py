"""How the shared database tells every desk at once that somebody did something (通知).

The notice carries the street and the line's id only (HOUSE.md decision 18); each desk then reads
what it may. That a case was opened or left is told without saying which, and by no line.
"""

CHANNEL = "desk"
# A look, a rendering and a print change nothing that colleagues see: their windows stay still.
QUIET = ("private.looked", "private.revealed", "paper.rendered", "paper.printed")
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
"""


def telling_guards() -> list[str]:
    """Return the functions and triggers of PostgreSQL that tell the desks."""
    return [
        _TELL,
        _TELL_OPEN,
        "CREATE TRIGGER guard_events_tell AFTER INSERT ON events FOR EACH ROW "
        f"WHEN (NEW.kind NOT IN ({_KINDS})) EXECUTE FUNCTION guard_tell()",
        "CREATE TRIGGER guard_open_cases_told AFTER INSERT OR DELETE ON open_cases "
        "FOR EACH ROW EXECUTE FUNCTION guard_tell_open()",
        "CREATE TRIGGER guard_open_cases_written AFTER UPDATE OF writing ON open_cases "
        "FOR EACH ROW WHEN (NEW.writing IS DISTINCT FROM OLD.writing "
        "OR NEW.case_id IS DISTINCT FROM OLD.case_id) EXECUTE FUNCTION guard_tell_open()",
    ]
