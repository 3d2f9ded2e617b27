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
