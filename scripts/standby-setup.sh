#!/usr/bin/env bash
# Let a second server follow the first one, so that nothing that was saved is on one disk alone.
set -euo pipefail
# shellcheck source=hall-server.sh
. "$(dirname "$(readlink -f "$0")")/hall-server.sh"
USAGE='用法：依次运行三步
  1 在主服务器上：   standby-setup.sh --prepare
    准备好备用服务器用的账号和位置，显示一次它的密码
  2 在备用服务器上： standby-setup.sh --follow 主服务器名 [--primary-port 端口] \
                       --root-certificate hall-root.crt <密码文件
    从主服务器复制全部数据并开始跟随；密码从标准输入读一行
  3 在主服务器上：   standby-setup.sh --synchronous
    以后每次保存都等备用服务器也写到盘上才算数
  --no-synchronous   不再等备用服务器（它坏了要修的时候），有丢数据的风险'
STEP='' PRIMARY='' PRIMARY_PORT=5432 ROOT_CERTIFICATE=''
NAME=hall_standby

take() {
    case $1 in
        --prepare | --synchronous | --no-synchronous) STEP=${1#--} taken=1 ;;
        --follow) value "$@" && STEP=follow PRIMARY=$given ;;
        --primary-port) value "$@" && PRIMARY_PORT=$given ;;
        --root-certificate) value "$@" && ROOT_CERTIFICATE=$given ;;
    esac
}

prepare() { # the login with which a standby follows; it may read no table
    local password
    is_standby && fail '这是备用服务器。请到主服务器上运行这一步。'
    password=$(openssl rand -hex 24)
    # the verifier is computed here: the password itself stands in no log
    ask postgres -v verifier="$(scram_verifier "$password")" -v name="$NAME" >/dev/null <<'SQL'
SELECT 'CREATE ROLE desk_standby' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'desk_standby') \gexec
ALTER ROLE desk_standby LOGIN REPLICATION CONNECTION LIMIT 10 PASSWORD :'verifier';
-- what pg_rewind reads when an old primary comes back
GRANT CONNECT ON DATABASE postgres TO desk_standby;
GRANT EXECUTE ON FUNCTION pg_catalog.pg_ls_dir(text, boolean, boolean), pg_catalog.pg_stat_file(text, boolean),
    pg_catalog.pg_read_binary_file(text), pg_catalog.pg_read_binary_file(text, bigint, bigint, boolean)
    TO desk_standby;
SELECT pg_create_physical_replication_slot(:'name', true)
 WHERE NOT EXISTS (SELECT FROM pg_replication_slots WHERE slot_name = :'name');
SQL
    say '主服务器已准备好。下面一行是备用服务器的密码，只显示这一次：'
    say "$password"
}

scram_verifier() { # password
    HALL_SECRET=$1 python3 - <<'PYTHON'
import base64, hashlib, hmac, os
salt, rounds = os.urandom(16), 4096
salted = hashlib.pbkdf2_hmac("sha256", os.environ["HALL_SECRET"].encode(), salt, rounds)
client = hmac.digest(salted, b"Client Key", "sha256")
parts = hashlib.sha256(client).digest(), hmac.digest(salted, b"Server Key", "sha256")
stored, server = (base64.b64encode(part).decode() for part in parts)
print(f"SCRAM-SHA-256${rounds}:{base64.b64encode(salt).decode()}${stored}:{server}")
PYTHON
}

follow() {
    as_server test -e "$DATA/PG_VERSION" \
        && fail "$DATA 里已有数据库。要让原来的主服务器跟随，请运行 standby-rejoin.sh。"
    [ -r "$ROOT_CERTIFICATE" ] || fail '请用 --root-certificate 指明从主服务器带来的 hall-root.crt。'
    mkdir -p "$DATA" "$SOCKET"
    chmod 0700 "$DATA"
    [ "$(id -u)" != 0 ] || chown "$ACCOUNT:" "$DATA"
    as_server test -w "$SOCKET" || chown "$ACCOUNT:" "$SOCKET"
    keep_password
    write_as_server "$DATA.root.crt" <"$ROOT_CERTIFICATE"
    as_server "$BIN/pg_basebackup" -D "$DATA" -X stream -c fast -R -S "$NAME" -d "$(primary_address)" \
        || fail '没有复制成。请核对主服务器的名称、端口、密码，和它是否允许这台机器连接。'
    speak_for_itself
    start_server
    say "已在跟随 $PRIMARY。下一步：在主服务器上运行 standby-setup.sh --synchronous。"
}

stands() { # how: streaming, or sync
    [ "$(ask postgres -v name="$NAME" -v how="$1" <<'SQL'
SELECT count(*) FROM pg_stat_replication
WHERE application_name = :'name' AND :'how' IN (state, sync_state)
SQL
    )" != 0 ]
}

wait_until_it_stands() { # how: as above
    local tries
    for ((tries = 0; tries < ${STANDBY_WAIT:-30} * 5; tries++)); do
        ! stands "$1" || return 0
        sleep 0.2
    done
    return 1
}

begin "$@"
need_server_programs
case $STEP in
    prepare) prepare ;;
    follow) follow ;;
    synchronous)
        wait_until_it_stands streaming || fail '没有备用服务器在跟随，没有改设置（否则谁也存不上）。请先在备用服务器上运行 --follow。'
        printf "synchronous_standby_names = 'FIRST 1 (%s)'\n" "$NAME" \
            | write_as_server "$DATA/conf.d/20-synchronous.conf"
        reload_server
        wait_until_it_stands sync || fail '设置已写好，但备用服务器还没有跟上。请看它的日志，再运行一遍。'
        say '已设好：每次保存都等备用服务器也写到盘上。备用服务器坏了，请运行 --no-synchronous。'
        ;;
    no-synchronous)
        as_server rm -f "$DATA/conf.d/20-synchronous.conf"
        reload_server
        say '保存不再等备用服务器。现在只有一份数据，请尽快修好备用服务器，再运行 --synchronous。'
        ;;
    *) fail '请写明做哪一步：--prepare、--follow 或 --synchronous。请用 --help 看用法。' ;;
esac
