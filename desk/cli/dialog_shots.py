"""The pictures of questions, boxes and bad moments (对话与意外): who meets which where."""

from desk.cli.dialog_scenes import (
    all_actions,
    away,
    bell,
    choose_face,
    conflict,
    connection,
    crash,
    diagnostics,
    leaving,
    limit_effect,
    limit_tool,
    resident,
    retire,
    room_form,
    room_sign,
    room_step,
)
from desk.cli.other_hands import (
    after,
    ask_the_chief,
    complain_of_colleagues,
    nothing_more,
    sign_without_number,
)
from desk.cli.panel_scenes import case_panel
from desk.cli.scanning_scenes import scanning
from desk.cli.scenes import Shot
from desk.rules.deeds import Deed
from desk.ui.admin.diagnostics_window import DiagnosticsWindow
from desk.ui.case.deeds import PANELS
from desk.ui.connection import ConnectionDialog
from desk.ui.crash_dialog import CrashDialog
from desk.ui.resident_window import ResidentWindow
from desk.ui.rooms.booking_form import BookingForm
from desk.ui.scanning.scan_dialog import ScanDialog
from desk.ui.start.chief_face import ChiefFace
from desk.ui.widgets.conflict_view import ConflictView
from desk.ui.widgets.verb_dialog import VerbDialog

DIALOG_SHOTS: tuple[Shot, ...] = (
    Shot("crash", "1001", "start", crash, shows=CrashDialog),
    Shot("connection", "1001", "start", connection, shows=ConnectionDialog),
    Shot("bell", "1007", "start", bell),
    Shot("limit-tool", "1001", "start", limit_tool),
    Shot("all-actions", "1004", "start", all_actions),
    Shot("leaving", "1001", "start", leaving, shows=VerbDialog),
    Shot("rooms-sign", "1026", "rooms", room_sign, shows=VerbDialog),
    Shot("rooms-cancel", "1026", "rooms", room_step("cancel"), shows=VerbDialog),
    Shot(
        "rooms-cancel-series",
        "1026",
        "rooms",
        room_step("cancel", of_series=True),
        shows=VerbDialog,
    ),
    Shot("rooms-absent", "1024", "rooms", room_step("absent"), shows=VerbDialog),
    Shot("rooms-form", "1026", "rooms", room_form, shows=BookingForm),
    Shot("admin-retire", "9001", "admin", retire("队伍"), shows=VerbDialog),
    Shot("admin-limit-effect", "1004", "admin", limit_effect, shows=VerbDialog),
    Shot("admin-diagnostics", "9001", "admin", diagnostics, shows=DiagnosticsWindow),
    Shot("scanning", "1001", "intake", scanning, shows=ScanDialog),
    Shot("resident", "1001", "intake", resident, shows=ResidentWindow),
    # what follows changes the street or the desk, so nothing else comes after it
    Shot("start-dispatch-about", "1004", "start", after(complain_of_colleagues, nothing_more), 3),
    Shot("start-inspector-about", "1015", "start"),
    Shot("start-inspector-confirm", "1015", "start", choose_face(ChiefFace)),
    Shot("start-chief-confirm", "1014", "start", after(ask_the_chief, choose_face(ChiefFace)), 10),
    Shot(
        "case-confirm",
        "1014",
        "case",
        case_panel(Deed.CONFIRM_DISPATCH),
        shows=PANELS[Deed.CONFIRM_DISPATCH],
    ),
    Shot(
        "case-give-number",
        "1005",
        "case",
        after(sign_without_number, case_panel(Deed.GIVE_NUMBER)),
        shows=PANELS[Deed.GIVE_NUMBER],
    ),
    Shot("conflict", "1001", "case", conflict, shows=ConflictView),
    Shot("away-intake", "1001", "intake", away()),
    Shot("away-board", "1004", "board", away()),
    Shot("away-handler", "1007", "start", away()),
)
