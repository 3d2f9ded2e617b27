"""Where the chain stood day by day (锚点), written by the database itself.

The first line of a later day writes, in the same transaction, where the chain stood before it; so
no desk has to be on at midnight, and a day without a line needs no anchor.
"""

SQLITE_ANCHOR = """CREATE TRIGGER guard_events_anchor AFTER INSERT ON events BEGIN
  INSERT OR IGNORE INTO chain_anchors (street_id, day, place, hash, written_at, written_by)
  SELECT e.street_id, date(e.recorded_at, '+8 hours'), e.place, e.hash,
    NEW.recorded_at, NEW.sent_by
  FROM events e WHERE e.street_id = NEW.street_id AND e.place = NEW.place - 1
    AND date(e.recorded_at, '+8 hours') < date(NEW.recorded_at, '+8 hours');
END"""

# As the owner of the tables: whoever writes a line may neither read the one before it nor write
# anchors himself.
POSTGRESQL_ANCHOR = (
    """
CREATE OR REPLACE FUNCTION guard_anchor() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO chain_anchors (street_id, day, place, hash, written_at, written_by)
  SELECT e.street_id, (e.recorded_at AT TIME ZONE 'Asia/Shanghai')::date, e.place, e.hash,
    NEW.recorded_at, NEW.sent_by
  FROM events e WHERE e.street_id = NEW.street_id AND e.place = NEW.place - 1
    AND (e.recorded_at AT TIME ZONE 'Asia/Shanghai')::date
      < (NEW.recorded_at AT TIME ZONE 'Asia/Shanghai')::date
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$
""",
    """
CREATE TRIGGER guard_events_anchor AFTER INSERT ON events
FOR EACH ROW EXECUTE FUNCTION guard_anchor()
""",
)

# Place, hash and time of lines of one's own street, whoever may read what they say: a desk
# compares with what it noted itself.
CHAIN_LINKS = """
CREATE OR REPLACE FUNCTION chain_links(p_street bigint, p_places bigint[])
RETURNS TABLE (place integer, hash varchar, recorded_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT e.place, e.hash, e.recorded_at FROM events e
  WHERE e.street_id = p_street AND e.place = ANY (p_places)
    AND (p_street = my_street() OR is_owner())
$$
"""

# Which file a line of the log is about, by its number alone: the auditor opens no file.
NUMBERS_AUDITED = """
CREATE OR REPLACE FUNCTION numbers_audited(p_ids bigint[])
RETURNS TABLE (id bigint, number varchar)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT c.id, c.number FROM cases c
  WHERE c.id = ANY (p_ids) AND audits() AND c.street_id = my_street()
  UNION ALL SELECT m.id, m.number FROM mediations m
  WHERE m.id = ANY (p_ids) AND audits() AND m.street_id = my_street()
$$
"""
FILES_AUDITED = """
CREATE OR REPLACE FUNCTION files_audited(p_number text)
RETURNS TABLE (id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT c.id FROM cases c
  WHERE position(p_number IN c.number) > 0 AND audits() AND c.street_id = my_street()
  UNION ALL SELECT m.id FROM mediations m
  WHERE position(p_number IN m.number) > 0 AND audits() AND m.street_id = my_street()
$$
"""
