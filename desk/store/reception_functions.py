"""What the shared database tells of reception days and books of appointments (接访、预约)."""

# days on which he receives, or stands in for who does; of days to come after today's roster
MY_RECEPTION_DAYS = """
SELECT coalesce(array_agg(DISTINCT r.id), '{}') FROM reception_days r
JOIN duty_shifts t ON t.post_id = r.post_id AND t.day = r.day AND t.replaced_at IS NULL
WHERE r.street_id = (SELECT my_street()) AND t.staff_id IN (SELECT my_staff() UNION ALL
  SELECT d.principal_id FROM deputies d
  WHERE d.deputy_id = (SELECT my_staff()) AND _VALID(d))
"""
# Places are taken also by whom the asker may not know of: told is that, and nothing else.
SEATS_TAKEN = """
CREATE OR REPLACE FUNCTION seats_taken(p_book bigint, p_from timestamptz, p_to timestamptz)
RETURNS TABLE (starts_at timestamptz, seat integer) LANGUAGE sql STABLE
SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT a.starts_at, a.seat FROM appointments a
  WHERE a.book_id = p_book AND (is_owner() OR a.street_id = my_street())
  AND a.state IN ('booked', 'came')
  AND a.starts_at >= p_from AND a.starts_at < p_to
$$
"""
