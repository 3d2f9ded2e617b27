"""Since when contact data is under seal (封存), as the shared database says it in its policies."""

from desk.rules.search_text import OF_PERSON

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
# by what a case is found while nobody may ask whom it is about: `rules.search_text.unnamed`
SEARCH_UNNAMED = """
CREATE OR REPLACE FUNCTION search_unnamed(p_doc text, p_fields text) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp AS $$
  SELECT string_agg(CASE WHEN strpos('_PERSON', substr(p_fields, place::integer, 1)) > 0 THEN ''
    ELSE line END, E'\\n' ORDER BY place)
  FROM string_to_table(p_doc, E'\\n') WITH ORDINALITY AS said(line, place)
$$
""".replace("_PERSON", "".join(sorted(OF_PERSON)))
