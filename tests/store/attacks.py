"""The attack list, first half: what is to be read, seen and recorded."""

from tests.store.attack import ADMIN, CENTRE, KEEPERS, MEDIATING, Attack
from tests.store.attacks_on_contacts import CONTACTS
from tests.store.attacks_on_mechanisms import MECHANISMS
from tests.store.attacks_on_rights import LOGINS, NUMBERS, RIGHTS, STRUCTURE

# one's own line once more, in another's name
_COPY_OF_LINE = (
    "INSERT INTO events (id, street_id, command, kind, title, is_of_hall, made_by, sent_by, "
    "desk_name, happened_at, recorded_at, payload, result, salt, digest, "
    '"session_user", place, previous_hash, hash) '
    "SELECT :line + 4, street_id, gen_random_uuid(), kind, title, is_of_hall, "
    "{made_by}, {sent_by}, desk_name, happened_at, recorded_at, payload, result, salt, digest, "
    "'', 0, '', '' "
    "FROM events WHERE id = :line"
)

READING = (
    Attack(
        "绕着看不该看的件（连表、子查询、统计信息）",
        (
            "SELECT p.name FROM cases JOIN private_facts p ON p.case_id = id WHERE id = :foreign",
            "SELECT (SELECT details FROM cases WHERE id = :foreign)",
            "SELECT max(doc) FROM case_search WHERE case_id IN (:foreign)",
            "SELECT name FROM private_facts WHERE street_id = :other_street",
            "SELECT payload FROM events WHERE street_id = :other_street",
            "SELECT tablename, most_common_vals FROM pg_stats WHERE schemaname = 'public'",
            "SELECT stavalues1 FROM pg_statistic",
            (
                "SELECT query FROM pg_stat_activity WHERE usename <> session_user "
                "AND query <> '' AND query <> '<insufficient privilege>'"
            ),
            "SET row_security = off;;SELECT id FROM cases",
            "SELECT * FROM chain_links(:other_street, ARRAY[1, 2]::bigint[])",
            "SELECT * FROM numbers_audited(ARRAY[:foreign]::bigint[])",
            "SELECT * FROM hidden_news(0) WHERE cases LIKE '%' || :foreign || '%'",
        ),
        with_line=False,
    ),
    Attack(
        "看举报件",
        (
            "SELECT details FROM cases WHERE id = :secret",
            "SELECT name FROM private_facts WHERE case_id = :secret",
            "SELECT unit_id FROM case_units WHERE case_id = :secret",
        ),
        but=KEEPERS | {"孙浩"},  # whose unit took it in
        with_line=False,
    ),
    Attack(
        "看没有参加的调解（写理由查阅之外）",
        (
            "SELECT facts FROM mediation_contents WHERE mediation_id = :mediation",
            "SELECT name FROM mediation_parties WHERE mediation_id = :mediation",
            "SELECT text FROM caucus_notes WHERE mediation_id = :mediation",
        ),
        but=MEDIATING,
        with_line=False,
    ),
    Attack(
        "看、改别人的交班单",
        (
            "SELECT note FROM handovers WHERE id = :handover",
            "UPDATE handovers SET note = 'x' WHERE id = :handover",
        ),
        # between these two; the others may take an erased case out of it
        but=frozenset({"李敏", "周航", "郑伟", "王磊", "何平"}),
    ),
    Attack(
        "看别人的密码、旧密码和服务器的密码表",
        (
            "SELECT verifier FROM staff_secrets WHERE staff_id = :colleague",
            "SELECT * FROM old_passwords WHERE staff_id = :colleague",
            "SELECT rolpassword FROM pg_authid",
            "SELECT passwd FROM pg_shadow",
        ),
        but=ADMIN,
        with_line=False,
    ),
    Attack(
        "读写服务器上的文件，运行服务器上的程序",
        (
            "SELECT pg_read_file('postgresql.conf')",
            "SELECT * FROM pg_ls_dir('.')",
            "SELECT lo_import('/etc/passwd')",
            "COPY cases TO '/var/cases.csv'",
            "COPY cases TO PROGRAM 'cat'",
            "COPY settings FROM '/etc/passwd'",
        ),
        with_line=False,
    ),
)

SIGHT = (
    Attack(
        "给自己开一个看不见的件的视野",
        (
            (
                "INSERT INTO case_units (case_id, unit_id, street_id, since) "
                "VALUES (:secret, :unit, :street, now())"
            ),
            (
                "INSERT INTO case_units (case_id, unit_id, street_id, since) "
                "SELECT :secret, unit_id, street_id, now() FROM staff WHERE id = :me"
            ),
            "INSERT INTO assignments SELECT * FROM assignments WHERE case_id = :secret",
        ),
        but=KEEPERS | {"孙浩"},
    ),
    Attack(
        "把别的街道的件接到自己的单位",
        (
            (
                "INSERT INTO case_units (case_id, unit_id, street_id, since) "
                "VALUES (:foreign, :unit, :street, now())"
            ),
            "UPDATE cases SET street_id = :street, version = version + 1 WHERE id = :foreign",
            "INSERT INTO contacts SELECT * FROM contacts WHERE case_id = :foreign",
        ),
    ),
    Attack(
        "直接改“谁看得见”的名单",
        (
            "UPDATE cases SET seen_by = ARRAY[:unit], version = version + 1",
            "UPDATE cases SET seen_by = seen_by, version = version + 1 WHERE id = :ordinary",
        ),
    ),
    Attack(
        "改看不见的件（举报件、别的街道的件）",
        (
            "UPDATE cases SET note = 'x', version = version + 1 WHERE id = :secret",
            "UPDATE cases SET is_secret = false, version = version + 1 WHERE id = :secret",
            "UPDATE private_facts SET phone = '13800000099' WHERE case_id = :secret",
            "UPDATE clocks SET due_at = due_at + interval '1 day' WHERE case_id = :secret",
            "UPDATE private_facts SET phone = '13800000099' WHERE case_id = :foreign",
            "UPDATE matters SET answer = 'x' WHERE case_id = :foreign",
        ),
        but=KEEPERS | {"孙浩"},
    ),
    Attack(
        "被反映的单位撤掉对自己的反映",
        (
            "SELECT details FROM cases WHERE id = :about",
            "UPDATE cases SET accused_unit_id = NULL, version = version + 1 WHERE id = :about",
            "UPDATE private_facts SET name = 'x' WHERE case_id = :about",
            (
                "INSERT INTO case_units (case_id, unit_id, street_id, since) "
                "VALUES (:about, :unit, :street, now())"
            ),
        ),
        but=frozenset({"李敏"}) | CENTRE | MEDIATING,  # oversee, or it came in at their unit
    ),
    Attack(
        "把自己加进没有参加的调解",
        (
            (
                "INSERT INTO mediation_helpers "
                "(id, street_id, mediation_id, staff_id, role, name, invited_by, since) "
                "VALUES (:line + 1, :street, :mediation, :me, 'expert', 'x', :me, now())"
            ),
            "UPDATE mediations SET secretary_id = :me, version = version + 1 WHERE id = :mediation",
            "UPDATE mediation_contents SET facts = 'x' WHERE mediation_id = :mediation",
            "UPDATE mediation_agreements SET terms = terms WHERE mediation_id = :mediation",
        ),
        but=MEDIATING,
    ),
    Attack(
        "不写理由、没有期限或替别人登记查阅调解",
        tuple(
            "INSERT INTO mediation_looks "
            "(id, street_id, mediation_id, staff_id, reason, looked_at, until) "
            f"VALUES (:line + 2, :street, :mediation, {who}, {reason}, desk_now(), {until})"
            for who, reason, until in (
                (":me", "' '", "desk_now() + interval '1 minute'"),
                (":me", "'x'", "desk_now() + interval '10 years'"),
                (":colleague", "'x'", "desk_now() + interval '1 minute'"),
            )
        ),
    ),
)

RECORD = (
    Attack(
        "改编号、收件时间、首问人、首办单位",
        (
            *tuple(
                f"UPDATE cases SET {change}, version = version + 1 WHERE id = :ordinary"
                for change in (
                    "number = 'x'",
                    "seq = seq + 1",
                    "year = year - 1",
                    "street_id = :other_street",
                    "received_at = recorded_at, recorded_at = received_at, recorder_id = :me + 1",
                    "first_responder_id = NULL",
                    "first_unit_id = :unit + 1",
                )
            ),
            "UPDATE papers SET number = 'x' WHERE case_id = :archived",
            "UPDATE papers SET row = '{}' WHERE case_id = :archived",
            "UPDATE opinions SET revision = 9 WHERE case_id = :archived",
            "UPDATE mediations SET number = 'x', version = version + 1 WHERE id = :mediation",
        ),
        on_file=True,
    ),
    Attack(
        "跳过步骤：不许的流转",
        (
            "UPDATE cases SET status = 'closed', version = version + 1 WHERE id = :ordinary",
            "UPDATE cases SET status = 'archived', version = version + 1 WHERE id = :ordinary",
            "UPDATE cases SET status = 'received', version = version + 1 WHERE id = :archived",
            (
                "UPDATE mediations SET status = 'archived', version = version + 1 "
                "WHERE id = :mediation"
            ),
        ),
        on_file=True,
    ),
    Attack(
        "走别的岗位的步骤",
        ("UPDATE cases SET status = 'delivering', version = version + 1 WHERE id = :sealing",),
        but=frozenset({"周航", "郑伟", "王磊", "冯丽", "赵强", "秦岚"}),
        on_file=False,
    ),
    Attack(
        "改件不加版本号",
        (
            "UPDATE cases SET note = 'x' WHERE id = :ordinary",
            "UPDATE mediations SET guidance = 'x' WHERE id = :mediation",
        ),
        on_file=True,
    ),
    Attack(
        "改件不留痕",
        (
            "UPDATE cases SET note = 'x', version = version + 1 WHERE id = :ordinary",
            "UPDATE mediations SET guidance = 'x', version = version + 1 WHERE id = :mediation",
        ),
        on_file=False,
    ),
    Attack(
        "不留痕地改别的内容（电话、时限、设置、人员、岗位、密码）",
        (
            "UPDATE private_facts SET phone = '13800000099' WHERE case_id = :ordinary",
            "UPDATE clocks SET due_at = due_at WHERE case_id = :ordinary",
            "UPDATE settings SET value = value",
            "UPDATE staff SET phone = '13800000099'",
            (
                "INSERT INTO staff_roles (id, street_id, staff_id, role, valid_from) "
                "VALUES (:line + 3, :street, :colleague, 'dispatcher', '2026-01-01')"
            ),
            "SELECT adm.set_login(:colleague_login, :verifier, NULL)",
            "SELECT adm.end_login(:colleague_login)",
            "DELETE FROM calendar_days;;DELETE FROM settings",
        ),
        with_line=False,
        on_file=False,
    ),
    Attack(
        "删除记录",
        tuple(
            f"DELETE FROM {table}"
            for table in (
                "cases",
                "matters",
                "papers",
                "opinions",
                "rounds",
                "assignments",
                "clocks",
                "attachments",
                "contacts",
                "case_units",
                "events",
                "event_cases",
                "event_mediations",
                "caucus_notes",
                "mediation_looks",
                "mediations",
                "mediation_contents",
                "mediation_parties",
                "print_log",
                "counters",
                "chain_anchors",
            )
        ),
        on_file=True,
    ),
    Attack(
        "删除人员、单位、回访的问话和联系方式",
        (
            "DELETE FROM staff",
            "DELETE FROM units",
            "DELETE FROM private_facts",
            "DELETE FROM staff_roles",
            "DELETE FROM chain_heads",
        ),
        on_file=False,
    ),
    Attack(
        "清空表",
        (
            "TRUNCATE cases CASCADE",
            "TRUNCATE events CASCADE",
            "TRUNCATE settings",
            "TRUNCATE open_cases",
        ),
        on_file=None,
    ),
    Attack(
        "改留痕",
        (
            "UPDATE events SET title = 'x'",
            "UPDATE events SET made_by = sent_by, hash = digest",
            "UPDATE event_cases SET version = version + 1",
            "UPDATE case_units SET since = since",
            "UPDATE print_log SET printed_at = printed_at",
            "UPDATE seal_uses SET used_at = used_at;;UPDATE events SET title = title",
            "UPDATE chain_anchors SET hash = 'x';;UPDATE events SET title = title",
        ),
        on_file=True,
    ),
    Attack(
        "改留痕的链头和锚点",
        (
            "UPDATE chain_heads SET place = 0",
            (
                "INSERT INTO chain_anchors (street_id, day, place, hash, written_at, written_by) "
                "VALUES (:street, '2020-01-01', 1, 'x', now(), :me)"
            ),
            "INSERT INTO chain_heads (street_id, place, hash) VALUES (:other_street, 9, 'x')",
        ),
        on_file=False,
    ),
    Attack(
        "冒名留痕：替别人办理、挂到没有动过的件上",
        (
            _COPY_OF_LINE.format(made_by="made_by", sent_by=":colleague"),
            _COPY_OF_LINE.format(made_by=":colleague", sent_by="sent_by"),
            (
                "INSERT INTO event_cases (case_id, version, street_id, event_id) "
                "VALUES (:ordinary, 99, :street, :line)"
            ),
            (
                "INSERT INTO event_cases (case_id, version, street_id, event_id) "
                "VALUES (:foreign, 2, :street, :line)"
            ),
            (
                "INSERT INTO event_mediations (mediation_id, version, street_id, event_id) "
                "VALUES (:mediation, 99, :street, :line)"
            ),
        ),
        on_file=False,
    ),
)

ATTACKS = (
    *READING,
    *CONTACTS,
    *MECHANISMS,
    *SIGHT,
    *RECORD,
    *NUMBERS,
    *RIGHTS,
    *LOGINS,
    *STRUCTURE,
)

# What the program alone keeps, on a shared server too; the page says so in these words.
ONLY_PROGRAM = (
    "自己手里的件，用别的工具读联系方式，数据库的留痕不记这一次查看",
    "正在改一件又整次撤销，中间读到的联系方式，只记在服务器自己的日志里",
    "印早报、出台账、看未出的文书用到的联系方式，按岗位给，也只记在服务器自己的日志里",
    "文书、意见书、备注和办理过程里写到的姓名电话：看得见一件的人都能读",
    "背靠背笔记的二次验证",
    "导出的水印、两人批准和每天的查看次数",
    "看得见一件的同一岗位里，是不是主办单位本人在办",
    "写上的办理时间和时限是不是真的（留痕里另有服务器的时间）",
    "留痕的标题和内容写了什么（谁、什么时候、动了哪一件由服务器写）",
    "交办单等文书的号取了不用（会留痕，案件和调解的号不能空耗）",
    "调解要写全编号才能查阅（理由、期限和回避由数据库守）",
    "自己的登录改密码时的长短和新旧",
    "有多少行、某个编号有没有（看不到内容）",
    "占着表不放、查得很慢、塞满硬盘、发假通知（每个登录最多几个连接）",
)
