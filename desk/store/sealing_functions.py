"""Since when contact data is under seal (封存), as the shared database says it in its policies."""

# as `store.sealing.sealed_since`; the setting's row is the same as `hall_rules.setting` reads
SEALED_BEFORE = """
CREATE OR REPLACE FUNCTION sealed_before() RETURNS timestamptz LANGUAGE plpgsql STABLE
SECURITY DEFINER SET search_path = public, pg_temp AS $$ BEGIN RETURN (
  SELECT (desk_today() - make_interval(years => coalesce((SELECT s.value::integer FROM settings s
    WHERE s.street_id = my_street() AND s.key = 'restrict_after_years'
    AND s.valid_from <= desk_today() AND (s.valid_to IS NULL OR s.valid_to > desk_today())
    ORDER BY s.valid_from DESC LIMIT 1), 2)) + interval '1 day') AT TIME ZONE 'Asia/Shanghai');
END $$
"""
