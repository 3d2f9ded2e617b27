"""An inquiry outside the sittings (调查记录): who was asked where, and what was said."""

from desk.actions.mediation_record import RecordInquiry
from desk.rules.mediation_rights import MediationDeed
from desk.ui.mediation.deed_panel import MediationPanel, OnMediation
from desk.ui.widgets.moment_edit import MomentEdit


class InquiryPanel(MediationPanel):
    """调查记录: as the form of the ministry asks for it."""

    deed, title, verb = MediationDeed.INQUIRE, "调查记录", "存调查记录"

    def build(self) -> None:
        """Ask in the order of the paper."""
        self._at = MomentEdit("时间", self.desk.now, past_only=True, required=True)
        self._at.set_moment(self.desk.now())
        self.form.moment("asked_at", "时间", self._at)
        for name, words, options in (
            ("place", "地点", {"required": True}),
            ("asked", "被调查人", {"required": True}),
            ("present", "参加人", {"hint": "一起在场的人，没有可空着。"}),
            ("inquirer", "调查人", {}),
            ("recorder", "记录人", {}),
            ("text", "问答记录", {"lines": 8, "required": True}),
        ):
            self.form.text(name, words, **options)
        for name in ("inquirer", "recorder"):
            self.form.entries[name].write(self.desk.person.name)

    def start(self) -> None:
        """Begin with the place; the time is known."""
        self.form.entries["place"].focus()

    def submit(self) -> None:
        """Say beside the field that its time cannot be read."""
        if self._at.moment() is None:
            self.missing("asked_at", "请填写时间，例如 0942、昨天 15:30。")
            return
        super().submit()

    def request(self, head: OnMediation) -> RecordInquiry:
        """Keep the inquiry."""
        said = self.form.content()
        said["asked_at"] = self._at.moment()
        return RecordInquiry(**head, **said)
