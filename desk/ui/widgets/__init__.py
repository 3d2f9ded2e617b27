"""Small widgets that every screen shares; they know Qt and the rules, never the database.

Look and keys: `desk.ui.theme` (tokens(), Type, say_state), `desk.ui.icons` (icon, paint_icon,
wear_icon), `desk.ui.keys` (ActionKey, GlobalKey, PlaceKey, IntakeKey, ListKey: never write a
sequence yourself). A label's size is its role: `say_state(label, role="section")`.

Where to find what (module: public names):

buttons: KeyButton(text, key="", *, icon="", kind=ButtonKind.PLAIN), IconButton(icon, name),
    FilterButton(name, value="不限", *, icon="fold", key="")
chips: ClockChip(face), StatusChip(text, tone=Tone.NOW, *, icon=""), LevelChip(urgency), KeyCap(key)
chip_paint, clock_paint, painting: the same for delegates: paint_clock_chip(painter, rect, face,
    tokens), clock_chip_size(face, tokens), paint_clock_shape, paint_chip, chip_size,
    paint_level_chip, level_chip_size, paint_box, paint_text, paint_key_cap, paint_focus
clocks_strip: ClocksStrip(host).set_cells([StripCell(face, note, is_nearest)]); explain_asked(face)
cards: Card(head="", *, note="", key="").body, HintCard(head, text="", *, note, key, state),
    SidePanel(name), SectionHead(text, *, note, key), EmptyState(sentence, button="", key=""),
    text_label(text, role="", *, wraps=False), rule()
checked_field: CheckedField(label, *, check=None, hint="", required=False, lines=0),
    FieldState(Check.BAD, sentence); changed(text), judged(FieldState); check_now(), set_state()
text_area: TextArea(name="", *, lines=3, most=12) with set_foot(note, widget), fill()
picker_field: PickerField(label, items, *, hint, required, numbered); chosen(id), value();
    pick_item: PickItem(id, label, search="", note="")
moment_edit: MomentEdit(label, clock, *, past_only, required); moment(), moment_changed(datetime)
choice_chips: ChoiceChips(name, [Choice(id, label, count)], *, numbered=True, small=False);
    chosen(id), value(); CheckChip(text, key="")
action_bar: ActionBar(host).set_items([ActionItem(label, key, handler, icon, is_main, is_quiet,
    spoken)]), set_lead(text, strong), set_note(note, strong=, key=), offer_undo(label, handler)
exit_buttons: ExitButtons(host, [ExitItem(id, label, key, icon, line, is_main)]); chosen(id)
timeline: Timeline().set_entries([TimelineEntry(time, verb, who, details, is_now, is_quiet)])
navigation: Navigation(host, street, hall).set_items([NavItem(id, label, icon, key, group)]),
    set_wishes(words), set_current(id), set_count(id, n), set_person(name, desk), follow(width);
    chosen(id), wishes_changed(words)
top_bar: TopBar(host, title): set_title, set_back, set_views, add_extra, set_bell;
    view_chosen(id), search_asked(), bell_pressed(), help_asked()
status_line: StatusLine(): set_connection(Connection, words), set_parts(*parts), set_moment(at)
fold_box: FoldBox(text, key="", host=None).body, set_summary(filled, empty); opened(bool)
bundle: Bundle(window).add_lines([BundleLine(text, detail, state, stays, on_pressed)])
conflict_view: ConflictView(sentence, conflict_of(differences, ties, labels, words, who));
    resolved({id: Keep}), postponed()
verb_dialog: ask_verb(parent, title, sentence, [Verb(id, label, kind)], done)
pages_view: PagesView(run).show_pdf(data), page_changed(n); pdf_pages: PdfPages(data)
composing: is_composing(), KeyShortcut(key, host).pressed (quiet while an input method composes)
giving_way: GivingWay(role).set_words(words): one line, cut where there is no room
flow_layout: FlowLayout(parent, *, gap=8); panes: PaneWalk(host, [work, side, bar]) for Ctrl+Tab
stopwatch: Stopwatch(StopwatchFace(face, limit, due, started, used)): the large clock by the phone
glyphs: spell_missing(text): what no font can draw shows its code point (text_label does it)

`host` is the screen inside which the keys work. Everything painted follows the theme by itself.
"""
