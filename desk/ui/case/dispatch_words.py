"""What the dispatchers are told of a case before they choose a unit (分拨), in words."""

from desk.queries.case_file import CaseFile
from desk.queries.dispatch_state import DispatchState, ProposalView
from desk.rules.chief_dispatch import Asked, Turn
from desk.rules.codes import CaseStatus
from desk.rules.moments import say_moment
from desk.rules.wording import label

CONFIDENTIAL = (
    "此件是举报件，或反映本街道单位、人员：转纪工委可直接派出；派给别的单位，先报纪工委或领导指定。"
)
_GIVEN_ALREADY = (
    "此件是举报件，或反映本街道单位、人员：可改派纪工委；改派、加派别的单位由纪工委或领导决定。"
)
PROPOSES = {Asked.CHIEF: "拟派，报一把手确认", Asked.KEEPERS: "拟派，报纪工委或领导指定"}


def proposal_words(proposal: ProposalView, file: CaseFile) -> str:
    """Return in one sentence what is proposed, by whom, since when."""
    since = say_moment(proposal.proposed_at, seen_at=file.read_at)
    supports = f"，协办{'、'.join(proposal.supports)}" if proposal.supports else ""
    return (
        f"{proposal.proposed_by} {since} 拟派：主办{proposal.lead}{supports}，"
        f"{label(proposal.urgency)}。{proposal.instruction}"
    )


def sent_back_words(state: DispatchState) -> str:
    """Return who sent the last proposal back, and what he wrote; empty where nobody did."""
    return f"{state.sent_back_by}退回了上次的拟派：{state.sent_back}" if state.sent_back else ""


def told_before(file: CaseFile) -> list[str]:
    """Return what the dispatchers should know before they choose a unit."""
    state, found = file.dispatch, []
    if state.proposal is not None:
        whose = "纪工委或领导" if state.proposal.turn is Turn.KEEPERS else "一把手"
        found.append(f"已拟派给{state.proposal.lead}，在等{whose}确认。再拟一次会代替它。")
    if state.sent_back:
        found.append(sent_back_words(state))
    if state.asked is Asked.KEEPERS:
        found.append(CONFIDENTIAL if file.status is CaseStatus.RECEIVED else _GIVEN_ALREADY)
    if file.return_count >= state.returns_allowed:
        found.append(f"此件已退回 {file.return_count} 次，这次由您指定主办，承办单位不能再退。")
    elif file.return_count:
        found.append(f"此件已退回 {file.return_count} 次。")
    return found
