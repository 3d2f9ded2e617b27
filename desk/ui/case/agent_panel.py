"""委托代办: who came for the appellant, what he may do, and the paper that says so."""

from desk.actions.agents import AgentFacts, SetAgent
from desk.rules.deeds import Deed
from desk.rules.reception_codes import AgentPower, AgentRelation
from desk.rules.wording import label
from desk.ui.case.deed_panel import DeedPanel, OnCase
from desk.ui.case.form_parts import Ticks, coded

_POWERS = {label(power): power for power in AgentPower}


class AgentPanel(DeedPanel):
    """Who acts for the appellant."""

    deed, title, verb = Deed.SET_AGENT, "委托代办", "存代办人"

    def build(self) -> None:
        """Show who does already, if somebody does."""
        form, known = self.form, self.file.visit.agent
        self._name = form.text("agent_name", "代办人", required=True)
        self._relation = form.choice("relation", "与诉求人的关系", coded(AgentRelation), small=True)
        self._phone = form.text("phone", "代办人电话")
        ticks = Ticks("可以代办什么（可多选）", list(_POWERS))
        self._powers = form.ticks("agent_powers", "可以代办什么", ticks)
        self._paper = form.text("paper", "授权材料", hint="如 授权委托书、身份证复印件")
        self._relation.chips.set_value(known.relation if known else AgentRelation.FAMILY)
        powers = known.powers if known else (AgentPower.SPEAK,)
        self._powers.set_value([label(power) for power in powers])
        if known is not None:
            self._name.set_text(known.name)
            self._phone.set_text(known.phone)
            self._paper.set_text(known.paper)

    def request(self, head: OnCase) -> SetAgent:
        """Keep it."""
        agent = AgentFacts(
            name=self._name.text(),
            relation=AgentRelation(str(self._relation.value() or AgentRelation.FAMILY)),
            phone=self._phone.text(),
            powers=tuple(_POWERS[word] for word in self._powers.value()),
            paper=self._paper.text(),
        )
        return SetAgent(**head, agent=agent)
