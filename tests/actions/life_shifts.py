"""Random changes of shift (交班): cases, supports and promised calls go into other hands."""

from dataclasses import dataclass

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from desk.actions.handover import TakeOver, WithdrawHandover, WriteHandover
from desk.actions.sign_folder import IssueSignFolder
from desk.store.models import Assignment, Contact, KeptItem
from tests.actions.life_people import DESKS
from tests.actions.life_rules import may_see

CLOSED = {"closed", "archived", "guided", "merged", "withdrawn"}
SILENT = CLOSED - {"merged"}  # nobody is owed a call there


@dataclass(eq=False)
class ShiftModel:
    """What somebody has written down for a colleague."""

    number: int
    giver: str
    taker: str
    cases: list
    supports: list  # case and part
    calls: list
    items: list  # case and kept thing
    is_open: bool = True


def _is_his_support(part, who):
    is_his = part.handler == who and not part.is_lead
    return is_his and part.status in {"accepted", "returning"}


class Shifts:
    """Rules of a machine that has `work`, `model` and `ids`."""

    @rule(data=st.data(), giver=st.sampled_from(DESKS), taker=st.sampled_from(DESKS))
    def a_shift_is_handed_over(self, data, giver, taker):
        """Whoever goes writes down what he has in hand; nothing changes hands yet."""
        told = {one: self.model.cases[one] for one in self.ids}
        mine = {one: case for one, case in told.items() if may_see(giver, case)}
        open_ = {one: case for one, case in mine.items() if case.status not in CLOSED}
        cases = [one for one, case in open_.items() if case.handler == giver]
        calls = [
            (number, nth)
            for number, case in mine.items()
            for nth, call in enumerate(case.calls)
            if case.status not in SILENT
            and (call.owner, call.is_promise, call.is_kept) == (giver, True, False)
        ]
        supports = [
            (number, part)
            for number, case in open_.items()
            for part in case.parts
            if _is_his_support(part, giver)
        ]
        items = [
            (number, one)
            for number, case in mine.items()
            for one in case.kept
            if (one.holder, one.is_back) == (giver, False)
        ]
        given = {*cases, *(one for one, _ in (*calls, *supports, *items))}
        about = {told[one].about[1] for one in given}
        contacts = {one: self.work.all(Contact, one) for one in {one for one, _ in calls}}
        kept = {one: self.work.all(KeptItem, one) for one in {one for one, _ in items}}
        facts = {
            "to": self.work.staff(taker),
            "cases": tuple(cases),
            "supports": tuple(self._row_of(*one) for one in supports),
            "calls": tuple(contacts[one][nth].id for one, nth in calls),
            "items": tuple(kept[one][told[one].kept.index(item)].id for one, item in items),
        }
        allowed = giver != taker and taker not in about
        made = self.both_say("shift", allowed, giver, WriteHandover, facts)
        if made is not None:
            number = made.made["handover"]
            shift = ShiftModel(number, giver, taker, cases, supports, calls, items)
            self.model.handovers.append(shift)

    def _row_of(self, case, part):
        """Return the id of a live part of a case."""
        rows = self.work.all(Assignment, case)
        unit = self.work.unit(part.unit)
        return next(
            row.id
            for row in reversed(rows)
            if row.unit_id == unit and row.status == part.status and row.role != "lead"
        )

    @precondition(lambda self: any(one.is_open for one in self.model.handovers))
    @rule(data=st.data(), who=st.sampled_from(DESKS), is_rightful=st.integers(0, 3))
    def somebody_takes_a_shift_over(self, data, who, is_rightful):
        """Whoever comes confirms it; only then does anything change hands (9.5)."""
        shift = data.draw(st.sampled_from([one for one in self.model.handovers if one.is_open]))
        who = shift.taker if is_rightful else who
        facts = {"handover": shift.number}
        if self.both_say("shift", who == shift.taker, who, TakeOver, facts) is None:
            return
        shift.is_open = False
        known = {one: case for one, case in self.model.cases.items() if may_see(who, case)}
        self._take_cases(shift, known)
        for one, nth in shift.calls:
            is_owed = one in known and known[one].status != "archived"
            if is_owed and not known[one].calls[nth].is_kept:
                known[one].calls[nth].owner = who
        for one, item in shift.items:
            if one in known and not item.is_back:
                item.holder = who

    def _take_cases(self, shift, known):
        """What is still in the other's hands goes over; what went its way stays."""
        alive = {one: case for one, case in known.items() if case.status not in CLOSED}
        for case in (alive[one] for one in shift.cases if one in alive):
            if case.handler == shift.giver:
                case.handler = shift.taker
                for part in case.parts:
                    is_his = part.is_lead and part.handler == shift.giver
                    part.handler = shift.taker if is_his else part.handler
        for one, part in shift.supports:
            if one in alive and part in alive[one].parts and _is_his_support(part, shift.giver):
                part.handler = shift.taker

    @precondition(lambda self: any(one.is_open for one in self.model.handovers))
    @rule(data=st.data(), who=st.sampled_from(DESKS))
    def somebody_takes_a_handover_back(self, data, who):
        shift = data.draw(st.sampled_from([one for one in self.model.handovers if one.is_open]))
        facts = {"handover": shift.number}
        if self.both_say("shift", who == shift.giver, who, WithdrawHandover, facts) is not None:
            shift.is_open = False

    @rule(who=st.sampled_from(("冯丽", "周航", "李敏")))
    def the_folder_is_printed(self, who):
        """The 签批夹 lists what waits for a leader; printing it changes nothing."""
        told = self.model.cases.values()
        waits = [one for one in told if one.status == "signing" and may_see(who, one)]
        allowed = bool(waits) and who in {"冯丽", "周航"}
        made = self.both_say("folder", allowed, who, IssueSignFolder, {"leader": None})
        assert made is None or len(made.made["opinions"]) == len(waits)
