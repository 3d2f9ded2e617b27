"""Panels of a notice's last mile (告知书): its seal and its delivery, wherever the case stands."""

from collections.abc import Callable

from desk.actions.notice_mile import DeliverNotice, SealNotice
from desk.queries.case_file import CaseFile
from desk.queries.case_views import PaperView
from desk.queries.last_mile import NoticeSeals, notice_seals
from desk.rules.codes import PaperState
from desk.rules.deeds import Deed
from desk.ui.case.deed_panel import DeedPanel, OnCase
from desk.ui.case.mile_fields import DeliveryPanel, SealingPanel, notices_at
from desk.ui.desk import ByMe
from desk.ui.last_mile.many_run import OnList
from desk.ui.widgets.cards import text_label
from desk.ui.widgets.pick_item import PickItem
from desk.ui.widgets.picker_field import PickerField

_REGISTERED = "盖好后按一次，用印登记随之记下，写明是这份告知书。系统不存任何印章图样。"
_OWN_PROOF = "这份告知书的送达回证就是它的下联：请诉求人签好剪下，扫回即自动归件。"
_WAITS_FOR = {Deed.SEAL_NOTICE: PaperState.TO_SEAL, Deed.DELIVER_NOTICE: PaperState.TO_DELIVER}


class WhichNotice:
    """Which of the waiting notices is meant; there is hardly ever more than one."""

    def __init__(self, panel: DeedPanel) -> None:
        self._panel = panel
        self._field: PickerField | None = None
        self._wanted = 0
        waiting = self._waiting()
        if len(waiting) > 1:
            items = [PickItem(one.id, one.title, note=one.number) for one in waiting]
            field = PickerField("哪份告知书", items, required=True)
            self._field = panel.form.picker("paper", "哪份告知书", field)
            self._field.set_value(waiting[0].id)
        else:
            for one in waiting:
                panel.form.add(text_label(f"{one.title}\n{one.number}", "reading", wraps=True))

    @property
    def id(self) -> int:
        """The paper that is meant; 0 where none waits any more."""
        if self._field is not None:
            return int(str(self._field.value() or 0))
        return self._wanted or next((one.id for one in self._waiting()), 0)

    def choose(self, paper: int) -> None:
        """Mean this one, even where it was issued after the panel was opened."""
        self._wanted = paper
        if self._field is not None:
            self._field.set_value(paper)

    def _waiting(self) -> list[PaperView]:
        return notices_at(self._panel.file, _WAITS_FOR[self._panel.deed])


class SealNoticePanel(SealingPanel):
    """告知书盖章: nobody has signed it, so who allowed the seal is asked."""

    deed, title, verb = Deed.SEAL_NOTICE, "告知书盖章", "已盖章"

    def build(self) -> None:
        """Say which notice, ask for what the register of seals asks."""
        self.which = WhichNotice(self)
        self.ask_seal()
        self.form.add(text_label(_REGISTERED, "label", wraps=True))
        self.desk.ask(notice_seals, owner=self, done=self._offer)

    def start(self) -> None:
        """Go to who allowed it, the one thing that may have to be written."""
        if self.approved_by.text():
            self.button.setFocus()
        else:
            self.form.entries["approved_by"].focus()

    def take_option(self, option: object) -> None:
        """Mean the notice of a line on the page 文书."""
        self.option = option
        self.which.choose(int(str(option)))

    def request(self, head: OnCase) -> SealNotice:
        """Record the seal."""
        return SealNotice(**head, paper=self.which.id, **self.seal_facts())

    def like(self) -> Callable[[ByMe, OnList], SealNotice]:
        """Return how other notices are sealed in the same way, allowed by the same person."""
        facts = self.seal_facts()

        def made(head: ByMe, row: OnList) -> SealNotice:
            return SealNotice(**head, case=row.case_id, seen=row.version, paper=row.key, **facts)

        return made

    def _offer(self, seals: NoticeSeals) -> None:
        self.offer_seals(seals.seals)
        if not self.approved_by.text():
            self.approved_by.set_text(seals.approved_by)


class DeliverNoticePanel(DeliveryPanel):
    """送达告知书: how it reached the appellant; the case stays where it is."""

    deed, title, verb = Deed.DELIVER_NOTICE, "送达告知书", "已送达"

    def build(self) -> None:
        """Say which notice, ask for the way."""
        self.which = WhichNotice(self)
        self.ask_way()
        self.form.add(text_label(_OWN_PROOF, "label", wraps=True))

    def take_option(self, option: object) -> None:
        """Mean the notice of a line on the page 文书."""
        self.option = option
        self.which.choose(int(str(option)))

    def request(self, head: OnCase) -> DeliverNotice:
        """Record the delivery."""
        return DeliverNotice(**head, paper=self.which.id, **self.way_facts())


def idle_notices(file: CaseFile) -> set[Deed]:
    """Return what nobody has to do for the notices of this case."""
    return {deed for deed, state in _WAITS_FOR.items() if not notices_at(file, state)}
