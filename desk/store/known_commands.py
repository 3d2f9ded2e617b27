"""Which commands the shared database knows (对账), whoever made them and whatever they were about.

A desk asks it after each connection: a server that was restored from last night's copy does not
know today's. It tells only whether an id that the asker knows is known too, and nothing about it.
"""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

KNOWN_COMMANDS = """
CREATE OR REPLACE FUNCTION known_commands(p_asked uuid[]) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT e.command FROM events e
  WHERE e.command = ANY (p_asked) AND (e.street_id = my_street() OR is_owner())
$$
"""
# The answer that a command got: whoever sends it again has it, and nobody guesses its id. With the
# policy on the log the server would plan for a millisecond before each save.
ANSWER_TO = """
CREATE OR REPLACE FUNCTION answer_to(p_command uuid) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN RETURN (SELECT e.result FROM events e
  WHERE e.command = p_command AND (e.street_id = my_street() OR is_owner())); END $$
"""
_ASK = text("SELECT known_commands(CAST(:asked AS uuid[]))")


def known_commands(session: Session, asked: Collection[UUID]) -> set[UUID]:
    """Return which of these commands the server has carried out."""
    if not asked:
        return set()
    return set(session.scalars(_ASK, {"asked": list(asked)}))
