"""One registry of actions: menus, toolbar, palette and the list of shortcuts are drawn from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, Protocol

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

    from archivist.desk.icons import Icons

Condition = Literal[
    "always",
    "archive",
    "record",
    "targets",
    "found",
    "choice",
    "undo",
    "redo",
    "hits",
    "lines",
    "concordance",
    "said",
    "statements",
    "judged",
    "wording",
    "passage",
    "query",
    "proposal",
    "saved",
    "trash",
    "agent",
    "unfiled",
    "speaker",
]
"""When an action can be used: a name the window keeps up to date."""

_STANDARD: Final = QKeySequence.StandardKey


@dataclass(frozen=True, slots=True)
class Action:
    """One thing a user can do.

    Attributes:
        id: stable name, for example "record.edit".
        title: as menus show it; an ellipsis where more is asked.
        callback: name of the method that does it.
        menu: the menu it stands in, for example "Record" or "View/Sort".
        keys: shortcuts, first one shown; a standard key has the platform's.
        icon: name in the icon family, or empty.
        when: the condition under which it can be used.
        group: a change of it within a menu draws a separator.
        radio: name of the set of which one is checked, or empty.
        argument: handed to the callback, or empty.
        palette: whether the command palette lists it.
        words: further words by which the palette finds it.
    """

    id: str
    title: str
    callback: str
    menu: str
    keys: tuple[str | QKeySequence.StandardKey, ...] = ()
    icon: str = ""
    when: Condition = "archive"
    group: int = 0
    radio: str = ""
    argument: str = ""
    palette: bool = True
    words: str = ""

    def sequences(self) -> list[QKeySequence]:
        """Return its shortcuts on this platform."""
        found: list[QKeySequence] = []
        for key in self.keys:
            if isinstance(key, str):
                found.append(QKeySequence(key))
            else:
                found.extend(QKeySequence.keyBindings(key))
        return found

    def shown_keys(self) -> str:
        """Return the first shortcut as the platform writes it, or an empty text."""
        sequences = self.sequences()
        return sequences[0].toString(QKeySequence.SequenceFormat.NativeText) if sequences else ""


MENUS: Final = ("File", "Edit", "View", "Record", "Dossier", "Tools", "Help")

ACTIONS: Final[tuple[Action, ...]] = (
    Action("archive.new", "Create an archive …", "new_archive", "File", ("Ctrl+Shift+N",),
           "plus-circle", when="always", words="new"),
    Action("archive.open", "Open an archive …", "open_archive", "File", (_STANDARD.Open,),
           "folder-open", when="always"),
    Action("archive.sample", "Explore the sample archive", "open_sample", "File",
           ("Ctrl+Shift+E",), "book-open", when="always", words="example demo"),
    Action("archive.import", "Import files …", "import_files", "File", ("Ctrl+I",),
           "download-simple", when="always", group=1, words="file add documents"),
    Action("archive.import_folder", "Import a folder …", "import_folder", "File",
           ("Ctrl+Shift+I",), "folder-plus", when="always", group=1,
           words="file add documents directory"),
    Action("record.type_in", "Type in a record …", "type_in", "File", (_STANDARD.New,),
           "note-pencil", group=1, words="new paper create"),
    Action("archive.backup", "Back up the archive …", "back_up", "File", (), "floppy-disk",
           group=2, words="copy safe"),
    Action("archive.close", "Close the archive", "close_archive", "File", ("Ctrl+W",),
           "archive", group=3),
    Action("app.quit", "Quit", "close", "File", ("Ctrl+Q",), "", when="always", group=3),

    Action("edit.undo", "Undo", "undo", "Edit", (_STANDARD.Undo,), "arrow-counter-clockwise",
           when="undo"),
    Action("edit.redo", "Redo", "redo", "Edit", (_STANDARD.Redo,), "arrow-clockwise",
           when="redo"),
    Action("edit.search", "Search", "focus_search", "Edit", (_STANDARD.Find, "Ctrl+L"),
           "magnifying-glass", group=1, words="find query"),
    Action("edit.clear_search", "Clear the search", "clear_search", "Edit", (), "x",
           when="query", group=1),
    Action("search.save", "Save this search", "save_search", "Edit", (_STANDARD.Save,),
           "bookmark-simple", when="query", group=1, words="keep bookmark alert new"),
    Action("search.rename", "Rename the saved search …", "rename_search", "Edit/Saved search",
           (), "pencil-simple", when="saved", group=1),
    Action("search.change", "Change it to the search shown", "change_search",
           "Edit/Saved search", (), "arrows-clockwise", when="saved", group=1,
           words="saved search update"),
    Action("search.delete", "Remove the saved search", "delete_search", "Edit/Saved search",
           (), "trash", when="saved", group=1),
    Action("edit.proposal", "Search for what is proposed", "take_proposal", "Edit",
           ("Alt+Return",), "magnifying-glass", when="proposal", group=1,
           words="did you mean spelling fault"),
    Action("edit.say_all", "What can be said here", "suggest_all", "Edit", (), "list-bullets",
           group=1, words="complete operators fields query language"),
    Action("edit.next_hit", "Next hit", "next_hit", "Edit", ("F3",), "caret-down",
           when="hits", group=1),
    Action("edit.previous_hit", "Previous hit", "previous_hit", "Edit", ("Shift+F3",),
           "caret-up", when="hits", group=1),
    Action("edit.cite", "Copy citation", "copy_citation", "Edit", ("Ctrl+Shift+C",), "copy",
           when="passage", group=2, words="quote reference"),
    Action("edit.tick_all", "Tick all records found", "tick_all", "Edit", ("Ctrl+Shift+A",),
           "checks", when="found", group=3, words="choose select"),
    Action("edit.untick_all", "Untick all", "untick_all", "Edit", ("Ctrl+Shift+U",), "minus",
           when="choice", group=3, words="choose select none"),

    Action("view.inbox", "Inbox", "go", "View", ("Alt+1",), "tray", argument="inbox"),
    Action("view.all", "All records", "go", "View", ("Alt+2",), "archive", argument="all"),
    Action("view.recent", "Recently added", "go", "View", ("Alt+3",), "clock",
           argument="recent"),
    Action("view.imports", "Import reports", "go", "View", ("Alt+4",), "clipboard-text",
           argument="imports"),
    Action("view.trash", "Trash", "go", "View", ("Alt+5",), "trash", argument="trash"),
    Action("view.agents", "Agents", "go", "View", ("Alt+7",), "users", argument="agents",
           words="persons bodies names authority people who"),
    Action("view.records", "Records", "focus_results", "View", ("Ctrl+1",), "archive", group=1,
           words="list results"),
    Action("view.statements", "Statements", "show_statements", "View", ("Ctrl+2",),
           "quotes", group=1, words="said speaker quotation who"),
    Action("view.concordance", "Concordance", "show_concordance", "View", ("Ctrl+3",),
           "text-align-center", group=1, words="lines hits keyword in context kwic"),
    Action("view.wording", "Wording", "show_wording", "View", ("Ctrl+4",), "chart-line",
           group=1, words="phrase years first use variants plot compare"),
    Action("wording.share", "Count by records filed, or plainly", "count_share",
           "View/Wording", ("Ctrl+Alt+N",), when="wording", group=1,
           words="plot per thousand normalised share"),
    Action("wording.copy", "Copy the plot", "copy_plot", "View/Wording", ("Ctrl+Alt+C",), "copy",
           when="wording", group=1, words="wording picture"),
    Action("wording.save", "Save the plot …", "save_plot", "View/Wording", ("Ctrl+Alt+S",),
           "export", when="wording", group=1, words="wording svg png csv picture"),
    Action("wording.track", "Track this wording", "track_wording", "View/Wording",
           ("Ctrl+Alt+W",), "chart-line", when="passage", group=2,
           words="phrase selection line follow years"),
    Action("view.left", "Sort lines by the words before", "sort_beside", "View/Sort",
           ("Alt+Left",), when="concordance", group=2, argument="left",
           words="concordance left context second third word"),
    Action("view.right", "Sort lines by the words after", "sort_beside", "View/Sort",
           ("Alt+Right",), when="concordance", group=2, argument="right",
           words="concordance right context second third word"),
    Action("view.reader", "Reader beside the lines", "toggle_reader", "View/Reader", ("F8",),
           "article", when="lines", group=1, words="concordance wording pane show hide"),
    Action("view.table", "Cards or table", "toggle_table", "View", ("Ctrl+T",), "table",
           group=1, words="columns"),
    Action("said.speaker", "By speaker", "group_statements", "View/Statements", (), "user",
           when="said", group=1, radio="said", argument="speaker", words="group who said"),
    Action("said.topic", "By topic", "group_statements", "View/Statements", (), "hash",
           when="said", group=1, radio="said", argument="topic", words="group words about"),
    Action("said.newest", "By time, newest first", "group_statements", "View/Statements", (),
           when="said", group=1, radio="said", argument="newest", words="group year date"),
    Action("said.oldest", "By time, oldest first", "group_statements", "View/Statements", (),
           when="said", group=1, radio="said", argument="oldest", words="group year date"),
    Action("said.relevance", "By relevance", "group_statements", "View/Statements", (),
           when="said", group=1, radio="said", argument="relevance", words="order best"),
    Action("said.otherwise", "Group statements otherwise", "group_otherwise", "View/Statements",
           ("F7",), when="said", group=2, words="speaker topic time order next"),
    Action("said.next", "Next group of statements", "next_group", "View/Statements",
           ("Ctrl+PgDown",), "caret-down", when="statements", group=2, words="head speaker topic"),
    Action("said.previous", "Previous group of statements", "previous_group", "View/Statements",
           ("Ctrl+PgUp",), "caret-up", when="statements", group=2, words="head speaker topic"),
    Action("said.unsure", "Show or hide unsure statements", "toggle_unsure", "View/Statements",
           ("Ctrl+Alt+U",), "warning", when="said", group=3, words="doubtful wrong certain"),
    Action("view.relevance", "Relevance", "sort_by", "View/Sort", group=1, radio="sort",
           argument="relevance", words="sort order"),
    Action("view.newest", "Newest first", "sort_by", "View/Sort", group=1, radio="sort",
           argument="newest", words="sort order date"),
    Action("view.oldest", "Oldest first", "sort_by", "View/Sort", group=1, radio="sort",
           argument="oldest", words="sort order date"),
    Action("view.text", "Text", "reader_tab", "View/Reader", ("Ctrl+Alt+1",), "article",
           when="record", group=2, argument="text", words="read document"),
    Action("view.original", "Original", "reader_tab", "View/Reader", ("Ctrl+Alt+2",), "file-text",
           when="record", group=2, argument="original", words="file received"),
    Action("view.said", "Statements of the record", "reader_tab", "View/Reader", ("Ctrl+Alt+3",),
           "quotes", when="record", group=2, argument="statements",
           words="who said speaker dated facts"),
    Action("view.description", "Record", "reader_tab", "View/Reader", ("Ctrl+Alt+4",),
           "pencil-simple", when="record", group=2, argument="record", words="description"),
    Action("view.history", "History", "reader_tab", "View/Reader", ("Ctrl+Alt+5",), "clock",
           when="record", group=2, argument="history", words="events journal"),
    Action("view.said_marks", "Statements marked in the margin", "toggle_marks", "View/Reader",
           ("Ctrl+Alt+M",), when="archive", group=2, words="text lines hide show who said"),
    Action("view.navigation", "Navigation and filters", "toggle_navigation", "View", ("F9",),
           "layout", when="always", group=2, words="sidebar panel hide show"),
    Action("view.system", "As the system", "set_mode", "View/Appearance", when="always", group=3,
           radio="mode", argument="system", words="theme colour"),
    Action("view.light", "Light", "set_mode", "View/Appearance", (), "sun", when="always",
           group=3, radio="mode", argument="light", words="theme colour bright"),
    Action("view.dark", "Dark", "set_mode", "View/Appearance", (), "moon", when="always",
           group=3, radio="mode", argument="dark", words="theme colour night"),
    Action("view.palette", "Commands …", "show_palette", "View", ("Ctrl+K",), "command",
           when="always", group=4, palette=False),

    Action("record.tick", "Tick or untick", "toggle_tick", "Record", ("Ctrl+Space",), "check",
           when="targets", words="choose select"),
    Action("record.edit", "Edit description …", "edit_records", "Record", ("F2",),
           "pencil-simple", when="targets", group=1, words="change metadata title date"),
    Action("record.confirm", "Confirm and leave the inbox", "confirm", "Record",
           ("Ctrl+Return",), "check-circle", when="targets", group=1, words="accept proposed"),
    Action("record.correct", "Correct the text …", "correct_text", "Record", (), "note-pencil",
           when="record", group=1, words="edit typo"),
    Action("record.original", "Add or replace the original …", "set_original", "Record", (),
           "paperclip", when="record", group=1, words="file attach scan"),
    Action("record.like", "Similar records", "find_similar", "Record", ("Ctrl+Shift+F",),
           "intersect", when="record", group=1, words="like related alike"),
    Action("record.delete", "Move to trash", "delete_records", "Record", (_STANDARD.Delete,),
           "trash", when="targets", group=2, words="delete remove"),
    Action("record.restore", "Restore from the trash", "restore_records", "Record", (),
           "arrow-counter-clockwise", when="trash", group=2, words="bring back undelete"),

    Action("statement.confirm", "Confirm the statement", "judge", "Record/Statement",
           ("Ctrl+Shift+Y",), "check-circle", when="judged", group=1, argument="confirm",
           words="right said accept"),
    Action("statement.reject", "Reject the statement", "judge", "Record/Statement",
           ("Ctrl+Shift+R",), "x-circle", when="judged", group=1, argument="reject",
           words="wrong said remove"),
    Action("statement.speaker", "Correct speaker …", "judge", "Record/Statement",
           ("Ctrl+Shift+P",), "pencil-simple", when="judged", group=1, argument="correct",
           words="statement said who name"),
    Action("statement.withdraw", "Withdraw the decision", "judge", "Record/Statement", (),
           "arrow-counter-clockwise", when="judged", group=1, argument="withdraw",
           words="statement take back found again"),
    Action("statement.file", "File as statement …", "file_statement", "Record/Statement",
           ("Ctrl+Shift+M",), "quotes", when="record", group=1,
           words="add said speaker selected words mark"),
    Action("agent.about", "About this speaker", "show_speaker", "Record/Agent",
           ("Ctrl+Shift+B",), "user", when="speaker", group=1,
           words="agent person page who said office met"),
    Action("agent.file", "File as agent …", "do_agents", "Record/Agent", (), "user-plus",
           when="unfiled", group=1, argument="file", words="new person name keep"),
    Action("agent.link", "Link the name to an agent …", "do_agents", "Record/Agent", (), "link",
           when="unfiled", group=1, argument="link", words="same person known variant"),
    Action("agent.edit", "Edit the agent …", "do_agents", "Record/Agent", (), "pencil-simple",
           when="agent", group=1, argument="edit", words="names offices dates notes change"),
    Action("agent.merge", "Merge the agent into …", "do_agents", "Record/Agent", (),
           "git-merge", when="agent", group=1, argument="merge", words="same person join"),
    Action("agent.split", "Split a name off the agent …", "do_agents", "Record/Agent", (),
           "scissors", when="agent", group=1, argument="split", words="other person variant"),
    Action("agent.remove", "Remove the agent", "do_agents", "Record/Agent", (), "trash",
           when="agent", group=1, argument="remove", words="delete"),
    Action("dossier.gather", "Add to dossier", "gather", "Dossier", ("Ctrl+D",), "plus",
           when="passage", words="collect gather passage line pick"),
    Action("view.dossier", "Gathered for the dossier", "go", "Dossier", ("Alt+6",), "books",
           argument="dossier", words="passages collected place"),
    Action("dossier.write", "Write dossier …", "write_dossier", "Dossier", ("Ctrl+E",),
           "folder-plus", when="choice", words="export word report"),
    Action("dossier.write_all", "Dossier of all records found …", "write_dossier_of_all",
           "Dossier", ("Ctrl+Shift+D",), "books", when="found", words="export word report"),

    Action("tools.terms", "Count a list of terms …", "count_terms", "Tools", ("Ctrl+Shift+L",),
           "list-numbers", words="table hits concordance export"),
    Action("tools.quote", "Check a quotation …", "check_quotation", "Tools", ("Ctrl+Shift+Q",),
           "quotes", words="quote ever said verbatim near never sentence"),
    Action("tools.chronology", "Chronology of what is found …", "show_chronology", "Tools",
           ("Ctrl+Shift+H",), "calendar-blank", when="found",
           words="dates dated facts history when happened"),
    Action("tools.synonyms", "Synonyms …", "show_thesaurus", "Tools", (), "arrows-left-right",
           words="thesaurus same meaning words"),
    Action("agents.propose", "Who is proposed as agent", "propose_agents", "Tools/Agents", (),
           "user-list", words="names documents file persons"),
    Action("agents.new", "New agent …", "do_agents", "Tools/Agents", (), "user-plus",
           argument="new", words="person body write"),
    Action("agents.import", "Import a list of agents …", "do_agents", "Tools/Agents", (),
           "download-simple", argument="import", words="csv table names"),
    Action("agents.export", "Export all agents …", "do_agents", "Tools/Agents", (), "export",
           argument="export", words="csv table list"),
    Action("tools.check", "Check the archive", "check_archive", "Tools", (), "checks", group=1,
           words="verify fixity integrity"),
    Action("tools.reindex", "Build the index anew", "reindex", "Tools", (),
           "arrows-clockwise", group=1, words="rebuild search"),
    Action("help.shortcuts", "Keyboard shortcuts", "show_shortcuts", "Help",
           (_STANDARD.HelpContents,), "keyboard", when="always", words="keys help"),
    Action("help.queries", "How to search", "show_query_help", "Help",
           ("Ctrl+F1",), "question",
           when="always", words="query language operators"),
    Action("help.about", "About Archivist", "show_about", "Help", (), "info", when="always",
           words="version licence"),
)  # fmt: skip
"""Everything the desk can do."""


class Performer(Protocol):
    """Whoever does what the actions name: it has a method for each callback."""

    def perform(self, callback: str, argument: str) -> None:
        """Do what an action names."""


class ActionBook(QObject):
    """The registry as Qt's actions, kept enabled and named as things stand."""

    def __init__(
        self,
        window: QWidget,
        performer: Performer,
        icons: Icons,
        actions: tuple[Action, ...] = ACTIONS,
    ) -> None:
        super().__init__(window)
        self.entries = {entry.id: entry for entry in actions}
        self._performer = performer
        self._conditions: dict[str, bool] = {"always": True}
        self._groups: dict[str, QActionGroup] = {}
        self._actions = {entry.id: self._make(entry, icons) for entry in actions}
        window.addActions(list(self._actions.values()))
        self.refresh({})

    def __getitem__(self, action_id: str) -> QAction:
        return self._actions[action_id]

    def __iter__(self) -> Iterator[tuple[Action, QAction]]:
        for action_id, entry in self.entries.items():
            yield entry, self._actions[action_id]

    def refresh(self, conditions: Mapping[str, bool]) -> None:
        """Enable what can be used now."""
        self._conditions.update(conditions)
        for entry, action in self:
            action.setEnabled(self._conditions.get(entry.when, False))

    def rename(self, action_id: str, title: str) -> None:
        """Name an action as things stand, for example "Undo change of date"."""
        self._actions[action_id].setText(title)

    def fill_menu_bar(self, bar: QMenuBar) -> None:
        """Draw the menus."""
        for name in MENUS:
            menu = bar.addMenu(f"&{name}")
            self.fill_menu(menu, name)

    def fill_menu(self, menu: QMenu, name: str) -> None:
        """Draw one menu, with what stands below it as submenus."""
        last = None
        submenus: dict[str, QMenu] = {}
        for entry, action in self:
            top, _, below = entry.menu.partition("/")
            if top != name:
                continue
            if last not in {None, entry.group}:
                menu.addSeparator()
            last = entry.group
            if not below:
                menu.addAction(action)
                continue
            if below not in submenus:
                submenus[below] = menu.addMenu(below)
            submenus[below].addAction(action)

    def _make(self, entry: Action, icons: Icons) -> QAction:
        action = QAction(entry.title, self)
        action.setObjectName(entry.id)
        if entry.icon:
            action.setIcon(icons.icon(entry.icon))
        action.setShortcuts(entry.sequences())
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.setMenuRole(QAction.MenuRole.NoRole)
        if entry.radio:
            action.setCheckable(True)
            self._group(entry.radio).addAction(action)
        action.triggered.connect(lambda: self._performer.perform(entry.callback, entry.argument))
        return action

    def _group(self, name: str) -> QActionGroup:
        if name not in self._groups:
            self._groups[name] = QActionGroup(self)
        return self._groups[name]
