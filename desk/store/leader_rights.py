"""Who reads and writes cases led by a leader and meetings on the shared database (行权限).

What belongs to a case is for whoever sees the case; a meeting goes with what it was about.
`store.meeting_sight` says the same of a signed-in person.
"""

from desk.rules.codes import Role
from desk.rules.deeds import STEP_OF, Deed

# 信联办 and the leaders raise a case, hand it over and conclude it
DIRECTORS: frozenset[Role] = STEP_OF[Deed.RAISE_LEADER_CASE].roles
TEAM: frozenset[Role] = STEP_OF[Deed.WORK_LEADER_CASE].roles
RECORDERS: frozenset[Role] = STEP_OF[Deed.HOLD_MEETING].roles

MEETING = """
_STREET AND CASE
WHEN case_id IS NOT NULL THEN EXISTS (SELECT 1 FROM cases c WHERE c.id = case_id)
WHEN topic_id IS NOT NULL THEN EXISTS (SELECT 1 FROM topics t WHERE t.id = topic_id)
WHEN whistle_id IS NOT NULL THEN EXISTS (SELECT 1 FROM whistles w WHERE w.id = whistle_id)
ELSE (SELECT oversees()) OR recorded_by = (SELECT my_staff()) END
"""
