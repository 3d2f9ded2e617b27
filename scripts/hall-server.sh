#!/usr/bin/env bash
# What the scripts of the hall's server share: where it lies, who runs it, how it is spoken to.
# The others read this file; it is not run by itself.
# shellcheck disable=SC2034  # what is set here is used by the scripts that read this file

CONFIG=/etc/case-desk/server.conf
BIN='' DATA=/var/lib/case-desk/postgres SOCKET=/var/run/postgresql PORT=5432
ACCOUNT=postgres DATABASE=hall CERTIFICATES=/etc/case-desk/certificates
BACKUPS=/var/backups/case-desk SERVICE=case-desk-server
PROGRAM=$(dirname "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")")
SHARED_OPTIONS='
各脚本共用的选项（装好以后记在配置文件里，平时不用写）：
  --config 文件      配置文件，缺省 /etc/case-desk/server.conf
  --data 文件夹      数据库放在哪里，缺省 /var/lib/case-desk/postgres
  --bin 文件夹       PostgreSQL 的程序，缺省用本机最新的
  --socket 文件夹    本机连接用的文件夹，缺省 /var/run/postgresql
  --port 端口        缺省 5432
  --account 用户     运行数据库的系统用户，缺省 postgres
  --database 库名    缺省 hall
  --certificates 文件夹  证书放在哪里，缺省 /etc/case-desk/certificates
  --backups 文件夹   备份放在哪里，缺省 /var/backups/case-desk；最好是另一块盘
  --no-service       不用 systemd，直接启动
  --help             这份说明'

say() { printf '%s\n' "$*"; }

fail() { # sentence: say what is wrong and what to do, then end
    printf '没有做成：%s\n' "$*" >&2
    exit 1
}

begin() { # arguments…: read the configuration, then the options; `take` knows a script's own
    local word
    for word in "$@"; do
        [ "$word" = --help ] || continue
        say "$USAGE" "$SHARED_OPTIONS"
        exit 0
    done
    read_config "$@"
    while [ $# -gt 0 ]; do
        taken=0
        take "$@" || fail "选项 $1 后面要写一个值。请用 --help 看用法。"
        [ "$taken" -gt 0 ] || take_shared "$@"
        shift "$taken"
    done
    [ -n "$BIN" ] || BIN=$(newest_bin)
    [ "$(id -u)" = 0 ] || ACCOUNT=$(id -un)
}

read_config() { # arguments…: the file of --config, if there is one
    local before='' word
    for word in "$@"; do
        [ "$before" != --config ] || CONFIG=$word
        before=$word
    done
    # shellcheck disable=SC1090  # written by server-install.sh
    [ ! -r "$CONFIG" ] || . "$CONFIG"
}

value() { # option, value…: the value of an option that needs one
    [ $# -gt 1 ] || return 1
    taken=2
    given=$2
}

take_shared() {
    local name=$1
    [ "$name" != --no-service ] || { SERVICE='' taken=1; return; }
    value "$@" || fail "选项 $name 后面要写一个值。请用 --help 看用法。"
    case $name in
        --config) ;; # read before
        --data) DATA=$given ;;
        --bin) BIN=$given ;;
        --socket) SOCKET=$given ;;
        --port) PORT=$given ;;
        --account) ACCOUNT=$given ;;
        --database) DATABASE=$given ;;
        --certificates) CERTIFICATES=$given ;;
        --backups) BACKUPS=$given ;;
        *) fail "不认识选项 $name。请用 --help 看用法。" ;;
    esac
}

newest_bin() {
    local found
    found=$(printf '%s\n' /usr/lib/postgresql/[0-9]*/bin | sort -V | tail -n 1)
    [ -x "$found/postgres" ] || return 0
    printf '%s' "$found"
}

need_server_programs() {
    [ -n "$BIN" ] && [ -x "$BIN/postgres" ] \
        || fail '这台机器上没有 PostgreSQL。请先运行 server-install.sh。'
}

as_server() { # command…: run it as the account of the server, which is never root
    if [ "$(id -u)" = 0 ]; then
        (cd / && exec runuser -u "$ACCOUNT" -- "$@")
    else
        (cd / && exec "$@")
    fi
}

write_as_server() { # file: write what comes on stdin beside it, then put it in its place
    as_server sh -c 'umask 077; cat >"$1.new" && mv "$1.new" "$1"' sh "$1"
}

ask() { # database, psql options…: speak to this server with all rights, over its own socket
    local database=$1
    shift
    as_server "$BIN/psql" -X -q -A -t -v ON_ERROR_STOP=1 -h "$SOCKET" -p "$PORT" -U postgres \
        -d "$database" "$@"
}

is_running() { # a process that has ended and was not yet cleared away does not count
    as_server "$BIN/pg_ctl" -D "$DATA" status >/dev/null 2>&1 || return 1
    ! grep -q '^State:.*Z' "/proc/$(as_server head -n 1 "$DATA/postmaster.pid")/status" 2>/dev/null
}

is_fenced() { as_server test -e "$DATA/case-desk.fenced"; }

is_standby() { [ "$(ask postgres -c 'SELECT pg_is_in_recovery()')" = t ]; }

with_service() { [ -n "$SERVICE" ] && [ -d /run/systemd/system ]; }

start_server() {
    is_fenced && fail "这台服务器已被隔离（另一台在用），不能再启动。请先运行 standby-rejoin.sh。"
    is_running && return 0
    if with_service; then
        systemctl start "$SERVICE" || fail "数据库没有启动。请看 journalctl -u $SERVICE。"
    else
        as_server "$BIN/pg_ctl" -D "$DATA" -w -t 60 -s -l "$DATA/start.log" start \
            || fail "数据库没有启动。请看 $DATA/start.log 和 $DATA/log。"
    fi
}

stop_server() { # how: fast, or immediate where it must be gone at once
    is_running || return 0
    if with_service && [ "$1" = fast ]; then
        systemctl stop "$SERVICE" || fail "数据库没有停下。请看 journalctl -u $SERVICE。"
    else
        as_server "$BIN/pg_ctl" -D "$DATA" -w -t 60 -s -m "$1" stop 2>/dev/null || ! is_running \
            || fail '数据库没有停下。请看上面的提示，或断掉这台服务器的电源。'
    fi
}

reload_server() { as_server "$BIN/pg_ctl" -D "$DATA" -s reload; }

local_url() { # database: the address for the program on this machine, over the socket
    printf 'postgresql://postgres@/%s?host=%s&port=%s' "$1" "$SOCKET" "$PORT"
}

program() { # arguments…: the hall's own program, as whoever runs the script
    [ ! -x "$PROGRAM/case-desk" ] || { "$PROGRAM/case-desk" "$@"; return; } # the offline bundle
    local python=${HALL_PYTHON:-$PROGRAM/.venv/bin/python}
    [ -x "$python" ] || fail "程序还没有装好。请先在 $PROGRAM 里运行一次 start.sh --install-only。"
    "$python" "$PROGRAM/main.py" "$@"
}

write_upkeep() { # kind, good (t/f), file, size, sentence: one line for 管理 · 体检
    ask "$DATABASE" -v kind="$1" -v good="$2" -v file="$3" -v size="$4" -v said="$5" <<'SQL'
INSERT INTO upkeep_runs (id, kind, happened_at, is_good, file, size, sentence)
VALUES ((extract(epoch FROM clock_timestamp()) * 1000000)::bigint, :'kind', clock_timestamp(),
        :'good', :'file', :'size', :'said');
SQL
}

# What a server that follows another needs; PRIMARY, PRIMARY_PORT and NAME are set by the script.

# shellcheck disable=SC2153  # NAME is set by the script
primary_address() { # never in clear text, never to a server that is not the hall's
    printf 'host=%s port=%s user=desk_standby dbname=postgres application_name=%s ' \
        "$PRIMARY" "$PRIMARY_PORT" "$NAME"
    printf 'sslmode=verify-full sslrootcert=%s passfile=%s' "$DATA.root.crt" "$DATA.pass"
}

keep_password() { # the password of desk_standby, read from stdin, where only the server reads it
    local password
    IFS= read -r password || true
    [ -n "$password" ] || fail '请从标准输入给出密码（在主服务器上 --prepare 时显示的那一行）。'
    printf '*:*:*:desk_standby:%s\n' "$password" | write_as_server "$DATA.pass"
}

speak_for_itself() { # what was copied names the other server's port and its standby
    as_server rm -f "$DATA/conf.d/20-synchronous.conf"
    write_as_server "$DATA/conf.d/90-this-server.conf" <<CONF
# What differs between two servers that follow each other.
listen_addresses = '*'
port = $PORT
unix_socket_directories = '$SOCKET'
CONF
}
