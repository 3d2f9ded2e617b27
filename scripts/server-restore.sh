#!/usr/bin/env bash
# Fill an empty database from a copy: logins, all rows, then this program's schema and a check.
set -euo pipefail
# shellcheck source=hall-server.sh
. "$(dirname "$(readlink -f "$0")")/hall-server.sh"
USAGE='用法：server-restore.sh --file 备份文件.dump
把一份备份恢复到空库（新服务器先运行 server-install.sh）。库里已有街道就不恢复，旧数据不会被盖掉。
同名的 .roles.sql 和 .sha256 要放在备份文件旁边：前者是各人的账号和密码，后者用来核对文件完好。'
FILE=''

take() {
    case $1 in
        --file) value "$@" && FILE=$(readlink -f "$given") ;;
    esac
}

begin "$@"
need_server_programs
[ -n "$FILE" ] && [ -r "$FILE" ] || fail '请用 --file 写明备份文件。'
stem=${FILE%.dump}
(cd "$(dirname "$FILE")" && sha256sum --quiet -c "$(basename "$stem").sha256" >/dev/null 2>&1) \
    || fail '备份文件的校验值不对，或旁边没有 .sha256，没有恢复。请换一份备份。'
is_running || start_server
street=$(ask postgres -v name="$DATABASE" <<'SQL'
SELECT count(*) FROM pg_database WHERE datname = :'name'
SQL
)
if [ "$street" = 1 ]; then
    tables=$(ask "$DATABASE" -c "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")
    [ "$tables" = 0 ] || fail "库 $DATABASE 里已有数据，恢复会盖掉它，所以没有进行。请用空库。"
fi
# roles that are there already stay as they are
as_server "$BIN/psql" -X -q -h "$SOCKET" -p "$PORT" -U postgres -d postgres <"$stem.roles.sql" \
    >/dev/null 2>&1 || true
[ "$street" = 1 ] || ask postgres -c "CREATE DATABASE \"$DATABASE\" OWNER desk_owner TEMPLATE template0"
as_server "$BIN/pg_restore" --exit-on-error --single-transaction -h "$SOCKET" -p "$PORT" \
    -U postgres -d "$DATABASE" <"$FILE" || fail '备份恢复不出来，库还是空的。请换一份备份。'
url=$(local_url "$DATABASE")
program upgrade --database "$url" || fail '恢复好了，但升级结构没有成功，请看上面的提示。'
program check --database "$url" || fail '恢复好了，但体检有不对的地方，请看上面的提示。'
say '已恢复并体检通过。备份以后登记的件还在各窗口电脑上，连上以后自己补传。'
