"""Whose reception days are whose on the shared database (接访日的行权限)."""

# days on which he receives, or stands in for who does; of days to come after today's roster
MY_RECEPTION_DAYS = """
SELECT coalesce(array_agg(DISTINCT r.id), '{}') FROM reception_days r
JOIN duty_shifts t ON t.post_id = r.post_id AND t.day = r.day AND t.replaced_at IS NULL
WHERE r.street_id = (SELECT my_street()) AND t.staff_id IN (SELECT my_staff() UNION ALL
  SELECT d.principal_id FROM deputies d
  WHERE d.deputy_id = (SELECT my_staff()) AND _VALID(d))
"""
