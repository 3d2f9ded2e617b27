"""The attack list, second half: numbers, rights, logins and the structure of the database."""

from tests.store.attack import ADMIN, Attack

NUMBERS = (
    Attack(
        "空耗、跳过、改回编号",
        (
            "SELECT next_number(:street, 'case', 2026)",
            "SELECT next_number(:other_street, 'case', 2026)",
            "SELECT next_number(:street, 'mediation', 2026)",
            "SELECT next_number(:street, 'junk', 2026)",
            "INSERT INTO counters (street_id, kind, year, last) VALUES (:street, 'case', 2031, 7)",
            (
                "INSERT INTO counters (street_id, kind, year, last) "
                "VALUES (:other_street, 'case', 2031, 7)"
            ),
        ),
        on_file=False,
    ),
    Attack(
        "改编号的计数",
        (
            "UPDATE counters SET last = last + 2",
            "UPDATE counters SET last = last - 1",
            "UPDATE counters SET last = 0",
        ),
        on_file=True,
    ),
    Attack(
        "不取号就登记，登记成已办结",
        (
            (
                "INSERT INTO cases (id, number, seq, year, version, _columns) "
                "SELECT :line + 5, 'x', 9999, 2026, 1, _columns FROM cases WHERE id = :ordinary"
            ),
            (
                "INSERT INTO cases (id, number, seq, year, version, _columns) "
                "SELECT :line + 5, 'x', next_number(:street, 'case', 2026), 2026, 1, _columns "
                "FROM cases WHERE id = :archived"
            ),
        ),
        but=frozenset({"周航"}),  # who imports ledgers begins anywhere, with a number
        on_file=False,
    ),
)

RIGHTS = (
    Attack(
        "不管督办的人发督办、催办",
        (
            (
                "INSERT INTO supervisions (id, street_id, case_id, source, state, unit_id, "
                "grounds, requirement, due_at, issued_by, issued_at) VALUES (:line + 8, :street, "
                ":ordinary, 'street', 'issued', :unit, '[]', 'x', now(), :me, now())"
            ),
            (
                "INSERT INTO urgings (id, street_id, case_id, unit_id, way, note, made_by, made_at)"
                " VALUES (:line + 9, :street, :ordinary, :unit, 'phone', 'x', :me, now())"
            ),
        ),
        but=frozenset({"周航", "郑伟", "王磊", "秦岚"}),  # 信联办、领导、纪工委
    ),
    Attack(
        "自己批准自己的抹除和导出，或冒名批准",
        (
            (
                "INSERT INTO erasures (id, street_id, case_id, ground, reason, asked_by, asked_at, "
                "decided_by, decided_at, is_granted) VALUES (:line + 6, :street, :archived, "
                "'expired', 'x', :me, now(), :chief, now(), true)"
            ),
            (
                "INSERT INTO erasures (id, street_id, case_id, ground, reason, asked_by, asked_at) "
                "VALUES (:line + 6, :street, :archived, 'expired', 'x', :me, now());;"
                "UPDATE erasures SET is_granted = true, decided_by = :chief WHERE id = :line + 6"
            ),
            (
                "INSERT INTO erasures (id, street_id, case_id, ground, reason, asked_by, asked_at) "
                "VALUES (:line + 6, :street, :archived, 'expired', 'x', :me, now());;"
                "UPDATE erasures SET is_granted = true, decided_by = :me WHERE id = :line + 6"
            ),
            (
                "INSERT INTO export_requests (id, street_id, kind, first_day, last_day, reason, "
                "rows, is_full, asked_by, asked_at, expires_at, decided_by, is_granted) VALUES "
                "(:line + 6, :street, 'x', '2026-01-01', '2026-02-01', 'x', 9, true, :me, now(), "
                "now(), :colleague, true)"
            ),
            "UPDATE export_requests SET used_at = NULL WHERE id = :export",
            "UPDATE export_requests SET narrowed_to = '全部' WHERE id = :export",
            "UPDATE export_requests SET expires_at = now() + interval '1 year' WHERE id = :export",
        ),
        on_file=False,
    ),
    Attack(
        "给自己岗位、单位、代理",
        (
            (
                "INSERT INTO staff_roles (id, street_id, staff_id, role, valid_from) "
                "VALUES (:line + 6, :street, :me, 'chief', '2026-01-01')"
            ),
            "UPDATE staff_roles SET role = 'chief' WHERE staff_id = :me",
            "UPDATE staff_roles SET valid_to = NULL, role = 'inspector' WHERE staff_id = :me",
            "UPDATE staff_roles SET staff_id = :me WHERE staff_id = :colleague",
            "UPDATE staff SET unit_id = :other_unit WHERE id = :me",
            "UPDATE staff SET login = :colleague_login WHERE id = :me",
            (
                "INSERT INTO deputies (id, street_id, principal_id, deputy_id, valid_from) "
                "VALUES (:line + 7, :street, :chief, :me, '2026-01-01')"
            ),
            "UPDATE deputies SET deputy_id = :me",
        ),
        on_file=False,
    ),
    Attack(
        "让一个人又当管理员又当审计",
        (
            (
                "INSERT INTO staff_roles (id, street_id, staff_id, role, valid_from) "
                "VALUES (:line + 6, :street, :auditor, 'administrator', '2026-01-01')"
            ),
        ),
        on_file=False,
    ),
    Attack(
        "改人员、单位、设置、时限、日历（管理员以外）",
        (
            "UPDATE settings SET value = value",
            "UPDATE units SET kind = kind",
            "UPDATE staff SET name = 'x' WHERE id = :colleague",
            (
                "INSERT INTO settings (id, street_id, key, value, valid_from) "
                "VALUES (:line + 8, :street, 'x', '1', '2026-01-01')"
            ),
            "UPDATE time_rules SET value = 0",
            "DELETE FROM time_rules",
            "UPDATE rooms SET name = 'x'",
            "UPDATE categories SET name = 'x'",
        ),
        but=ADMIN | {"郑伟", "王磊", "周航"},
        on_file=False,
    ),
    Attack(
        "写进别的街道",
        (
            (
                "INSERT INTO settings (id, street_id, key, value, valid_from) "
                "VALUES (:line + 8, :other_street, 'x', '1', '2026-01-01')"
            ),
            "UPDATE settings SET street_id = :other_street",
            "UPDATE staff SET name = 'x' WHERE street_id = :other_street",
            (
                "INSERT INTO staff (id, street_id, login, name, unit_id, is_built_in, valid_from) "
                "VALUES (:line + 9, :other_street, 'x1', 'x', :foreign_unit, false, '2026-01-01')"
            ),
            "UPDATE open_cases SET street_id = :other_street",
            "UPDATE streets SET name = 'x' WHERE id = :other_street",
            "INSERT INTO streets SELECT * FROM streets",
        ),
        on_file=None,
    ),
    Attack(
        "动版本和维护记录",
        (
            "UPDATE alembic_version SET version_num = 'x'",
            "UPDATE schema_info SET version = 'x'",
            "DELETE FROM upkeep_runs",
        ),
        on_file=False,
    ),
)

LOGINS = (
    Attack(
        "改别人的密码，停用别人的登录（管理员以外；别的街道；服务器自己的）",
        (
            "SELECT adm.set_login(:foreign_login, :verifier, NULL)",
            "SELECT adm.end_login(:foreign_login)",
            "SELECT adm.set_groups(:foreign_login, ARRAY['desk_clerk'])",
            "SELECT adm.set_login('postgres', :verifier, NULL)",
            "SELECT adm.end_login('postgres')",
            "SELECT adm.set_login('hall_owner', :verifier, NULL)",
            "SELECT adm.set_login('desk_owner', :verifier, NULL)",
            "SELECT adm.set_login('pg_monitor', :verifier, NULL)",
            "SELECT adm.set_login('x superuser --', :verifier, NULL)",
            "SELECT adm.set_login('nobody-at-all', :verifier, NULL)",
        ),
    ),
    Attack(
        "用明文或别的方式设密码",
        (
            "SELECT adm.set_login(:colleague_login, 'fictional-2026', NULL)",
            "SELECT adm.set_login(:login, 'md5d41d8cd98f00b204e9800998ecf8427e', NULL)",
            "SELECT adm.set_login(:login, '', NULL)",
        ),
    ),
    Attack(
        "给登录多给权限",
        (
            "SELECT adm.set_groups(:login, ARRAY['desk_dispatcher', 'desk_chief'])",
            "SELECT adm.set_groups(:colleague_login, ARRAY['desk_chief'])",
            "SELECT adm.set_groups(:colleague_login, ARRAY['desk_administrator', 'desk_auditor'])",
            "SELECT adm.set_groups(:colleague_login, ARRAY['desk_owner'])",
            "SELECT adm.set_groups(:colleague_login, ARRAY['desk_role_admin'])",
            "SELECT adm.set_groups(:colleague_login, ARRAY['pg_execute_server_program'])",
        ),
    ),
    Attack(
        "变成别人，变成管库的人",
        (
            "SET ROLE desk_owner",
            "SET ROLE desk_role_admin",
            "SET ROLE postgres",
            "SET SESSION AUTHORIZATION postgres",
            "GRANT desk_owner TO session_user",
            "GRANT desk_chief TO session_user",
            "GRANT pg_read_all_data TO session_user",
            "ALTER ROLE current_user SUPERUSER",
            "ALTER ROLE current_user BYPASSRLS CREATEROLE",
            "ALTER ROLE current_user VALID UNTIL 'infinity'",
            "ALTER ROLE current_user CONNECTION LIMIT -1",
            "ALTER ROLE desk_owner LOGIN",
            "ALTER ROLE postgres PASSWORD 'x'",
            "CREATE ROLE intruder LOGIN",
            "CREATE USER intruder SUPERUSER",
            "DROP ROLE desk_staff",
            "REASSIGN OWNED BY desk_owner TO current_user",
        ),
        with_line=False,
    ),
)

STRUCTURE = (
    Attack(
        "拆掉规则（触发器、策略、约束、函数）",
        (
            "ALTER TABLE cases DISABLE TRIGGER ALL",
            "ALTER TABLE cases DISABLE ROW LEVEL SECURITY",
            "ALTER TABLE cases NO FORCE ROW LEVEL SECURITY",
            "ALTER TABLE cases OWNER TO current_user",
            "ALTER TABLE cases ADD COLUMN x integer",
            "DROP TRIGGER guard_cases_move ON cases",
            "ALTER POLICY reads ON cases USING (true)",
            "DROP POLICY reads ON cases",
            "CREATE POLICY mine ON cases USING (true)",
            "DROP TABLE events CASCADE",
            "SET session_replication_role = replica",
            "CREATE OR REPLACE FUNCTION my_street() RETURNS bigint LANGUAGE sql AS 'SELECT 1'",
            "ALTER FUNCTION my_street() SECURITY INVOKER",
            "DROP FUNCTION guard_told() CASCADE",
            "GRANT ALL ON cases TO current_user;;TRUNCATE cases CASCADE",
            "ALTER DATABASE {database} SET session_replication_role = replica",
        ),
        with_line=False,
    ),
    Attack(
        "在数据库里放自己的东西，骗规则替自己跑",
        (
            "CREATE TABLE public.x (id integer)",
            "CREATE FUNCTION public.x() RETURNS integer LANGUAGE sql AS 'SELECT 1'",
            "CREATE TEMPORARY TABLE x (case_id bigint, unit_id bigint, street_id bigint)",
            (
                "CREATE FUNCTION pg_temp.leak(text) RETURNS boolean LANGUAGE plpgsql COST 0.0001 "
                "AS 'BEGIN RAISE NOTICE ''%'', $1; RETURN true; END';;"
                "SELECT id FROM cases WHERE pg_temp.leak(details)"
            ),
            "CREATE VIEW public.cases_of_all AS SELECT * FROM cases",
            "CREATE SCHEMA x",
            "CREATE EXTENSION dblink",
            "CREATE EVENT TRIGGER x ON ddl_command_end EXECUTE FUNCTION guard_refuse()",
            "SELECT guard_seen_by()",
            "CREATE RULE x AS ON SELECT TO cases DO INSTEAD SELECT 1",
        ),
        with_line=False,
    ),
    Attack(
        "踢掉别人，停掉服务器",
        (
            "SELECT pg_terminate_backend(:backend)",
            "SELECT pg_cancel_backend(:backend)",
            "SELECT pg_reload_conf()",
            "SELECT pg_switch_wal()",
            "SELECT pg_stat_reset()",
            "CHECKPOINT",
            "LOCK TABLE cases IN ACCESS EXCLUSIVE MODE",
            "LOCK TABLE events IN ACCESS EXCLUSIVE MODE",
        ),
        with_line=False,
    ),
)
