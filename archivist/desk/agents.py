"""What the window does with agents: file, edit, merge, split, link, leave alone, lists as CSV."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from archivist.desk import files, formats
from archivist.desk.dialogs.agent_picker import Choice, Picker
from archivist.desk.models.agents import KINDS, latest_office
from archivist.model.agent import Agent
from archivist.model.change import Change
from archivist.model.errors import InputError, ValueRefusedError
from archivist.model.query_terms import quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from archivist.archive import Archive
    from archivist.archive.agents.results import AgentImport, Candidate, Proposal
    from archivist.desk.context import Desk
    from archivist.desk.views.agents import AgentsView
    from archivist.model.errors import ArchivistError

KIND: Final = "agent"
"""The kind of a change of agents."""
_CSV: Final = "Table (*.csv)"
_TAKES_BACK: Final = "Ctrl+Z takes it back."
_MOST_TOLD: Final = 12


class Registrar(QObject):
    """Ties the agents' place to the archive.

    Attributes:
        picker: the panel in which an agent or a name is chosen.

    Signals:
        query_asked: a query whose records are to be shown.
        statements_asked: a query whose statements are to be shown.
    """

    query_asked = Signal(str)
    statements_asked = Signal(str)

    def __init__(self, desk: Desk, view: AgentsView, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._view = view
        self._window = window
        self.picker = Picker(desk, window)
        view.asked.connect(self.do)
        view.saved.connect(self.keep)
        view.link_asked.connect(self._follow)

    # What is in hand

    def agent(self) -> Agent | None:
        """Return the agent in hand: of the page, or under the cursor of the list; filed or not."""
        if (page := self._view.shown_page()) is not None:
            return page.agent
        chosen = self._view.list.chosen_agents() if self._view.shows() == "list" else []
        return chosen[0] if len(chosen) == 1 else None

    def filed(self) -> bool:
        """Whether an agent is in hand that is filed."""
        agent = self.agent()
        return agent is not None and bool(agent.number)

    def unfiled(self) -> bool:
        """Whether the page of a name is shown that is no agent yet."""
        agent = self.agent()
        return agent is not None and not agent.number

    # What is done

    def do(self, what: str) -> None:
        """Do what a button, a key, a menu or an action asks for."""
        work: dict[str, Callable[[], None]] = {
            "new": lambda: self._view.edit(Agent("")),
            "edit": self.edit,
            "file": self.file,
            "merge": self.merge,
            "split": self.split,
            "remove": self.remove,
            "accept": self.accept,
            "link": self.link,
            "leave": self.leave,
            "import": self.load,
            "export": self.save,
            "search": self.search,
        }
        work[what]()

    def edit(self) -> None:
        """Let the agent in hand be edited."""
        if (agent := self.agent()) is not None:
            self._view.edit(agent)

    def file(self) -> None:
        """Let the name in hand be filed as an agent: with all its forms, to be looked over."""
        agent = self.agent()
        if agent is not None and not agent.number:
            self._view.edit(agent)

    def keep(self, agent: Agent) -> None:
        """Keep what was typed."""
        if agent.number:
            self._write(
                lambda archive: archive.agents.edit(agent),
                f"Changed {agent.name}. {_TAKES_BACK}",
                lambda _change: self._view.close_form(),
                self._refuse,
            )
            return

        def filed(new: Agent) -> None:
            title = f"New agent: {new.name}"
            self._desk.events.changed.emit(Change(0, KIND, title))
            self._desk.events.message.emit(f"Filed {new.name} as an agent. {_TAKES_BACK}")
            self._view.follow(new)
            self._view.close_form()

        archive = self._desk.archive
        if archive is not None:
            self._desk.tasks.write(
                lambda: archive.agents.add(agent), filed, self._refuse, owner=self
            )

    def remove(self) -> None:
        """Take the agents in hand out."""
        page = self._view.shown_page()
        chosen = [page.agent] if page is not None else self._view.list.chosen_agents()
        chosen = [agent for agent in chosen if agent.number]
        if not chosen:
            return
        self._write(
            lambda archive: archive.agents.remove(*(agent.number for agent in chosen)),
            f"Removed {_named(chosen)}. {_TAKES_BACK}",
            lambda _change: self._view.show_list() if page is not None else None,
        )

    def merge(self) -> None:
        """Ask into which other agent the one in hand is to be merged."""
        agent = self.agent()
        if agent is None or not agent.number:
            return

        def into(number: int | str) -> None:
            self._write(
                lambda archive: archive.agents.merge(int(number), [agent.number]),
                f"Merged {agent.name}. {_TAKES_BACK}",
                lambda _change: self._view.follow(replace(agent, number=int(number))),
            )

        self._pick(f"{agent.name} is the same as \u2026", agent.name, into, same=agent)

    def split(self) -> None:
        """Ask which name of the agent in hand is another's."""
        agent = self.agent()
        if agent is None or not agent.number:
            return
        forms = (*agent.variants, *agent.scripts)

        def off(form: int | str) -> None:
            self._write(
                lambda archive: archive.agents.split(agent.number, [str(form)]),
                f"Split {form} off {agent.name}. {_TAKES_BACK}",
            )

        choices = [Choice(form, form) for form in forms]
        self.picker.ask(f"Which name of {agent.name} is somebody else\u2019s?", choices, off)

    def accept(self) -> None:
        """File who is proposed, or give agents the names that are surely theirs."""
        chosen = self._view.list.chosen_proposals()
        if not chosen:
            return
        said = f"Took over {_proposed(chosen)}. {_TAKES_BACK}"
        self._write(lambda archive: archive.agents.accept(chosen, chosen=True), said)

    def leave(self) -> None:
        """Propose no more who is selected."""
        chosen = self._view.list.chosen_proposals()
        if chosen:
            said = f"Left {_proposed(chosen)} alone. {_TAKES_BACK}"
            self._write(lambda archive: archive.agents.leave(chosen), said)

    def link(self) -> None:
        """Ask which agent is meant by a proposal, or by the name whose page is shown."""
        page = self._view.shown_page()
        chosen = self._view.list.chosen_proposals()
        if page is not None and not page.agent.number:
            self._link_name(page.agent, page.candidates)
        elif len(chosen) == 1:
            self._link_proposal(chosen[0])

    def load(self) -> None:
        """Ask for a list, and take its agents over."""
        files.ask_which(self._window, "Import agents", self.import_file, _CSV)

    def import_file(self, path: Path) -> None:
        """Take the agents of a list over; lines that cannot be taken are told."""
        archive = self._desk.archive
        if archive is None:
            return

        def tell(report: AgentImport) -> None:
            self._desk.events.changed.emit(Change(report.operation, KIND, "Import of agents"))
            count = formats.counted(report.added, "agent")
            said = f"Added {count}, changed {formats.number(report.changed)}"
            self._desk.events.message.emit(f"{said}. {_TAKES_BACK}")
            if report.refused:
                self._desk.events.error.emit(_refusals(path.name, report))

        self._desk.tasks.write(lambda: archive.agents.load(path), tell, owner=self)

    def save(self) -> None:
        """Ask where, and write all agents as a list."""
        files.ask_where(self._window, "Export agents", "agents.csv", self.export_file, _CSV)

    def export_file(self, path: Path) -> None:
        """Write all agents into a file."""
        archive = self._desk.archive
        if archive is None:
            return
        target = path if path.suffix else path.with_suffix(".csv")

        def tell(count: int) -> None:
            agents = formats.counted(count, "agent")
            self._desk.events.message.emit(f"Wrote {agents} to {target.name}.")

        self._desk.tasks.write(lambda: archive.agents.save(target), tell, owner=self)

    def search(self) -> None:
        """Search in what the agent in hand said."""
        agent = self.agent()
        if agent is not None:
            self.statements_asked.emit(f"speaker:{quoted(agent.name)}")

    # How it is done

    def _link_name(self, name: Agent, candidates: Sequence[Candidate]) -> None:
        def to(number: int | str) -> None:
            self._write(
                lambda archive: _linked(archive, int(number), name),
                f"Linked {name.name}. {_TAKES_BACK}",
                lambda _change: self._view.follow(replace(name, number=int(number))),
            )

        self._pick(f"{name.name} is a name of \u2026", name.name, to, candidates)

    def _link_proposal(self, one: Proposal) -> None:
        def to(number: int | str) -> None:
            said = f"Linked {one.name}. {_TAKES_BACK}"
            self._write(lambda archive: archive.agents.link(one, int(number)), said)

        self._pick(f"{one.name} is a name of \u2026", one.name, to, one.candidates)

    def _pick(
        self,
        title: str,
        name: str,
        then: Callable[[int | str], None],
        candidates: Sequence[Candidate] = (),
        same: Agent | None = None,
    ) -> None:
        """Let an agent be chosen; who may be meant by the name comes first."""
        archive = self._desk.archive
        if archive is None:
            return

        def ask(found: tuple[list[Agent], list[Candidate]]) -> None:
            agents, likely = found
            if same is not None:
                agents = [one for one in agents if one.kind == same.kind and one != same]
            first = {one.number for one in likely} & {one.number for one in agents}
            self.picker.ask(title, _choices(agents, likely), then, chosen=bool(first))

        self._desk.tasks.read(
            "agents.pick",
            lambda _token: (
                archive.agents.listed(),
                list(candidates) or archive.agents.find(name),
            ),
            ask,
            owner=self,
        )

    def _write(
        self,
        work: Callable[[Archive], Change],
        said: str,
        then: Callable[[Change], None] | None = None,
        failed: Callable[[ArchivistError], None] | None = None,
    ) -> None:
        archive = self._desk.archive
        if archive is None:
            return

        def tell(change: Change) -> None:
            if then is not None:
                then(change)
            self._desk.events.changed.emit(change)
            self._desk.events.message.emit(said)

        self._desk.tasks.write(lambda: work(archive), tell, failed, owner=self)

    def _refuse(self, error: ArchivistError) -> None:
        if isinstance(error, ValueRefusedError):
            self._view.form.refuse(error)
        else:
            self._desk.events.error.emit(error)

    def _follow(self, kind: str, what: str) -> None:
        """Go where a link of the page leads."""
        page = self._view.shown_page()
        if page is None:
            return
        if kind == "records" and page.query:
            self.query_asked.emit(page.query)
        elif kind == "topic":
            words = quoted(what) if " " in what else what
            self.statements_asked.emit(f"speaker:{quoted(page.agent.name)} {words}")


def _choices(agents: Sequence[Agent], likely: Sequence[Candidate]) -> list[Choice]:
    """Return agents to choose from: who may be meant first, told how surely and why."""
    reasons = {one.number: f"{one.certainty:.0%}: {one.reason}" for one in likely}
    order = {number: place for place, number in enumerate(reasons)}
    found = sorted(agents, key=lambda one: (order.get(one.number, len(order)), one.name))
    return [
        Choice(
            one.name,
            one.number,
            reasons.get(one.number) or latest_office(one) or KINDS[one.kind],
            " ".join(one.names),
        )
        for one in found
    ]


def _linked(archive: Archive, number: int, name: Agent) -> Change:
    agent = archive.agents.get(number)
    new = [form for form in name.names if form not in agent.names]
    return archive.agents.edit(replace(agent, variants=(*agent.variants, *new)))


def _named(agents: Sequence[Agent]) -> str:
    return agents[0].name if len(agents) == 1 else formats.counted(len(agents), "agent")


def _proposed(chosen: Sequence[Proposal]) -> str:
    return chosen[0].name if len(chosen) == 1 else formats.counted(len(chosen), "name")


def _refusals(name: str, report: AgentImport) -> InputError:
    """Return what is told of lines that were not taken."""
    count = formats.counted(len(report.refused), "line")
    lines = [f"Line {one.line}: {one.reason}" for one in report.refused[:_MOST_TOLD]]
    more = len(report.refused) - len(lines)
    rest = f" And {formats.number(more)} more." if more else ""
    was = "was" if len(report.refused) == 1 else "were"
    return InputError(f"{count} of {name} {was} not taken.", " ".join(lines) + rest)
