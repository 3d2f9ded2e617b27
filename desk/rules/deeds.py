"""What a member of staff can do, with which role, tied how to a case, at which status (动作表).

One table; `rights.py` asks it, the windows offer only what it allows, and the database's
policies are rendered from the same data (DOMAIN.md 5.5, 6.1, 9.4).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from desk.rules.codes import CaseStatus, Role

R, S = Role, CaseStatus


class Deed(StrEnum):
    """Everything a member of staff can do that leaves a line in the history."""

    REGISTER = "case.register"
    CORRECT = "case.correct"
    GRADE = "case.grade"
    DISPATCH = "case.dispatch"
    ACCEPT = "case.accept"
    RETURN = "case.return"
    DECIDE_RETURN = "case.decide_return"
    CONTACT = "case.contact"
    VERIFY = "case.verify"
    REPORT_SUPPORT = "case.report_support"
    FINISH = "case.finish"
    WRITE_OPINION = "opinion.write"
    SIGN = "opinion.sign"
    SEAL = "paper.seal"
    DELIVER = "paper.deliver"
    SEAL_NOTICE = "notice.seal"
    DELIVER_NOTICE = "notice.deliver"
    SCAN_BACK = "paper.scan_back"
    FOLLOW_UP = "case.follow_up"
    ARCHIVE = "case.archive"
    NOTE = "case.note"
    ATTACH = "case.attach"
    LINK_REPEAT = "case.link_repeat"
    CONFIRM_DISPATCH = "case.confirm_dispatch"
    TAKE_BACK = "case.take_back"
    ADD_SUPPORT = "case.add_support"
    DROP_SUPPORT = "case.drop_support"
    ADD_MATTER = "matter.add"
    ASSIGN_MATTER = "matter.assign"
    ANSWER_MATTER = "matter.answer"
    CHECK_ARRIVAL = "case.check_arrival"
    TAKE_IN = "case.take_in"
    DO_NOT_CALL = "case.do_not_call"
    SIGN_ON_PAPER = "opinion.sign_on_paper"
    UNSIGN = "opinion.unsign"
    REVISE = "opinion.revise"
    GIVE_NUMBER = "paper.give_number"
    MERGE = "case.merge"
    UNMERGE = "case.unmerge"
    WITHDRAW = "case.withdraw"
    REINSTATE = "case.reinstate"
    ACCUSE = "case.accuse"
    TAKE_OUT = "attachment.take_out"
    KEEP_ITEM = "case.keep_item"
    ISSUE_PAPER = "paper.issue"
    REVEAL = "private.reveal"
    EXPORT = "ledger.export"
    UNSEAL = "private.unseal"
    ERASE = "private.erase"
    ERASE_MEDIATION = "private.erase_mediation"
    IMPORT = "ledger.import"
    ADMINISTER = "hall.administer"
    KEEP_LIMITS = "limits.keep"
    RECOMPUTE = "limits.recompute"
    HAND_OVER = "shift.hand_over"
    KEEP = "shift.keep"
    EDIT_LIBRARY = "library.edit"
    REGISTER_SEAL = "seal.register"
    TO_MEDIATION = "case.to_mediation"
    ASK_EXTENSION = "extension.ask"
    TELL_EXTENSION = "extension.tell"
    DROP_EXTENSION = "extension.drop"
    REVIEW_EXTENSION = "extension.review"
    DECIDE_EXTENSION = "extension.decide"
    REVIEW_PARKED = "parked.review"
    UNPARK = "parked.end"
    PAUSE = "clocks.pause"
    RESUME = "clocks.resume"
    OPEN_MEDIATION = "mediation.open"
    MEDIATE = "mediation.work"
    ASK_MEDIATION = "mediation.ask"
    BOOK_ROOM = "room.book"
    KEEP_ROSTER = "roster.keep"
    KEEP_POSTS = "roster.keep_posts"
    KEEP_MEDIATORS = "mediators.keep"
    KEEP_TIES = "mediators.keep_ties"
    AUDIT = "chain.audit"
    WATCH_CHAIN = "chain.watch"
    EXPLAIN_CHAIN = "chain.explain"
    LINK_PEOPLE = "person.link"
    OWN_TRAIL = "trail.own"
    TELL_LOOKS = "trail.tell"
    KEEP_TOPICS = "topic.keep"
    REPORT_MEASURE = "plan.report"
    GATHER_OPINIONS = "gathering.keep"
    KEEP_LISTS = "lists.keep"
    JOIN_TOPIC = "topic.join"
    STEER = "unit.steer"
    ISSUE_BULLETIN = "bulletin.issue"
    KEEP_RATE_RULES = "rates.keep_rules"
    WRITE_LETTER = "letter.write"
    ANSWER_LETTER = "letter.answer"
    NAME_HONOUR = "honour.name"
    SUPERVISE = "supervision.issue"
    TAKE_SUPERVISION = "supervision.take"
    REPORT_SUPERVISION = "supervision.report"
    DECIDE_SUPERVISION = "supervision.decide"
    URGE = "urging.make"
    EXPLAIN_URGING = "urging.explain"
    ASK_ASSESSMENT = "assessment.ask"
    DECIDE_ASSESSMENT = "assessment.decide"
    DROP_ASSESSMENT = "assessment.drop"
    COUNT_AGAIN = "assessment.count_again"
    MARK_KEY = "case.mark_key"
    LEADER_CALL = "case.leader_call"
    WHISTLE_FOR_CASE = "whistle.for_case"
    RAISE_WHISTLE = "whistle.raise"
    KEEP_GRIDS = "grid.keep"
    KEEP_GRID_LISTS = "grid.keep_lists"
    EVALUATE_GRID = "grid.evaluate"
    RAISE_LEADER_CASE = "leader_case.raise"
    WORK_LEADER_CASE = "leader_case.work"
    DIRECT_LEADER_CASE = "leader_case.direct"
    HOLD_MEETING = "meeting.hold"
    RECORD_MEETING = "meeting.record"
    RECORD_FINDING = "early_action.record"
    TREAT_FINDING = "early_action.treat"
    KEEP_QUESTIONNAIRES = "questionnaire.keep"
    KEEP_APPOINTMENTS = "appointment.keep"
    KEEP_RECEPTIONS = "reception.keep"
    BRING_FORWARD = "reception.bring"
    HEAR = "reception.hear"
    FOLLOW_RECEPTION = "reception.follow"
    SET_AGENT = "agent.set"


class Relation(StrEnum):
    """What ties a person to a case for a deed."""

    ANYONE = "anyone"  # whoever sees the case
    LEAD = "lead"  # the lead unit, and the first unit of a case it handles itself
    WAITING = "waiting"  # a unit that has not accepted yet
    SUPPORT = "support"  # a supporting unit that has not reported
    FIRST_OR_LEAD = "first_or_lead"  # first responder's unit or lead unit
    RETURNING = "returning"  # a unit asked to hand the case back
    RETURNABLE = "returnable"  # a unit that may hand back what it has: the case, or its support
    ON_CASE = "on_case"  # any unit that has a part in it now, and the first responder's unit
    LEAD_OR_OVERSEER = "lead_or_overseer"  # the lead unit, the dispatchers and the leaders


@dataclass(frozen=True, slots=True)
class Step:
    """One row of the table of deeds on a case."""

    deed: Deed
    roles: frozenset[Role]
    relation: Relation
    statuses: frozenset[CaseStatus]


_FRONT = frozenset({R.CLERK, R.DISPATCHER, R.HANDLER, R.COMMUNITY})
_WORKERS = frozenset({R.HANDLER, R.COMMUNITY, R.CLERK, R.DISPATCHER})
# A report (举报件) goes to the 纪工委, who then handles it like any other unit (DOMAIN.md 9.4).
_HANDLERS = _WORKERS | {R.INSPECTOR}
_ALIVE = frozenset({S.RECEIVED, S.DISPATCHED, S.ACCEPTED, S.HANDLING})
# the opinion is on its way, or the case goes with its main one: promised calls are still made
_ON_PAPER = frozenset({S.OPINION, S.SIGNING, S.SEALING, S.DELIVERING, S.PARKED, S.MERGED})
# somebody works on it, and its limits may be extended or stand still
_AT_WORK = frozenset({S.ACCEPTED, S.HANDLING, S.OPINION})
# what somebody answered for may be left out of the figures, also long after (剔除)
_ASSESSED = frozenset(S) - {S.RECEIVED, S.DISPATCHED, S.GUIDED, S.MERGED}
# somebody has it in hand or had it, and can still be held to it (督办)
_STEERED = frozenset(S) - {S.GUIDED, S.MERGED, S.WITHDRAWN, S.ARCHIVED}
# somebody could have done something by then, well or badly (表扬书、提醒函)
_DEALT_WITH = frozenset(S) - {S.RECEIVED, S.GUIDED, S.MERGED, S.WITHDRAWN}
_IN_HAND = frozenset({S.DISPATCHED, S.ACCEPTED, S.HANDLING})
_UNARCHIVED = frozenset(S) - {S.ARCHIVED}
_CENTRE = frozenset({R.DISPATCHER})
_LEADERS = frozenset({R.LEADER, R.CHIEF})
_STEERING = _CENTRE | _LEADERS | {R.INSPECTOR}
_COMMITTEE = frozenset({R.MEDIATOR, R.SECRETARY, R.DIRECTOR})
# those who work with appeals; who keeps the machine or checks the log reads none of them
WORKING_ROLES = frozenset(R) - {R.AUDITOR, R.ADMINISTRATOR, R.OUTSIDER}

# In the order in which a case lives; the windows show them in this order.
STEPS: tuple[Step, ...] = (
    Step(
        Deed.DISPATCH,
        frozenset({R.DISPATCHER}),
        Relation.ANYONE,
        frozenset({S.RECEIVED, S.DISPATCHED, S.ACCEPTED, S.HANDLING}),
    ),
    Step(Deed.CONFIRM_DISPATCH, frozenset({R.CHIEF}), Relation.ANYONE, frozenset({S.RECEIVED})),
    Step(Deed.TAKE_BACK, _CENTRE | {R.CHIEF}, Relation.ANYONE, frozenset({S.DISPATCHED})),
    Step(Deed.DECIDE_RETURN, frozenset({R.DISPATCHER}), Relation.RETURNING, _IN_HAND),
    Step(Deed.ACCEPT, _HANDLERS, Relation.WAITING, _IN_HAND),
    Step(Deed.CONTACT, _HANDLERS, Relation.ON_CASE, _ALIVE | _ON_PAPER),
    Step(Deed.VERIFY, _HANDLERS, Relation.LEAD, frozenset({S.ACCEPTED})),
    Step(Deed.REPORT_SUPPORT, _HANDLERS, Relation.SUPPORT, _IN_HAND),
    Step(Deed.ANSWER_MATTER, _HANDLERS, Relation.ON_CASE, frozenset({S.ACCEPTED, S.HANDLING})),
    Step(Deed.FINISH, _HANDLERS, Relation.LEAD, frozenset({S.HANDLING})),
    Step(Deed.WRITE_OPINION, _HANDLERS, Relation.LEAD, frozenset({S.OPINION})),
    Step(Deed.SIGN, frozenset({R.LEADER, R.CHIEF}), Relation.ANYONE, frozenset({S.SIGNING})),
    Step(
        Deed.SIGN_ON_PAPER,
        frozenset({R.OFFICE, R.DISPATCHER}),
        Relation.ANYONE,
        frozenset({S.SIGNING}),
    ),
    Step(  # who typed in what was signed on paper may have to take it back too
        Deed.UNSIGN,
        frozenset({R.LEADER, R.CHIEF, R.OFFICE, R.DISPATCHER}),
        Relation.ANYONE,
        frozenset({S.SIGNING, S.SEALING}),
    ),
    Step(Deed.GIVE_NUMBER, _CENTRE | {R.OFFICE}, Relation.ANYONE, frozenset({S.SEALING})),
    Step(Deed.SEAL, _CENTRE | {R.OFFICE}, Relation.ANYONE, frozenset({S.SEALING})),
    Step(Deed.DELIVER, _FRONT | {R.OFFICE}, Relation.ANYONE, frozenset({S.DELIVERING})),
    # 告知书: a notice goes its own way, whatever becomes of its case meanwhile
    Step(Deed.SEAL_NOTICE, frozenset({R.OFFICE, R.DISPATCHER}), Relation.ANYONE, _UNARCHIVED),
    Step(Deed.DELIVER_NOTICE, _FRONT | {R.OFFICE}, Relation.ANYONE, _UNARCHIVED),
    Step(
        Deed.FOLLOW_UP,
        _WORKERS | {R.FOLLOW_UP},
        Relation.ANYONE,
        frozenset({S.FOLLOW_UP, S.CLOSED}),
    ),
    Step(Deed.CHECK_ARRIVAL, _FRONT, Relation.FIRST_OR_LEAD, frozenset({S.GUIDED})),
    Step(Deed.TAKE_IN, _FRONT, Relation.FIRST_OR_LEAD, frozenset({S.GUIDED})),
    Step(
        Deed.ARCHIVE,
        frozenset({R.ARCHIVIST, R.DISPATCHER}),
        Relation.ANYONE,
        frozenset({S.CLOSED, S.GUIDED, S.WITHDRAWN}),
    ),
    Step(Deed.GRADE, frozenset({R.DISPATCHER}), Relation.ANYONE, _ALIVE),
    Step(Deed.ADD_SUPPORT, _CENTRE, Relation.ANYONE, _IN_HAND),
    Step(Deed.DROP_SUPPORT, _CENTRE, Relation.ANYONE, _IN_HAND),
    Step(Deed.ASSIGN_MATTER, _CENTRE, Relation.ANYONE, _ALIVE),
    Step(Deed.ADD_MATTER, _HANDLERS, Relation.ON_CASE, _ALIVE),
    Step(Deed.RETURN, _HANDLERS, Relation.RETURNABLE, _IN_HAND),
    Step(
        Deed.SCAN_BACK,
        _FRONT | {R.OFFICE, R.ARCHIVIST},
        Relation.ANYONE,
        frozenset(S),  # signed papers come back whenever people bring them
    ),
    Step(Deed.CORRECT, _FRONT, Relation.FIRST_OR_LEAD, _ALIVE | {S.OPINION}),
    Step(
        Deed.REVISE,
        _HANDLERS,
        Relation.LEAD,
        frozenset({S.SEALING, S.DELIVERING, S.FOLLOW_UP}),
    ),
    Step(Deed.LINK_REPEAT, _FRONT, Relation.ANYONE, _ALIVE),
    Step(Deed.MERGE, _CENTRE, Relation.ANYONE, _ALIVE | {S.OPINION}),
    Step(Deed.UNMERGE, _CENTRE, Relation.ANYONE, frozenset({S.MERGED})),
    Step(Deed.WITHDRAW, _FRONT, Relation.FIRST_OR_LEAD, _ALIVE | {S.PARKED, S.OPINION, S.SIGNING}),
    Step(Deed.REINSTATE, _FRONT, Relation.FIRST_OR_LEAD, frozenset({S.WITHDRAWN})),
    # whoever sees the case may say whom it is about: a keeper of secrets has no part in it, and
    # people often say it only when they are called back
    Step(
        Deed.ACCUSE,
        _FRONT | {R.FOLLOW_UP, R.INSPECTOR, R.LEADER, R.CHIEF},
        Relation.ANYONE,
        frozenset(S),
    ),
    Step(  # 转调解: the case goes on; what the parties agree on is written elsewhere
        Deed.TO_MEDIATION,
        _FRONT | _COMMITTEE,
        Relation.ANYONE,
        _ALIVE | {S.OPINION, S.SIGNING, S.FOLLOW_UP, S.CLOSED, S.GUIDED},
    ),
    Step(Deed.ASK_EXTENSION, _HANDLERS, Relation.LEAD, _AT_WORK),
    Step(Deed.DROP_EXTENSION, _HANDLERS, Relation.LEAD, _AT_WORK | {S.SIGNING}),
    Step(Deed.TELL_EXTENSION, _HANDLERS, Relation.LEAD_OR_OVERSEER, _AT_WORK),
    Step(Deed.REVIEW_EXTENSION, _CENTRE, Relation.ANYONE, _ALIVE | _ON_PAPER),
    Step(Deed.DECIDE_EXTENSION, _LEADERS, Relation.ANYONE, _ALIVE | _ON_PAPER),
    Step(Deed.REVIEW_PARKED, _CENTRE | _LEADERS, Relation.ANYONE, frozenset({S.PARKED})),
    Step(Deed.UNPARK, _HANDLERS | _LEADERS, Relation.LEAD_OR_OVERSEER, frozenset({S.PARKED})),
    Step(Deed.ASK_ASSESSMENT, _HANDLERS, Relation.LEAD, _ASSESSED),
    Step(Deed.DROP_ASSESSMENT, _HANDLERS, Relation.LEAD, _ASSESSED),
    # on whose desk it lies is asked by the action: 部门、分管、主要领导、信联办
    Step(Deed.DECIDE_ASSESSMENT, _HANDLERS | _LEADERS, Relation.ANYONE, _ASSESSED),
    Step(Deed.COUNT_AGAIN, frozenset({R.CHIEF}), Relation.ANYONE, _ASSESSED),
    Step(Deed.MARK_KEY, _CENTRE | _LEADERS, Relation.ANYONE, _UNARCHIVED),
    # which day and which leader is asked by the action (接访)
    Step(Deed.BRING_FORWARD, _CENTRE | _LEADERS, Relation.ANYONE, _UNARCHIVED),
    Step(Deed.HEAR, _LEADERS | {R.CLERK, R.DISPATCHER, R.OFFICE}, Relation.ANYONE, frozenset(S)),
    Step(Deed.SET_AGENT, _FRONT, Relation.FIRST_OR_LEAD, _ALIVE | {S.OPINION}),
    Step(Deed.FOLLOW_RECEPTION, _HANDLERS | _LEADERS | {R.OFFICE}, Relation.ANYONE, frozenset(S)),
    Step(Deed.LEADER_CALL, _LEADERS, Relation.ANYONE, _UNARCHIVED),
    # whose leader's case it is, and who is in the team, is asked by the action (包案)
    Step(Deed.RAISE_LEADER_CASE, _CENTRE | _LEADERS, Relation.ANYONE, _STEERED - {S.RECEIVED}),
    Step(Deed.WORK_LEADER_CASE, _HANDLERS | _LEADERS, Relation.ANYONE, _UNARCHIVED),
    Step(Deed.DIRECT_LEADER_CASE, _CENTRE | _LEADERS, Relation.ANYONE, _UNARCHIVED),
    Step(Deed.HOLD_MEETING, _HANDLERS | _LEADERS | {R.OFFICE}, Relation.ANYONE, _UNARCHIVED),
    # whose supervision it is, and which unit's, is asked by the action: it may be of a unit that
    # has no part in the case any more
    Step(Deed.TAKE_SUPERVISION, _HANDLERS, Relation.ANYONE, frozenset(S)),
    Step(Deed.REPORT_SUPERVISION, _HANDLERS, Relation.ANYONE, frozenset(S)),
    Step(Deed.DECIDE_SUPERVISION, _STEERING, Relation.ANYONE, frozenset(S)),
    Step(Deed.SUPERVISE, _STEERING, Relation.ANYONE, _STEERED),
    Step(Deed.EXPLAIN_URGING, _HANDLERS, Relation.ANYONE, frozenset(S)),
    Step(Deed.URGE, _STEERING, Relation.ANYONE, _STEERED - {S.PARKED, S.CLOSED}),
    # 吹哨: whoever sees the case may call others to it; the case itself goes on
    Step(
        Deed.WHISTLE_FOR_CASE,
        _WORKERS | _LEADERS,
        Relation.ANYONE,
        _ALIVE | {S.OPINION, S.SIGNING, S.FOLLOW_UP, S.PARKED},
    ),
    Step(Deed.PAUSE, _HANDLERS, Relation.LEAD, _AT_WORK),
    Step(Deed.RESUME, _HANDLERS, Relation.LEAD_OR_OVERSEER, _AT_WORK),
    Step(Deed.WRITE_LETTER, _CENTRE | _LEADERS | {R.INSPECTOR}, Relation.ANYONE, _DEALT_WITH),
    Step(Deed.JOIN_TOPIC, _CENTRE | _LEADERS, Relation.ANYONE, frozenset(S)),
    Step(Deed.DO_NOT_CALL, _WORKERS | {R.FOLLOW_UP}, Relation.ANYONE, _UNARCHIVED),
    Step(Deed.NOTE, WORKING_ROLES, Relation.ANYONE, _UNARCHIVED),
    Step(Deed.ATTACH, WORKING_ROLES, Relation.ANYONE, _UNARCHIVED),
    Step(Deed.KEEP_ITEM, _WORKERS, Relation.ON_CASE, _UNARCHIVED),
    Step(Deed.TAKE_OUT, WORKING_ROLES, Relation.ANYONE, frozenset(S)),
    Step(Deed.ISSUE_PAPER, WORKING_ROLES, Relation.ANYONE, frozenset(S)),
    Step(Deed.REVEAL, WORKING_ROLES, Relation.ANYONE, frozenset(S)),
)
STEP_OF: Mapping[Deed, Step] = MappingProxyType({step.deed: step for step in STEPS})

# Deeds that are not about one existing case.
HALL_DEEDS: Mapping[Deed, frozenset[Role]] = MappingProxyType(
    {
        Deed.REGISTER: _FRONT | {R.FOLLOW_UP, R.LEADER, R.CHIEF, R.OUTSIDER},
        Deed.IMPORT: frozenset({R.DISPATCHER}),  # whoever imports must see what is there
        Deed.EXPORT: frozenset({R.DISPATCHER, R.LEADER, R.CHIEF, R.INSPECTOR}),
        # 封存件写理由查看；原经办人也可以
        Deed.UNSEAL: _CENTRE | _LEADERS | {R.INSPECTOR, R.ARCHIVIST},
        Deed.ERASE: _LEADERS | {R.ARCHIVIST},
        # the secretary asks, the director or a leader decides; none of them reads more by it
        Deed.ERASE_MEDIATION: _LEADERS | {R.SECRETARY, R.DIRECTOR},
        Deed.ADMINISTER: frozenset({R.ADMINISTRATOR}),
        Deed.KEEP_LIMITS: frozenset({R.ADMINISTRATOR, R.DISPATCHER, R.LEADER, R.CHIEF}),
        # what runs already is counted anew by those who see the cases and answer for them
        Deed.RECOMPUTE: frozenset({R.DISPATCHER, R.LEADER, R.CHIEF}),
        Deed.HAND_OVER: WORKING_ROLES,
        Deed.KEEP: WORKING_ROLES,
        Deed.EDIT_LIBRARY: frozenset({R.DISPATCHER, R.ADMINISTRATOR}),
        Deed.REGISTER_SEAL: frozenset({R.OFFICE, R.DISPATCHER}),
        Deed.OPEN_MEDIATION: _FRONT | _COMMITTEE,
        Deed.MEDIATE: _COMMITTEE | {R.LEADER, R.CHIEF, R.DISPATCHER},
        Deed.ASK_MEDIATION: WORKING_ROLES,  # 写理由查阅调解卷
        Deed.BOOK_ROOM: _COMMITTEE | {R.DISPATCHER, R.OFFICE},
        Deed.KEEP_POSTS: frozenset({R.DISPATCHER, R.OFFICE, R.ADMINISTRATOR}),
        Deed.KEEP_ROSTER: _WORKERS,  # of one's own unit; whoever keeps the posts keeps them all
        Deed.KEEP_APPOINTMENTS: frozenset({R.CLERK, R.DISPATCHER, R.OFFICE}),  # 预约
        Deed.KEEP_RECEPTIONS: frozenset({R.DISPATCHER, R.OFFICE}),  # 接访日的地点、名单
        Deed.KEEP_MEDIATORS: frozenset({R.ADMINISTRATOR, R.SECRETARY, R.DIRECTOR}),
        Deed.KEEP_TIES: _COMMITTEE,  # a mediator's own ties; the list: secretary and director
        Deed.KEEP_TOPICS: _CENTRE | _LEADERS,  # 专题、类案建议、治理方案
        Deed.REPORT_MEASURE: _HANDLERS,  # 责任单位报措施的结果
        Deed.GATHER_OPINIONS: _HANDLERS | _CENTRE | _LEADERS,  # 意见征集、答复
        Deed.KEEP_LISTS: _HANDLERS | _CENTRE | _LEADERS,  # 需求、资源、项目三张清单
        Deed.STEER: _CENTRE | _LEADERS | {R.INSPECTOR},  # 督办、催办、表扬提醒、约谈、研判任务
        Deed.ANSWER_LETTER: _HANDLERS,  # 整改反馈：收到提醒函的单位
        Deed.RECORD_MEETING: _HANDLERS | _LEADERS | {R.OFFICE},  # 专题、哨单的会商、议事会
        Deed.RAISE_WHISTLE: _WORKERS | _LEADERS,  # 吹哨
        Deed.NAME_HONOUR: WORKING_ROLES,  # 提名年度荣誉
        Deed.ISSUE_BULLETIN: _CENTRE | _LEADERS | {R.OFFICE},
        Deed.RECORD_FINDING: _CENTRE | {R.COMMUNITY},  # 未诉先办、走访
        Deed.TREAT_FINDING: _CENTRE | {R.COMMUNITY, R.HANDLER},
        Deed.KEEP_GRIDS: _CENTRE | {R.COMMUNITY},  # 网格队伍、公示卡、连心牌
        Deed.KEEP_GRID_LISTS: _CENTRE,  # 职责、评价项目，以及谁是社区书记
        Deed.EVALUATE_GRID: frozenset({R.COMMUNITY}),  # 月度评价：只有社区书记
        Deed.KEEP_QUESTIONNAIRES: _CENTRE | {R.ADMINISTRATOR},
        Deed.KEEP_RATE_RULES: _CENTRE | _LEADERS,
        # who makes staff reads no log, who reads the log changes nothing (三权分立)
        Deed.AUDIT: frozenset({R.AUDITOR}),
        Deed.WATCH_CHAIN: _LEADERS | {R.AUDITOR, R.INSPECTOR},
        Deed.EXPLAIN_CHAIN: _LEADERS | {R.INSPECTOR},
        Deed.LINK_PEOPLE: WORKING_ROLES,  # 一人一档：是同一人、不是同一人
        Deed.OWN_TRAIL: frozenset(R),  # 关于我的留痕
        Deed.TELL_LOOKS: _CENTRE | _LEADERS | {R.INSPECTOR, R.ARCHIVIST},  # 查询记录
    }
)
