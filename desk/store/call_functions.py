"""What a number was rung for and asked, whichever case it was about (同一号码): on the server.

The wish not to be rung, and the cap of a day, hold for the number (DOMAIN.md 9.2), also where the
other case is kept from whoever is about to ring: told is that there was a call, or a wish, never
about what.
"""

CALLS_TO_NUMBERS = """
CREATE OR REPLACE FUNCTION calls_to_numbers(p_street bigint, p_case bigint, p_numbers text[],
  p_from timestamptz, p_to timestamptz)
RETURNS SETOF timestamptz LANGUAGE plpgsql STABLE
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  RETURN QUERY SELECT t.happened_at FROM contacts t
    JOIN cases c ON c.id = t.case_id JOIN private_facts f ON f.case_id = c.id
    WHERE c.street_id = p_street AND (is_owner() OR p_street = my_street()) AND c.id <> p_case
    AND f.phone = ANY (p_numbers) AND t.way = 'phone'
    AND t.happened_at >= p_from AND t.happened_at < p_to AND t.happened_at <> c.received_at;
END $$
"""
# how often somebody with this number was here, and how many of his cases are open: reports,
# mediations and cases about whoever asks are not even counted (DOMAIN.md 9.4)
MENTIONS_OF_NUMBER = """
CREATE OR REPLACE FUNCTION mentions_of_number(p_number text, p_open text[])
RETURNS TABLE (counted bigint, still_open bigint) LANGUAGE plpgsql STABLE
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  RETURN QUERY SELECT count(*), count(*) FILTER (WHERE c.status = ANY (p_open))
    FROM private_facts f JOIN cases c ON c.id = f.case_id
    WHERE f.phone = p_number AND c.street_id = my_street() AND NOT c.is_secret
    AND c.purpose <> 'mediation'
    AND (c.accused_staff_id IS NULL OR c.accused_staff_id <> my_staff())
    AND (c.accused_unit_id IS NULL OR c.accused_unit_id <> ALL (my_recused_units()));
END $$
"""
WISH_OF_NUMBERS = """
CREATE OR REPLACE FUNCTION wish_of_numbers(p_street bigint, p_case bigint, p_numbers text[])
RETURNS TABLE (case_id bigint, wished_at timestamptz) LANGUAGE plpgsql STABLE
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  RETURN QUERY SELECT c.id, c.do_not_call_at FROM cases c
    JOIN private_facts f ON f.case_id = c.id
    WHERE c.street_id = p_street AND (is_owner() OR p_street = my_street()) AND c.id <> p_case
    AND f.phone = ANY (p_numbers) AND c.do_not_call_at IS NOT NULL
    ORDER BY c.do_not_call_at DESC LIMIT 1;
END $$
"""
