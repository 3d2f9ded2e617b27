"""Turns that a case takes (岔路): each rule brings a case there and lets somebody take it."""

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

LATE = ("sealing", "delivering", "follow_up", "closed", "merged", "withdrawn")
MEANWHILE = ("", "", "contact", "add_matter", "accuse")
ENDS_OF_SUPPORT = ("report", "drop_support", "return", "answer_matter")
WHOM = ("unit", "handler", "signer")
AT_WORK = ("accepted", "handling", "opinion")


class Turns:
    """Rules of a machine that can `bring` a case to a step and have a deed `done` to it."""

    @rule(data=st.data(), is_told=st.booleans(), is_granted=st.booleans())
    def more_time_is_asked_for(self, data, is_told, is_granted):
        """6.1 #12: asked, told, reviewed, decided by the leader."""
        case = self.bring(data, *AT_WORK)
        kind = {"accepted": "verify", "opinion": "opinion"}
        status = case and self.model.cases[case].status
        clock = data.draw(st.sampled_from(("handle", kind.get(status, "handle"))))
        if self.done(data, "ask_more", case, {"clock": clock, "is_told": is_told}):
            self._is_decided(data, case, is_granted)

    @rule(data=st.data(), is_told=st.booleans(), stays=st.integers(0, 2))
    def a_case_is_parked(self, data, is_told, stays):
        """6.1 #11: in by the leader's word, out on the day it is looked at, or before."""
        case = self.bring(data, "handling")
        if not self.done(data, "ask_park", case, {"is_told": is_told}):
            return
        if self._is_decided(data, case, is_granted=True):
            for _ in range(stays):
                self.done(data, "look_again", case)

    def _is_decided(self, data, case, is_granted):
        if data.draw(st.booleans()):
            self.done(data, "tell", case)
        if data.draw(st.integers(0, 5)) == 0:
            return self.done(data, "drop_ask", case)
        passed = self.done(data, "review", case, {"is_passed": True})
        return passed and self.done(data, "grant", case, {"is_granted": is_granted})

    @precondition(lambda self: any(c.status == "parked" for c in self.model.cases.values()))
    @rule(data=st.data(), deed=st.sampled_from(("unpark", "look_again", "promise", "contact")))
    def something_comes_of_a_parked_case(self, data, deed):
        self.done(data, deed, self.bring(data, "parked"))

    @rule(data=st.data(), goes_on=st.booleans())
    def limits_stand_still(self, data, goes_on):
        """4.5: while the appellant brings papers, an expert looks, or he wished it so."""
        case = self.bring(data, *AT_WORK)
        if self.done(data, "pause", case) and goes_on:
            self.done(data, "resume", case)

    @rule(data=st.data())
    def a_dispatch_is_taken_back(self, data):
        """6.1 #4, 9.6: within a minute by who sent it, while nobody has accepted."""
        case = self.bring(data, "received", "dispatched", "accepted", "handling")
        if self.done(data, "dispatch", case):
            self.done(data, "confirm", case)
            between = data.draw(st.sampled_from(MEANWHILE))
            if between:
                self.done(data, between, case)
            self.done(data, "take_back", case)

    @rule(data=st.data(), is_agreed=st.booleans())
    def a_case_is_handed_back(self, data, is_agreed):
        """6.1 #7: the contact clock runs on; a case that was passed on thrice stays."""
        case = self.bring(data, "dispatched", "accepted", "handling")
        if self.done(data, "return", case):
            self.done(data, "decide_return", case, {"is_agreed": is_agreed})

    @rule(data=st.data(), deed=st.sampled_from(("assign_matter", "answer_matter", "add_matter")))
    def a_matter_has_its_own_way(self, data, deed):
        """9.1: several matters, each with its unit and its answer."""
        self.done(data, deed, self.bring(data, "accepted", "handling"))

    @rule(data=st.data(), then=st.sampled_from(ENDS_OF_SUPPORT))
    def a_support_comes_and_goes(self, data, then):
        """6.1 #8: asked in with its own clocks; it reports, hands back, or is taken off."""
        case = self.bring(data, "accepted", "handling")
        unit = data.draw(st.sampled_from(("综合行政执法队", "榕东社区", "纪工委")))
        if self.done(data, "add_support", case, {"unit": unit}):
            if data.draw(st.booleans()):
                self.done(data, "assign_matter", case, {"nth": 1, "unit": unit})
            self.done(data, "accept", case)
            self.done(data, then, case, {"unit": unit} if then == "drop_support" else None)

    @rule(data=st.data(), reached=st.booleans(), is_kept=st.booleans())
    def a_call_is_promised(self, data, reached, is_kept):
        case = self.bring(data, "received", "accepted", "handling", "parked", "merged", "sealing")
        if self.done(data, "promise", case, {"reached": reached}) and is_kept:
            self.done(data, data.draw(st.sampled_from(("ring", "contact"))), case)

    @precondition(lambda self: self.model.asks_chief)
    @rule(data=st.data(), deed=st.sampled_from(("confirm", "decline")))
    def the_first_leader_gives_his_word(self, data, deed):
        """9.5: a dispatch is proposed to him; he confirms it or sends it back."""
        case = self.bring(data, "received")
        self.done(data, "dispatch", case)
        self.done(data, deed, case)

    @rule(data=st.data(), takes_in=st.booleans())
    def somebody_was_guided_on(self, data, takes_in):
        """6.1 #2: whether he arrived there; his appeal may be taken in after all."""
        there = [one for one in self.ids if self.model.cases[one].status == "guided"]
        if not there and len(self.ids) < 8:
            self.take_in("李敏", "guidance")
            there = self.ids[-1:]
        for case in there[:1]:
            self.done(data, "arrive", case)
            if takes_in:
                self.done(data, "take_in", case)

    @precondition(lambda self: len(self.ids) > 1)
    @rule(data=st.data(), deed=st.sampled_from(("link", "link", "unlink")))
    def a_repeat_is_linked(self, data, deed):
        self.done(data, deed, self.bring(data, "received", "dispatched", "accepted", "handling"))

    @precondition(lambda self: self.ids)
    @rule(data=st.data(), answered=st.booleans())
    def two_are_handled_together(self, data, answered):
        """6.1 #19: reversible; each appellant is answered and called back by himself."""
        into = self.bring(data, "received", "dispatched", "accepted", "handling", "opinion")
        if into is None:
            return
        if len(self.ids) < 8:
            self.take_in("李敏", "transfer")  # a neighbour comes with the same thing
        if self.done(data, "merge", self.ids[-1], {"into": into}) and answered:
            for _ in range(6):
                if self.model.cases[into].status not in {"sealing", "parked", "merged"}:
                    self.go_on(data, into)

    @precondition(lambda self: self.ids)
    @rule(
        data=st.data(),
        deed=st.sampled_from(
            ("unmerge", "unsign", "reinstate", "send_back", "decide_return", "revise", "take_back")
        ),
    )
    def somebody_takes_something_back(self, data, deed):
        for case in self.ids:
            if self.able(deed, case):
                self.done(data, deed, case)
                return

    @rule(data=st.data(), comes_back=st.booleans())
    def somebody_withdraws(self, data, comes_back):
        """6.1 #21: with reason and confirmation; he may think again."""
        steps = ("received", "dispatched", "accepted", "handling", "parked", "opinion", "signing")
        case = self.bring(data, *steps)
        if self.done(data, "withdraw", case) and comes_back:
            self.done(data, "reinstate", case)

    @rule(data=st.data())
    def somebody_is_complained_about(self, data):
        """9.4: whom the case is about loses it at once, in the middle of his work."""
        at_work = ("dispatched", "accepted", "handling", "parked")
        steps = data.draw(st.sampled_from((at_work, ("opinion", "signing"), LATE)))
        case = self.bring(data, *steps)
        told = case and self.model.cases[case]
        if told and told.lead:
            about = [(told.lead, None), (None, told.handler or "赵强"), (None, "郑伟")]
            self.done(data, "accuse", case, {"about": data.draw(st.sampled_from(about))})

    @rule(data=st.data(), whom=st.sampled_from(WHOM), steps=st.integers(0, 9))
    def whoever_has_it_is_complained_about(self, data, whom, steps):
        """9.4: in the middle of anything; it goes on with others, and perhaps once more."""
        case = self.bring(data, data.draw(st.sampled_from((*AT_WORK, "parked", "signing", *LATE))))
        told = case and self.model.cases[case]
        if not told or not told.lead:
            return
        about = {"unit": (told.lead, None), "handler": (None, told.handler or "赵强")}
        about["signer"] = (None, told.signed[0] if told.signed else "郑伟")
        if self.done(data, "accuse", case, {"about": about[whom]}):
            for _ in range(steps):
                self.go_on(data, case)

    @rule(data=st.data(), solved=st.integers(0, 1))
    def another_round_begins(self, data, solved):
        """6.1 #16: the next round, for what was not agreed; the rounds before stay."""
        case = self.bring(data, "follow_up", "closed")
        if solved:
            self.done(data, "missed", case)
        self.done(data, "again", case, {"solved": solved})

    @rule(data=st.data())
    def a_case_is_archived(self, data):
        """6.1 #15, #18: asked, closed, archived."""
        case = self.bring(data, "follow_up", "closed")
        self.done(data, "close", case)
        self.done(data, "archive", case)


class PaperTurns:
    """The same of what is on paper."""

    @rule(data=st.data())
    def an_opinion_comes_back(self, data):
        """6.1 #14: sent back with a word, written anew."""
        case = self.bring(data, "signing")
        if self.done(data, "send_back", case):
            self.done(data, "write", case)

    @rule(data=st.data(), is_agreed=st.integers(0, 3), back=st.booleans())
    def somebody_signs_on_paper(self, data, is_agreed, back):
        """9.2: the office types in what the folder says, and may have typed it wrongly."""
        case = self.bring(data, "signing")
        signer = data.draw(st.sampled_from(("王磊", "郑伟")))
        more = {"signer": signer, "is_agreed": is_agreed > 0}
        if self.done(data, "sign_on_paper", case, more) and back:
            self.done(data, "unsign", case)

    @rule(data=st.data(), then=st.sampled_from(("seal", "unsign", "revise")))
    def the_office_gives_a_number(self, data, then):
        """9.3: numbered, then sealed; or what was signed is taken back or written anew."""
        case = self.bring(data, "sealing")
        self.done(data, "give_number", case)
        self.done(data, then, case)
