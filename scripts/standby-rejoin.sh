#!/usr/bin/env bash
# Let the old primary come back as the standby of the server that took over.
set -euo pipefail
# shellcheck source=hall-server.sh
. "$(dirname "$(readlink -f "$0")")/hall-server.sh"
USAGE='用法：standby-rejoin.sh --primary 现在的主服务器 [--primary-port 端口] <密码文件
在原来的主服务器上运行，让它改做备用服务器。密码是现在的主服务器 --prepare 时显示的那一行，
从标准输入读。先试着只退回分叉的部分（pg_rewind）；不行就整个重新复制，原来的数据改名留着。'
PRIMARY='' PRIMARY_PORT=5432 NAME=hall_standby

take() {
    case $1 in
        --primary) value "$@" && PRIMARY=$given ;;
        --primary-port) value "$@" && PRIMARY_PORT=$given ;;
    esac
}

rewind() {
    as_server "$BIN/pg_rewind" -D "$DATA" -R --source-server="$(primary_address)" >"$log" 2>&1
}

copy_anew() {
    local kept
    kept=$DATA.before-$(date +%Y%m%d%H%M%S)
    mv "$DATA" "$kept"
    mkdir -p "$DATA"
    chmod 0700 "$DATA"
    [ "$(id -u)" != 0 ] || chown "$ACCOUNT:" "$DATA"
    as_server "$BIN/pg_basebackup" -D "$DATA" -X stream -c fast -R -S "$NAME" -d "$(primary_address)" \
        || fail "没有复制成，原来的数据在 $kept。请核对主服务器的名称、端口和密码。"
    say "已整个重新复制。原来的数据留在 $kept，确认无用后可以删掉。"
}

begin "$@"
need_server_programs
[ -n "$PRIMARY" ] || fail '请用 --primary 写明现在的主服务器。'
as_server test -e "$DATA/PG_VERSION" || fail "这里没有数据库：$DATA。请用 standby-setup.sh --follow。"
if is_running && is_standby; then
    say '这台已在做备用服务器，没有再做。'
    exit 0
fi
as_server touch "$DATA/case-desk.fenced"
stop_server immediate
keep_password
[ -e "$DATA.root.crt" ] || as_server cp "$DATA/hall-root.crt" "$DATA.root.crt"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if rewind; then
    say '已退回分叉的部分。'
else
    say '不能只退回分叉的部分，改为整个重新复制：'
    tail -n 3 "$log"
    copy_anew
fi
as_server sh -c 'printf "primary_slot_name = '\''%s'\''\n" "$2" >>"$1/postgresql.auto.conf"' sh "$DATA" "$NAME"
speak_for_itself
as_server rm -f "$DATA/case-desk.fenced" # it can only start as a standby now
as_server test -e "$DATA/standby.signal" || fail '没有备用标记，没有启动。请整个重新复制。'
start_server
with_service && systemctl enable -q "$SERVICE"
say "已改做 $PRIMARY 的备用服务器。下一步：在 $PRIMARY 上运行 standby-setup.sh --synchronous。"
