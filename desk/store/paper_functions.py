"""Which papers of the hall and which bytes somebody reads on the shared database (行权限).

A paper may be read through a letter, a whistle, a meeting or a talk, and bytes through whatever
holds them; each of these tables has conditions of its own. Written into one policy, all of them
are planned for every query that names a paper: 130 MB and 180 ms for the photos of one case. These
functions ask only the table that is meant, and keep the plan for the session. They run with the
rights of whoever asks, so that each table still lets through what that person may see.
"""

from collections.abc import Mapping
from types import MappingProxyType

_INVOKER = """
CREATE OR REPLACE FUNCTION {head} RETURNS boolean LANGUAGE plpgsql STABLE
SECURITY INVOKER SET search_path = public, pg_temp AS $$
BEGIN
{body}
END $$
"""
# `store.paper_sight.paper_seen_by`: what belongs to no case and no mediation
_HALL_PAPER = """
  IF p_letter IS NOT NULL THEN
    RETURN EXISTS (SELECT 1 FROM letters l WHERE l.id = p_letter);
  ELSIF p_issuer = my_staff() THEN
    RETURN true;
  ELSIF p_code = 'whistle-slip' THEN
    RETURN EXISTS (SELECT 1 FROM whistles w WHERE w.paper_id = p_id);
  ELSIF p_code = 'meeting-minutes' THEN
    RETURN EXISTS (SELECT 1 FROM meetings m WHERE m.paper_id = p_id);
  END IF;
  RETURN oversees() OR p_code IN ('bulletin', 'public-bulletin')
    OR p_issuer = ANY (my_colleagues())
    OR EXISTS (SELECT 1 FROM unit_talks t WHERE t.paper_id = p_id);
""".strip("\n")
# what holds bytes, what is looked at most often first
_HOLDERS = (
    "attachments a WHERE a.sha256",
    "papers p WHERE p.scan_sha256",
    "papers p WHERE p.layout_sha256",
    "paper_proofs p WHERE p.blob_sha256",
    "mediation_files f WHERE f.sha256",
    "whistle_arrivals w WHERE w.sha256",
)
_BYTES = "\n".join(
    f"  IF EXISTS (SELECT 1 FROM {holder} = p_sha) THEN RETURN true; END IF;"  # noqa: S608 - above
    for holder in _HOLDERS
)
PAPER_FUNCTIONS: Mapping[str, str] = MappingProxyType(
    {
        "reads_hall_paper(bigint, text, bigint, bigint)": _INVOKER.format(
            head="reads_hall_paper(p_id bigint, p_code text, p_letter bigint, p_issuer bigint)",
            body=_HALL_PAPER,
        ),
        "reads_bytes(text)": _INVOKER.format(
            head="reads_bytes(p_sha text)", body=f"{_BYTES}\n  RETURN false;"
        ),
    }
)
