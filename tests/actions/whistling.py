"""Whistles in the small hall: raised, reviewed, answered by the names of units."""

from datetime import timedelta
from functools import partial

from desk.actions.whistle_arrivals import Arrival, RecordArrivals
from desk.actions.whistle_words import Call, WhistleWords
from desk.actions.whistle_work import ConcludeWhistle, RateWhistle
from desk.actions.whistles import FileWhistle, RaiseWhistle, ReviewWhistle
from desk.queries.whistles import whistle_file
from desk.rules.codes import Satisfaction
from desk.rules.whistle_codes import WhistleKind, WhistleResult
from tests.actions.work import CHEN, ZHOU

MATTER = "消防通道被冷柜占住，社区没有执法权，需几家当场说清、当场搬离。"
COMMUNITY = "榕东社区"
CALLED = ("城建办", "综合行政执法队")


class Whistling:
    """Moves whistles along; every step takes a minute of the hall's clock."""

    def __init__(self, work):
        self.work = work

    def calls(self, units=CALLED, minutes=60):
        at = self.work.clock() + timedelta(minutes=minutes)
        return tuple(Call(unit=self.work.unit(one), required_at=at) for one in units)

    def said(self, *, units=CALLED, **more):
        facts = {
            "level": "社区→街道",
            "kind": WhistleKind.ENFORCEMENT,
            "caller": "陈静",
            "caller_phone": "13800000021",
            "site": "书院路 18 号东门",
            "matter": MATTER,
            "units": self.calls(units),
        }
        return WhistleWords(**(facts | more))

    def raise_(self, who=CHEN, *, unit=COMMUNITY, cases=(), more=None, **said):
        self.work.clock.forward(minutes=1)
        facts = {"caller_unit": self.work.unit(unit), "cases": tuple(cases)} | (more or {})
        return self.work.ask(who, RaiseWhistle, said=self.said(**said), **facts).made["whistle"]

    def file(self, whistle, who=ZHOU):
        return self.work.desk(who).read(partial(whistle_file, whistle_id=whistle))

    def step(self, who, request, whistle, **more):
        self.work.clock.forward(minutes=1)
        seen = self.file(whistle).version
        return self.work.ask(who, request, whistle=whistle, **({"seen": seen} | more))

    def called(self, **more):
        whistle = self.raise_(**more)
        self.step(ZHOU, ReviewWhistle, whistle, agrees=True)
        return whistle

    def arrive(self, who, whistle, *units, name="高勇", **more):
        self.work.clock.forward(minutes=1)
        at = more.pop("at", self.work.clock())
        came = tuple(
            Arrival(unit=self.work.unit(unit), name=name, post="队员", at=at) for unit in units
        )
        return self.work.ask(who, RecordArrivals, whistle=whistle, arrivals=came, **more)

    def settled(self, result=WhistleResult.RESOLVED, **more):
        whistle = self.called(**more)
        self.arrive(ZHOU, whistle, *CALLED)
        self.conclude(whistle, result)
        return whistle

    def conclude(self, whistle, result=WhistleResult.RESOLVED, who=CHEN, **more):
        facts = {"result": result, "note": "冷柜已搬走。", "resolved_at": self.work.clock()}
        return self.step(who, ConcludeWhistle, whistle, **(facts | more))

    def rate(self, whistle, who=CHEN, **more):
        facts = {"is_responsive": True, "satisfaction": Satisfaction.SATISFIED}
        return self.step(who, RateWhistle, whistle, **(facts | more))

    def filed(self, **more):
        whistle = self.settled(**more)
        self.rate(whistle)
        self.step(ZHOU, FileWhistle, whistle)
        return whistle
