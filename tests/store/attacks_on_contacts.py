"""The attack list: who an appellant is and how to reach him, where that is not one's own work."""

from tests.store.attack import KEEPERS, MEDIATING, Attack

PHONE = "SELECT phone FROM private_facts WHERE case_id = :ordinary"
# whoever took the case in, and the unit that handles it
WORK_ON_IT = frozenset({"李敏", "孙浩"})
LEADERS = frozenset({"郑伟", "王磊"})
FILES = frozenset({"何平"})
_LOOK = (
    "INSERT INTO case_looks (id, street_id, case_id, staff_id, reason, looked_at, until) "
    "VALUES (:line + {n}, :street, {case}, {who}, {reason}, {at}, {until})"
)


def look(n=5, case=":ordinary", who=":me", reason="'核对'", at="desk_now()", seconds=30):
    """Return what opens a case's contact data for a look."""
    until = f"desk_now() + interval '{seconds} seconds'"
    return _LOOK.format(n=n, case=case, who=who, reason=reason, at=at, until=until)


CONTACTS = (
    Attack(
        "看得见、但不在自己手里的件：读电话、姓名、地址",
        (
            PHONE,
            (
                "SELECT name, address FROM private_facts p JOIN cases c ON c.id = p.case_id "
                "WHERE c.id = :ordinary"
            ),
            (
                "SELECT other_phone FROM private_facts WHERE case_id IN "
                "(SELECT id FROM cases WHERE id = :ordinary)"
            ),
            (
                "SELECT 1 FROM cases WHERE id = :ordinary AND EXISTS (SELECT FROM private_facts "
                "WHERE case_id = :ordinary AND phone LIKE '138%')"
            ),
        ),
        but=WORK_ON_IT,
        with_line=False,
    ),
    Attack(
        "先让它看起来在自己手里，读了再撤销",
        (
            # the look itself is there only once it is kept, with its line
            f"{look()};;{PHONE}",
            f"SAVEPOINT one;;{look()};;RELEASE SAVEPOINT one;;{PHONE}",
            # a part of one's own unit
            (
                "INSERT INTO assignments (id, street_id, case_id, round_no, unit_id, role, status, "
                "dispatched_at, requirements) SELECT :line + 6, street_id, id, round_no, "
                "(SELECT unit_id FROM staff WHERE id = :me), 'support', 'accepted', desk_now(), "
                f"'[]' FROM cases WHERE id = :ordinary;;{PHONE}"
            ),
            # a promise to ring
            (
                "INSERT INTO contacts (id, street_id, case_id, round_no, staff_id, unit_id, way, "
                "result, happened_at, call_back_at) SELECT :line + 7, street_id, id, round_no, "
                ":me, first_unit_id, 'phone', 'no_answer', desk_now(), desk_now() "
                f"FROM cases WHERE id = :ordinary;;{PHONE}"
            ),
        ),
        but=WORK_ON_IT,
    ),
    Attack(
        "不写理由、超过半分钟、替别人或对看不见的件登记查看联系方式",
        (
            look(reason="' '"),
            look(seconds=31),
            look(seconds=-60),
            look(at="desk_now() + interval '1 day'", seconds=86_430),
            look(at="desk_now() - interval '1 day'"),
            look(who=":colleague"),
            look(case=":foreign"),
        ),
    ),
    Attack(
        "对看不见的举报件登记查看联系方式",
        (look(case=":secret"),),
        but=KEEPERS | {"孙浩"},
    ),
    Attack(
        "用数据库的函数问别的街道的件",
        (
            "SELECT * FROM contact_to_ring(:foreign)",
            "SELECT * FROM contact_for_paper(:foreign)",
            "SELECT * FROM contacts_for_ledger(ARRAY[:foreign]::bigint[])",
            "SELECT addressee(:foreign)",
            "SELECT * FROM can_be_rung(:foreign)",
            "SELECT * FROM wish_of_caller(:foreign)",
            "SELECT calls_of_caller(:foreign, 'epoch', 'infinity')",
            "SELECT 1 WHERE times_of_caller(:foreign, 'epoch') > 0",
            "SELECT 1 WHERE masked_words(:foreign, '陈桂芳') <> '陈桂芳'",
            "SELECT 1 WHERE :foreign IN (SELECT cases_of_number('13800000023'))",
            "SELECT 1 FROM caller_of_number('13800000023') WHERE case_id = :foreign",
            "SELECT 1 WHERE sees_case(:foreign)",
        ),
        with_line=False,
    ),
    Attack(
        "用数据库的函数问看不见的举报件",
        (
            "SELECT * FROM contact_to_ring(:secret)",
            "SELECT * FROM contact_for_paper(:secret)",
            "SELECT * FROM contacts_for_ledger(ARRAY[:secret]::bigint[])",
            "SELECT addressee(:secret)",
            "SELECT * FROM can_be_rung(:secret)",
            "SELECT 1 WHERE masked_words(:secret, '陈桂芳') <> '陈桂芳'",
            "SELECT 1 WHERE :secret IN (SELECT cases_of_number('13800000023'))",
            "SELECT 1 WHERE holds_part(:secret, 1)",
            "SELECT 1 WHERE promised_call(:secret)",
        ),
        but=KEEPERS | {"孙浩"},
        with_line=False,
    ),
    Attack(
        "用函数读早报、台账、文书里的联系方式（没有这项工作的岗位）",
        (
            "SELECT * FROM contact_to_ring(:ordinary)",
            "SELECT * FROM contacts_for_ledger(ARRAY[:ordinary]::bigint[])",
            "SELECT * FROM contact_for_paper(:ordinary)",
            "SELECT addressee(:ordinary)",
        ),
        but=LEADERS | FILES | MEDIATING | {"李敏", "周航", "吴芳", "秦岚"},  # its unit, exporters
        with_line=False,
    ),
    Attack(
        "不写理由，按姓名、电话找到已封存的件，或读它的联系方式",
        (
            "SELECT phone FROM private_facts WHERE case_id = :archived",
            "SELECT 1 WHERE :archived IN (SELECT cases_of_number('13800000023'))",
            "SELECT * FROM same_callers(ARRAY[:archived]::bigint[])",
            "SELECT calls_of_caller(:archived, 'epoch', 'infinity')",
            "SELECT * FROM wish_of_caller(:archived)",
            "SELECT * FROM contact_to_ring(:archived)",
            "SELECT * FROM contact_for_paper(:archived)",
            "SELECT * FROM contacts_for_ledger(ARRAY[:archived]::bigint[])",
            "SELECT search_among(ARRAY['陈桂芳'], ARRAY[:archived]::bigint[])",
            (
                "SELECT 1 FROM search_cases(:street, ARRAY['13800000023'], 'x', 99, "
                "9223372036854775807) WHERE found_case = :archived"
            ),
            (
                "SELECT 1 FROM cases_of_person('{}', '13800000023', '', '', '陈桂芳', NULL, '') "
                "WHERE case_id = :archived"
            ),
            (
                "SELECT 1 FROM repeat_ties(NULL, ARRAY['13800000023'], '陈桂芳', NULL, '', "
                "'epoch', 'infinity', '{}') WHERE case_id = :archived"
            ),
            ("SELECT 1 FROM repeat_ties(:archived, '{}', '', NULL, '', 'epoch', 'infinity', '{}')"),
        ),
        with_line=False,
    ),
)
