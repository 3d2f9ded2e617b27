#!/usr/bin/env bash
# Try every month whether the newest copy can be restored, and write the result where all see it.
set -euo pipefail
# shellcheck source=hall-server.sh
. "$(dirname "$(readlink -f "$0")")/hall-server.sh"
USAGE='用法：restore-drill.sh [--file 备份文件]
把最近一份备份恢复到临时库，核对行数、编号、历史链和文书，再删掉临时库。
正在用的库一个字也不改，只记下这次演练的结果（“管理 · 体检”里看得到）。
  --file 文件    演练这一份，缺省是最近一份
  --monthly      定时用：本月已演练成功就不再做'
FILE='' MONTHLY='' SCRATCH=''

take() {
    case $1 in
        --file) value "$@" && FILE=$(readlink -f "$given") ;;
        --monthly) MONTHLY=yes taken=1 ;;
    esac
}

drop_scratch() { [ -z "$SCRATCH" ] || ask postgres -c "DROP DATABASE IF EXISTS \"$SCRATCH\" WITH (FORCE)"; }

give_up() { # sentence
    write_upkeep drill f "$(basename "$FILE")" 0 "$1"
    drop_scratch
    fail "$1"
}

newest_copy() { # of the folder, by name
    find "$BACKUPS" -maxdepth 1 -name "$DATABASE-*.dump" | sort | tail -n 1
}

restore() {
    local sums=${FILE%.dump}.sha256
    [ -r "$sums" ] && (cd "$(dirname "$FILE")" && sha256sum --quiet -c "$sums" >/dev/null 2>&1) \
        || give_up '恢复演练没有通过：备份文件的校验值不对或没有。请马上重做一次备份。'
    ask postgres -c "CREATE DATABASE \"$SCRATCH\" OWNER desk_owner TEMPLATE template0"
    as_server "$BIN/pg_restore" --exit-on-error -h "$SOCKET" -p "$PORT" -U postgres -d "$SCRATCH" \
        <"$FILE" >/dev/null || give_up '恢复演练没有通过：备份恢复不出来。请马上重做一次备份。'
}

require_same_history() { # every line of history that was restored is a line of the hall's
    local street place hash
    ask "$SCRATCH" -F ' ' -c 'SELECT street_id, place, hash FROM chain_heads' >"$heads"
    [ -s "$heads" ] || give_up '恢复演练没有通过：恢复出来的库里没有办理记录。'
    while read -r street place hash; do
        [ "$(ask "$DATABASE" -v s="$street" -v p="$place" -v h="$hash" <<'SQL'
SELECT count(*) FROM events WHERE street_id = :s AND place = :p AND hash = :'h'
SQL
        )" = 1 ] || give_up '恢复演练没有通过：恢复出来的历史与现用的库对不上。'
    done <"$heads"
}

count_rows() { # how many cases and history lines were restored
    ask "$SCRATCH" -c \
        "SELECT format('诉求 %s 件，办理记录 %s 条', (SELECT count(*) FROM cases), (SELECT count(*) FROM events))"
}

begin "$@"
need_server_programs
is_running || fail '数据库没有在运行，不能演练。请先启动数据库。'
if [ -n "$MONTHLY" ] && [ "$(ask "$DATABASE" -c "SELECT count(*) FROM upkeep_runs WHERE kind = 'drill' \
    AND is_good AND date_trunc('month', happened_at) = date_trunc('month', now())")" != 0 ]; then
    say '本月已演练过，这次不做。'
    exit 0
fi
[ -n "$FILE" ] || FILE=$(newest_copy)
[ -n "$FILE" ] && [ -r "$FILE" ] || give_up '恢复演练没有做：还没有备份。请先运行 backup-nightly.sh。'
SCRATCH=${DATABASE}_drill_$$
heads=$(mktemp)
trap 'rm -f "$heads"; drop_scratch' EXIT
started=$SECONDS
restore
require_same_history
found=$(program check --database "$(local_url "$SCRATCH")" 2>&1) || {
    say "$found"
    give_up '恢复演练没有通过：恢复出来的库体检有不对的地方。请把上面的内容交给管机器的同事。'
}
words="恢复演练通过：$(count_rows)，用时 $((SECONDS - started)) 秒。"
write_upkeep drill t "$(basename "$FILE")" "$(stat -c %s "$FILE")" "$words"
say "$words"
