"""The server's part of `mediation_numbers`: finding a file by its number, and nothing of it."""

MEDIATION_OF_NUMBER = """
CREATE OR REPLACE FUNCTION mediation_of_number(p_street bigint, p_numbers text[])
RETURNS bigint LANGUAGE plpgsql STABLE
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  RETURN (SELECT m.id FROM mediations m
    WHERE m.street_id = p_street AND (is_owner() OR p_street = my_street()
        AND m.id <> ALL (my_kept_mediations())) AND (
      m.number = ANY (p_numbers) OR m.dossier_number = ANY (p_numbers)
      OR m.outside_number = ANY (p_numbers)
      OR m.id IN (SELECT p.mediation_id FROM papers p
        WHERE p.street_id = p_street AND p.number = ANY (p_numbers)))
    ORDER BY (m.number = ANY (p_numbers)) DESC, m.id DESC LIMIT 1);
END $$
"""
