"""What may be done with a topic or a proposal now (专题的动作)."""

from functools import partial

from desk.queries.clusters import Proposal
from desk.queries.topics import TopicFile
from desk.rules.topics import TopicState
from desk.ui.keys import CaseKey, GlobalKey, TopicKey
from desk.ui.topics.work import TopicWork
from desk.ui.widgets.action_bar import ActionItem


def for_proposal(one: Proposal, work: TopicWork) -> list[ActionItem]:
    """Return how a proposal is taken up or set aside; what only adds cannot be set aside."""
    words = "开专题" if one.topic is None else "列入专题"
    opens = partial(work.open_topic, one)
    items = [ActionItem(words, CaseKey.TOPIC, opens, "link", is_main=True)]
    if one.topic is None:
        items.append(ActionItem("不是类案", TopicKey.DISMISS, partial(work.dismiss, one), "close"))
    return items


def for_file(file: TopicFile, case: int | None, work: TopicWork) -> list[ActionItem]:
    """Return what may be done with a topic and with the case chosen in it."""
    if not file.may_keep:
        return []
    if file.state is TopicState.CLOSED:
        again = partial(work.reopen, file)
        return [ActionItem("恢复专题", GlobalKey.FINISH, again, "redo", is_main=True)]
    items = [
        ActionItem("保存说明", GlobalKey.FINISH, partial(work.save, file), "save", is_main=True),
        ActionItem("结专题", "", partial(work.close, file), "done"),
    ]
    lines = {line.case: line for line in (*file.removed, *file.cases)}
    line = lines.get(case or 0)
    if line is not None:
        words = "放回这一件" if line.removed else "移出这一件"
        items.append(ActionItem(words, "", partial(work.take_out, file, line), "return"))
    return items
