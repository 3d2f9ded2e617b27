"""The pictures of the handbook (界面图一览): which screen, who sits there, what is on it."""

from desk.cli.attachment_scenes import compare_photos, mask_photo
from desk.cli.scenes import (
    Shot,
    fill_intake,
    guidance,
    library,
    open_handbook,
    open_one,
    preview,
    search,
    section,
    short_call,
    with_panel,
)
from desk.rules.codes import CaseStatus

SHOTS: tuple[Shot, ...] = (
    Shot("start-clerk", "1001", "start"),
    Shot("intake", "1001", "intake", fill_intake),
    Shot("palette", "1001", "start", search),
    Shot("short-call", "1001", "intake", short_call),
    Shot("follow-up", "1001", "followup"),
    Shot("start-dispatcher", "1004", "start"),
    Shot("board", "1004", "board"),
    Shot("case-handling", "1004", "case", open_one(CaseStatus.HANDLING)),
    Shot("case-received", "1004", "case", open_one(CaseStatus.RECEIVED)),
    Shot("case-dispatch", "1004", "case", with_panel(CaseStatus.RECEIVED, "分拨"), 25),
    Shot("case-finish", "1007", "case", with_panel(CaseStatus.HANDLING, "办理完毕"), 25),
    Shot("attachments", "1004", "case", compare_photos, 40),
    Shot("attachments-brush", "1004", "case", mask_photo, 40),
    Shot("preview", "1004", "board", preview),
    Shot("start-handler", "1007", "start"),
    Shot("case-opinion", "1004", "case", open_one(CaseStatus.FOLLOW_UP)),
    Shot("sign-off", "1013", "signoff"),
    Shot("start-leader", "1013", "start"),
    Shot("start-community", "1016", "start"),
    Shot("start-inspector", "1015", "start"),
    Shot("start-office", "1005", "start"),
    Shot("case-write-opinion", "1007", "case", with_panel(CaseStatus.OPINION, "意见书"), 25),
    Shot("help", "1001", "start", open_handbook),
    Shot("guidance", "1001", "intake", guidance, 30),
    Shot("library", "1007", "start", library, 10),
    Shot("shift", "1001", "shift"),
    Shot("last-mile", "1005", "last_mile"),
    Shot("archives", "1004", "archives"),
    *(
        Shot(f"admin-{name}", "9001", "admin", section(title))
        for name, title in (
            ("units", "单位"),
            ("staff", "人员"),
            ("places", "小区地址"),
            ("categories", "类别"),
            ("letterheads", "抬头"),
            ("limits", "时限规则"),
            ("settings", "设置"),
            ("directory", "事项目录"),
            ("library", "答复口径"),
            ("areas", "领导包片"),
            ("deputies", "代理人"),
            ("teams", "队伍"),
            ("layouts", "文书版式"),
            ("copies", "备份与恢复"),
            ("health", "体检"),
            ("machine", "本机"),
        )
    ),
)
