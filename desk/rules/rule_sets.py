"""The sets of limits a hall switches on as a whole (时限制度, DOMAIN.md 4.4): seeds, no more.

A new database starts with the rows of `FIRST_SETS`; from then on the hall's own rows count.
"""

from collections.abc import Mapping
from types import MappingProxyType

from desk.rules.clock_codes import RuleSet
from desk.rules.codes import Channel, ClockEvent, ClockKind, SpanUnit, Urgency
from desk.rules.deadlines import TimeRule

_DISTRICT = "首问首办机制"
_FROM_APPEAL = "首问首办机制；从接到诉求起算"
_OWN = "本厅内控，可改"
_PETITION = "《信访工作条例》，条号请人工核对"
_CONFIRMATION = "《人民调解法》第三十三条；法释〔2011〕5号"
_SHENZHEN = "深圳民生诉求公开办法"
_SHANGHAI = "上海夏阳街道公开办法"

DISTRICT_RULES: tuple[TimeRule, ...] = (
    *(
        TimeRule(
            kind=ClockKind.DISPATCH,
            value=1,
            unit=SpanUnit.HOUR,
            start_event=ClockEvent.RECEIVED,
            urgency=urgency,
            rule_set=RuleSet.DISTRICT,
            source=_DISTRICT,
        )
        for urgency in (Urgency.URGENT, Urgency.FAST)
    ),
    TimeRule(
        kind=ClockKind.DISPATCH,
        value=1,
        unit=SpanUnit.HOUR,
        start_event=ClockEvent.RECEIVED,
        urgency=Urgency.ROUTINE,
        is_complex=False,
        rule_set=RuleSet.DISTRICT,
        source=_OWN,  # the mechanism names no limit for 常态
    ),
    TimeRule(
        kind=ClockKind.DISPATCH,
        value=24,
        unit=SpanUnit.HOUR,
        start_event=ClockEvent.RECEIVED,
        urgency=Urgency.ROUTINE,
        is_complex=True,
        rule_set=RuleSet.DISTRICT,
        source=_DISTRICT,
    ),
    TimeRule(
        kind=ClockKind.ACCEPT,
        value=30,
        unit=SpanUnit.MINUTE,
        start_event=ClockEvent.DISPATCHED,
        rule_set=RuleSet.DISTRICT,
        source=_OWN,
    ),
    TimeRule(
        kind=ClockKind.CONTACT,
        value=10,
        unit=SpanUnit.MINUTE,
        start_event=ClockEvent.RECEIVED,
        rule_set=RuleSet.DISTRICT,
        source=_FROM_APPEAL,
    ),
    TimeRule(
        kind=ClockKind.VERIFY,
        value=30,
        unit=SpanUnit.MINUTE,
        start_event=ClockEvent.RECEIVED,
        rule_set=RuleSet.DISTRICT,
        source=_FROM_APPEAL,
    ),
    *(
        TimeRule(
            kind=ClockKind.HANDLE,
            value=hours,
            unit=SpanUnit.HOUR,
            start_event=ClockEvent.RECEIVED,
            urgency=urgency,
            pausable=True,
            rule_set=RuleSet.DISTRICT,
            source=_FROM_APPEAL,
        )
        for urgency, hours in ((Urgency.URGENT, 2), (Urgency.FAST, 24), (Urgency.ROUTINE, 72))
    ),
    TimeRule(
        kind=ClockKind.OPINION,
        value=3,
        unit=SpanUnit.WORKING_DAY,
        start_event=ClockEvent.HANDLED,
        pausable=True,
        remind_value=1,
        rule_set=RuleSet.DISTRICT,
        source=_DISTRICT,
    ),
    TimeRule(
        kind=ClockKind.FOLLOW_UP,
        value=3,
        unit=SpanUnit.WORKING_DAY,
        start_event=ClockEvent.DELIVERED,
        pausable=True,
        remind_value=1,
        rule_set=RuleSet.DISTRICT,
        source=_OWN,
    ),
)

PETITION_RULES: tuple[TimeRule, ...] = (
    TimeRule(
        kind=ClockKind.NOTIFY,
        value=15,
        unit=SpanUnit.DAY,
        start_event=ClockEvent.RECEIVED,
        channel=Channel.PETITION,
        rollover=True,
        is_legal=True,
        remind_value=5,
        remind_unit=SpanUnit.DAY,
        rule_set=RuleSet.PETITION,
        source=_PETITION,
    ),
    TimeRule(
        kind=ClockKind.SETTLE,
        value=60,
        unit=SpanUnit.DAY,
        start_event=ClockEvent.RECEIVED,
        channel=Channel.PETITION,
        rollover=True,
        is_legal=True,
        most_days=30,
        remind_value=10,
        remind_unit=SpanUnit.DAY,
        rule_set=RuleSet.PETITION,
        source=_PETITION,
    ),
)
MEDIATION_RULES: tuple[TimeRule, ...] = (
    TimeRule(
        kind=ClockKind.MEDIATE,
        value=30,
        unit=SpanUnit.DAY,
        start_event=ClockEvent.MEDIATION_ACCEPTED,
        rollover=True,
        is_legal=True,
        remind_value=5,
        remind_unit=SpanUnit.DAY,
        rule_set=RuleSet.MEDIATION,
        source="人民调解工作规范；双方同意可延长",
    ),
)
CONFIRMATION_RULES: tuple[TimeRule, ...] = (
    TimeRule(
        kind=ClockKind.CONFIRM,
        value=30,
        unit=SpanUnit.DAY,
        start_event=ClockEvent.AGREED,
        rollover=True,
        is_legal=True,
        remind_value=10,
        remind_unit=SpanUnit.DAY,
        rule_set=RuleSet.CONFIRMATION,
        source=_CONFIRMATION,
    ),
)
SHENZHEN_RULES: tuple[TimeRule, ...] = (
    *(
        TimeRule(
            kind=ClockKind.DISPATCH,
            value=value,
            unit=unit,
            start_event=ClockEvent.RECEIVED,
            urgency=urgency,
            rule_set=RuleSet.SHENZHEN,
            source=_SHENZHEN,
        )
        for urgency, value, unit in (
            (Urgency.URGENT, 30, SpanUnit.MINUTE),
            (Urgency.FAST, 2, SpanUnit.HOUR),
            (Urgency.ROUTINE, 2, SpanUnit.HOUR),
        )
    ),
    TimeRule(
        kind=ClockKind.CONTACT,
        value=24,
        unit=SpanUnit.HOUR,
        start_event=ClockEvent.DISPATCHED,
        rule_set=RuleSet.SHENZHEN,
        source=_SHENZHEN,
    ),
)
SHANGHAI_RULES: tuple[TimeRule, ...] = (
    TimeRule(
        kind=ClockKind.CONTACT,
        value=1,
        unit=SpanUnit.WORKING_DAY,
        start_event=ClockEvent.RECEIVED,
        rule_set=RuleSet.SHANGHAI,
        source=_SHANGHAI,
    ),
    *(
        TimeRule(
            kind=ClockKind.HANDLE,
            value=value,
            unit=SpanUnit.WORKING_DAY,
            start_event=ClockEvent.RECEIVED,
            is_again=is_again,
            pausable=True,
            remind_value=1,
            rule_set=RuleSet.SHANGHAI,
            source=_SHANGHAI,
        )
        for is_again, value in ((False, 5), (True, 3))
    ),
)

RULE_SETS: Mapping[RuleSet, tuple[TimeRule, ...]] = MappingProxyType(
    {
        RuleSet.DISTRICT: DISTRICT_RULES,
        RuleSet.PETITION: PETITION_RULES,
        RuleSet.MEDIATION: MEDIATION_RULES,
        RuleSet.CONFIRMATION: CONFIRMATION_RULES,
        RuleSet.SHENZHEN: SHENZHEN_RULES,
        RuleSet.SHANGHAI: SHANGHAI_RULES,
    }
)
FIRST_SETS = (RuleSet.DISTRICT, RuleSet.MEDIATION, RuleSet.CONFIRMATION)
