"""Everything said before about a case (以前说过、办过的), to be read while the telephone rings."""

from datetime import datetime

from desk.queries.case_file import CaseFile
from desk.queries.case_reaching import RoundMark
from desk.queries.case_views import ContactView, FollowUpView
from desk.rules.moments import in_shanghai, say_moment
from desk.rules.wording import label
from desk.ui.widgets.timeline import TimelineEntry

Said = tuple[datetime, TimelineEntry]


def said_before(file: CaseFile, now: datetime) -> list[TimelineEntry]:
    """Return every attempt, every answer and every follow-up, the newest first."""
    found: list[Said] = [
        (
            file.received_at,
            _entry(file.received_at, now, "受理", file.first_responder, file.details),
        )
    ]
    found += [_contact(contact, now) for contact in file.contacts if contact.follow_up is None]
    found += [_follow_up(follow_up, file, now) for follow_up in file.follow_ups]
    found += [_round(mark, file, now) for mark in file.rounds if mark.handled_at is not None]
    if file.answer:
        answered = _entry(file.received_at, now, "现场答复", file.first_unit, file.answer)
        found.append((file.received_at, answered))
    found.sort(key=lambda said: said[0], reverse=True)
    return [entry for _, entry in found]


def promises_of(file: CaseFile, now: datetime) -> str:
    """Say which calls were promised and not made yet (“答应 14:30 回电：…”), or nothing."""
    open_ = [c for c in file.contacts if c.call_back_at and c.called_back_at is None]
    open_.sort(key=lambda contact: contact.call_back_at or now)
    return "\n".join(
        f"答应 {say_moment(c.call_back_at, seen_at=now)} 回电（{c.who}，{c.unit}）"
        + (f"：{c.note}" if c.note else "")
        for c in open_
        if c.call_back_at is not None
    )


def said_last(file: CaseFile) -> str:
    """Say why the case is in a further round, in the words of the last follow-up that reached him.

    With several matters it names those that the round is about.
    """
    last = next((f for f in file.follow_ups if f.is_reached), None)
    if last is None or last.resolution is None or last.satisfaction is None:
        return f"第 {file.round.number} 轮，{file.round.reason}。" if file.round.reason else ""
    verdict = f"（{label(last.verdict)}）" if last.verdict else ""
    said = f"第 {file.round.number} 轮。诉求人上次说{label(last.resolution)}、"
    said += f"{label(last.satisfaction)}{verdict}。{last.suggestion}"
    open_ = [m for m in file.matters if m.round_no == file.round.number]
    if len(file.matters) > 1:
        said += "这一轮要办：" + "；".join(f"事项 {m.seq} {m.content}" for m in open_) + "。"
    return said


def _contact(contact: ContactView, now: datetime) -> Said:
    said = [contact.note]
    if contact.call_back_at is not None:
        kept = "已回" if contact.called_back_at else "还没有回"
        said.append(f"答应 {say_moment(contact.call_back_at, seen_at=now)} 回电，{kept}。")
    if contact.over_reason:
        said.append(f"仍要打的理由：{contact.over_reason}")
    verb = f"{label(contact.way)}联系 {label(contact.result)}"
    who = " · ".join(part for part in (contact.who, contact.unit) if part)
    return contact.happened_at, _entry(contact.happened_at, now, verb, who, *said)


def _follow_up(follow_up: FollowUpView, file: CaseFile, now: datetime) -> Said:
    attempt = next((c for c in file.contacts if c.follow_up == follow_up.seq), None)
    said = [
        f"事项 {word.seq} {label(word.resolution)}{f'：{word.note}' if word.note else ''}"
        for word in follow_up.matters
        if len(follow_up.matters) > 1
    ]
    if follow_up.discontent is not None:
        why = label(follow_up.discontent)
        note = f"：{follow_up.discontent_note}" if follow_up.discontent_note else ""
        said.append(f"不满意原因 {why}{note}")
    said.append(follow_up.suggestion)
    if attempt is not None and attempt.call_back_at is not None:
        said.append(f"约好 {say_moment(attempt.call_back_at, seen_at=now)} 再打。")
    words = [label(follow_up.resolution)] if follow_up.resolution else []
    words += [label(follow_up.satisfaction)] if follow_up.satisfaction else []
    verdict = f"（{label(follow_up.verdict)}）" if follow_up.verdict else ""
    outcome = "、".join(words) + verdict if follow_up.is_reached else "没有联系上"
    verb = f"第 {follow_up.seq} 次回访（{label(follow_up.way)}）　{outcome}"
    return follow_up.happened_at, _entry(follow_up.happened_at, now, verb, follow_up.who, *said)


def _round(mark: RoundMark, file: CaseFile, now: datetime) -> Said:
    """Return what was done and answered in a round; matter by matter in the present one."""
    at = mark.handled_at or mark.started_at
    present = [m for m in file.matters if m.round_no == mark.number and m.answer]
    answers = [f"事项 {m.seq} {label(m.result) if m.result else ''}：{m.answer}" for m in present]
    said = answers if len(file.matters) > 1 and answers else [mark.opinion or mark.measures]
    which = f"第 {mark.number} 轮办理完毕" if len(file.rounds) > 1 else "办理完毕"
    return at, _entry(at, now, f"{which}，答复", file.lead_unit or file.first_unit, *said)


def _entry(at: datetime, now: datetime, verb: str, who: str, *said: str) -> TimelineEntry:
    wall = in_shanghai(at)
    is_today = wall.date() == in_shanghai(now).date()
    time = f"{wall:%H:%M}" if is_today else f"{wall.month}-{wall.day}"
    return TimelineEntry(time, verb, who, tuple(line for line in said if line))
