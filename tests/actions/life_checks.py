"""What holds after every step of random lives: nothing and nobody is lost (事项、时限、诉求人)."""

from collections import Counter

from sqlalchemy import select

from desk.rules.codes import AssignmentRole, OpinionStatus, PaperState
from desk.store.models import (
    Assignment,
    Attachment,
    Case,
    CaseUnit,
    Clock,
    ClockPause,
    Contact,
    DispatchProposal,
    ExtensionRequest,
    FollowUp,
    KeptItem,
    Matter,
    Opinion,
    Paper,
    SignStep,
)
from desk.store.rows_told import ROWS_TOLD, key_told
from tests.actions.life_case import GONE
from tests.actions.usual_life import BESIDES, USUAL

ASIDE = {"merged", "withdrawn"}
ENDED = ASIDE | {"archived", "guided"}
SIGNED = {"sealing", "delivering", "follow_up"}
TABLES = (*ROWS_TOLD, CaseUnit)


class Tables:
    """The rows of some cases, or of all the hall's cases, read once."""

    def __init__(self, session, cases=None):
        self.session = session
        self.is_whole = cases is None
        self._held, self._of = {}, {}
        for table in TABLES:
            query = select(table).order_by(*table.__table__.primary_key)
            of = table.id if table is Case else getattr(table, "case_id", None)
            if cases is not None and of is not None:
                query = query.where(of.in_(cases))
            rows = session.scalars(query).all()
            self._held[table] = rows
            for row in rows:
                case = row.id if table is Case else getattr(row, "case_id", None)
                self._of.setdefault((table, case), []).append(row)
        waits = [one for one in self._held[ClockPause] if one.until_at is None]
        self.pauses = {one.clock_id: one for one in waits}

    def of(self, table, case):
        """Return the rows of a case, oldest first."""
        return self._of.get((table, case), [])

    def case(self, case):
        """Return the case itself."""
        return self._of[Case, case][0]

    def held(self, table):
        """Return all rows of a table by key; papers of the hall belong to no case."""
        rows = self._held[table]
        return {key_told(row): row for row in rows if getattr(row, "case_id", 0) is not None}


class LifeChecks:
    """The comparisons of a machine that has `names` of units, `staff` by id, `model` and `ids`."""

    def stands_as_told(self, tables, case):
        row, told = tables.case(case), self.model.cases[case]
        assert (row.status, row.round_no) == (told.status, told.round)
        assert (row.set_aside_from, row.has_arrived) == (told.set_from, told.has_arrived)
        assert self.names.get(row.lead_unit_id) == told.lead
        assert self.staff.get(row.handler_id) == told.handler
        parts = [one for one in tables.of(Assignment, case) if one.round_no == row.round_no]
        assert Counter(
            (
                self.names[part.unit_id],
                part.role == AssignmentRole.LEAD,
                part.status.value,
                None if part.status in GONE else self.staff.get(part.handler_id),
            )
            for part in parts
        ) == Counter(
            (one.unit, one.is_lead, one.status, None if one.status in GONE else one.handler)
            for one in told.parts
        )
        involved = {self.names[one.unit_id] for one in tables.of(CaseUnit, case)}
        assert involved == told.involved
        proposals = [p for p in tables.of(DispatchProposal, case) if p.decided_at is None]
        assert len(proposals) == bool(told.proposal)

    def loses_no_clock(self, tables, case):
        row, told = tables.case(case), self.model.cases[case]
        units = {one.id: self.names[one.unit_id] for one in tables.of(Assignment, case)}
        clocks = tables.of(Clock, case)
        stand = Counter(self._clock(tables, one, units) for one in clocks)
        assert stand == told.told_clocks(), (stand - told.told_clocks(), told.told_clocks() - stand)
        if told.status in ENDED:
            assert not [one for one in clocks if not one.stopped_at and not one.set_aside_at]
        for one in clocks:
            due = self.due.setdefault(one.id, one.original_due_at)
            assert one.original_due_at == due  # what was promised first stays on record
            if one.id not in self.moved:
                if one.extended_to or one.paused_since:
                    self.moved.add(one.id)
                else:
                    assert one.due_at == due
        shown = row.next_clock is not None
        runs = [o for o in told.running() if o.part is None or o.part.is_lead]
        assert shown == (told.status not in ENDED and any(not one.pause for one in runs))

    def _clock(self, tables, one, units):
        pause = tables.pauses.get(one.id)
        assert (pause is not None) == (one.paused_since is not None)
        state = "stopped" if one.stopped_at else "aside" if one.set_aside_at else "running"
        reason = pause and pause.reason.value
        unit = units.get(one.assignment_id)
        return (one.kind.value, one.round_no, unit, state, reason, one.is_applicable)

    def loses_no_matter(self, tables, case):
        row, told = tables.case(case), self.model.cases[case]
        matters = sorted(tables.of(Matter, case), key=lambda one: one.seq)
        assert [
            (self.names.get(one.unit_id), one.round_no or 1, one.result is not None)
            for one in matters
        ] == [(one.unit, one.round, one.is_answered) for one in told.matters]
        if row.status not in SIGNED:
            return
        signed = [o for o in tables.of(Opinion, case) if o.status is OpinionStatus.SIGNED]
        last = {one.round_no: one for one in sorted(signed, key=lambda one: one.revision)}
        assert row.round_no in last
        for number in range(1, row.round_no + 1):
            own = {matter.id for matter in matters if (matter.round_no or 1) == number}
            items = last[number].items if number in last else None
            if items:
                assert own <= {item["matter"] for item in items}
            elif own:  # an opinion without items answers one matter, or all at once at the counter
                assert len(own) == 1 or row.exit == "on_spot"

    def loses_no_promise(self, tables, case):
        """Attempts, promised calls and requests for time stand as they were made."""
        told = self.model.cases[case]
        assert [
            (
                self.staff[one.call_owner_id or one.staff_id],
                one.call_back_at is not None,
                one.call_back_at is not None and one.called_back_at is not None,
            )
            for one in tables.of(Contact, case)
        ] == [(one.owner, one.is_promise, one.is_kept) for one in told.calls]
        assert [
            (one.kind.value, one.state.value, one.told_at is not None, one.ended_at is not None)
            for one in tables.of(ExtensionRequest, case)
        ] == [(one.kind, one.state, one.is_told, one.has_ended) for one in told.asks]
        assert len(tables.of(FollowUp, case)) == told.followups
        link = self.model.cases.get(tables.case(case).repeat_of_id)
        assert link is told.repeats
        main = self.model.cases.get(tables.case(case).merged_into_id)
        assert main is told.main

    def loses_nothing_kept(self, tables, case):
        """Originals and files are where they were put; what was given back stays on record."""
        told = self.model.cases[case]
        assert [
            (self.staff[one.holder_id], one.given_back_at is not None)
            for one in tables.of(KeptItem, case)
        ] == [(one.holder, one.is_back) for one in told.kept]
        assert [one.kind.value for one in tables.of(Attachment, case)] == told.files

    def paper_is_as_told(self, tables, case):
        row, told = tables.case(case), self.model.cases[case]
        open_ = [s for s in tables.of(SignStep, case) if s.signed_at is None and s.arrived_at]
        desks = [one for one in open_ if one.is_agreed is None]
        assert len(desks) == ("signing" in {told.status, told.set_from})
        good = [p for p in tables.of(Paper, case) if p.state is not PaperState.VOID]
        own = [p for p in good if p.round_no == row.round_no and p.code == "opinion-notice"]
        assert len(own) == (1 if told.has_paper else 0)
        opinions = [one for one in tables.of(Opinion, case) if one.round_no == row.round_no]
        newest = max(opinions, key=lambda one: one.revision, default=None)
        assert bool(newest and newest.number) == told.has_number
        states = {"sealing": PaperState.TO_SEAL, "delivering": PaperState.TO_DELIVER}
        wanted = states.get(told.status, PaperState.DELIVERED)
        assert {one.state for one in own} <= {wanted}

    def somebody_can_go_on(self, case):
        """No path ends before the archive: there is somebody whose turn it is."""
        told = self.model.cases[case]
        if told.status != "archived":
            ways = (*USUAL.get(told.status, ()), *BESIDES.get(told.status, ()))
            assert any(self.able(deed, case) for deed in ways), told.status

    def loses_no_appellant(self, tables, case):
        row = tables.case(case)
        if row.status != "archived" or row.exit == "guidance":
            return
        if row.withdraw_way is not None or row.exit == "on_spot":
            return
        notices = [p.state for p in tables.of(Paper, case) if p.code == "opinion-notice"]
        assert PaperState.DELIVERED in notices
        assert any(one.is_reached for one in tables.of(FollowUp, case))
