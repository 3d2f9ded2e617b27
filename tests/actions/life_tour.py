"""A tour through the life of a case (走遍每一步): every move of 6.1 is made, and every deed done.

Random lives reach what is rare only by chance; the tour goes there on purpose, on the same two
halls, and everything is compared after each step as in random lives.
"""

from desk.rules.lifecycle import MOVES
from tests.actions.life_rules import RULES
from tests.actions.whole_life import WholeLife

TO_HANDLING = "dispatch accept contact verify"
TO_SIGNED = "finish write sign"
OUT = "give_number seal deliver"
TWICE = "withdraw reinstate"
SUPPORT = "add_support accept:陈静"

# exit, and the deeds of one case, one after the other; who does it may be said
WAYS = f"""
transfer {TWICE} dispatch {TWICE} accept {TWICE} contact verify {TWICE}
    ask_park tell review grant {TWICE} look_again finish {TWICE} write {TWICE}
    sign unsign:郑伟 sign {OUT} again {TO_SIGNED} {OUT} accuse again;
transfer promise dispatch take_back dispatch return decide_return dispatch dispatch accept
    dispatch accept contact verify dispatch keep give_back attach sort;
transfer dispatch accept {SUPPORT} report contact verify {SUPPORT} drop_support add_matter
    {SUPPORT} assign_matter answer_matter report:陈静 ask_more review grant ask_more drop_ask
    ask_park review grant unpark pause resume ring keep withdraw archive;
guidance arrive archive;
guidance arrive take_in;
own_unit accuse;
own_unit contact verify accuse;
own_unit contact verify ask_park review grant accuse;
own_unit contact verify finish accuse;
own_unit contact verify finish write accuse;
own_unit contact verify {TO_SIGNED} accuse;
own_unit contact verify {TO_SIGNED} give_number seal accuse;
own_unit contact verify finish write send_back write sign revise write sign give_number seal
    revise write sign_on_paper {OUT} revise write sign {OUT} missed close archive;
on_spot again;
on_spot accuse again
"""
PLANNED = {
    "add_support": {"unit": "榕东社区"},
    "again": {"solved": 0},
    "answer_matter": {"nth": 0},
    "arrive": {"answer": "arrived"},
    "ask_more": {"clock": "handle", "is_told": True},
    "ask_park": {"is_told": True},
    "assign_matter": {"nth": 1, "unit": "榕东社区"},
    "decide_return": {"is_agreed": True},
    "drop_support": {"unit": "榕东社区"},
    "grant": {"is_granted": True},
    "look_again": {"stays": False},
    "pause": {"reason": "materials"},
    "promise": {"reached": True},
    "review": {"is_passed": True},
    "sign_on_paper": {"signer": "郑伟", "is_agreed": True},
}


class Tour(WholeLife):
    """One hall in which cases are led along planned ways."""

    def go_everywhere(self):
        """Lead a case along each way; then two together, and one before the first leader."""
        self.the_hall_has_its_ways(asks_chief=1, by_office=True)
        for way in WAYS.split(";"):
            exit_, *deeds = way.split()
            self.walk(self.comes("赵强" if exit_ == "own_unit" else "李敏", exit_), deeds)
        self.two_go_together()
        self.the_hall_has_its_ways(asks_chief=0, by_office=True)
        self.walk(self.comes("李敏", "transfer"), ["dispatch", "decline", "dispatch", "confirm"])

    def two_go_together(self):
        """Merge a case at each of its steps; then answer it with its main case."""
        main, case = self.comes("李敏", "transfer"), self.comes("李敏", "transfer")
        together = {"link": {"earlier": main}, "merge": {"into": main}}
        aside = "merge unmerge"
        begun = f"link unlink {aside} dispatch {aside} accept {aside} contact verify {aside}"
        self.walk(case, f"{begun} finish {aside} merge".split(), together)
        self.walk(main, f"{TO_HANDLING} {TO_SIGNED} unsign:郑伟 sign".split())

    def comes(self, who, exit_):
        """Take somebody's appeal in and return its case."""
        self.take_in(who, exit_)
        return self.ids[-1]

    def walk(self, case, deeds, more=None):
        """Let those who may do one deed after the other."""
        for word in deeds:
            deed, _, who = word.partition(":")
            told, able = self.model.cases[case], self.able(deed, case)
            said = f"{deed} of {deeds}: {vars(told)}"
            assert able, said
            usual = told.handler if told.handler in able else able[0]
            facts = (more or {}).get(deed) or self.planned(deed, case)
            assert self.try_it(None, deed, who or usual, case, facts), said

    def planned(self, deed, case):
        """Return what is said with a deed."""
        told = self.model.cases[case]
        if deed == "accuse":
            return {"about": (told.lead or told.first, None)}
        if deed == "dispatch":
            other = told.lead != "城建办"
            return {"lead": "城建办" if other else "综合行政执法队", "supports": ()}
        return PLANNED.get(deed, {})


def missing(reached):
    """Return which moves of the table and which deeds nobody has made."""
    made = {(before, after) for _, _, before, after in reached}
    moves = {(now.value, then.value) for now, several in MOVES.items() for then in several}
    done = {deed for _, deed, _, _ in reached}
    return sorted(moves - made), sorted(RULES.keys() - done)
