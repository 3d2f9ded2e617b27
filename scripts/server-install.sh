#!/usr/bin/env bash
# Set up the hall's database server: programs, data folder, certificates, rules for who may come in.
set -euo pipefail
# shellcheck source=hall-server.sh
. "$(dirname "$(readlink -f "$0")")/hall-server.sh"
USAGE='用法：server-install.sh --name 主机名或地址 [--name …] [--network 网段 …]
在这台机器上装好大厅的数据库服务器（Debian、Ubuntu 及同类系统，用 root 运行）。
可以反复运行：已有的数据不动，只把设置改成现在写的。
  --name 名称       窗口电脑用来连这台服务器的主机名或 IP 地址，写进证书，可以写多个
  --network 网段    允许哪些网段连接，例如 10.20.0.0/16，可以写多个；缺省为内网三个网段
  --listen 地址     在哪些地址上等候连接，缺省 *（全部）
装好后接着运行 first-administrator.sh。'
NAMES=() NETWORKS=() LISTEN='*'

take() {
    case $1 in
        --name) value "$@" && NAMES+=(--name "$given") ;;
        --network) value "$@" && NETWORKS+=("$given") ;;
        --listen) value "$@" && LISTEN=$given ;;
    esac
}

begin "$@"
[ ${#NETWORKS[@]} -gt 0 ] || NETWORKS=(10.0.0.0/8 172.16.0.0/12 192.168.0.0/16)

install_packages() {
    [ -n "$BIN" ] && return
    [ "$(id -u)" = 0 ] || fail '安装 PostgreSQL 要用 root 运行。'
    say '正在安装 PostgreSQL，约需一两分钟。'
    apt-get update -q >&2 || fail '软件源连不上。请检查网络，或用离线安装盘装好 postgresql 再运行。'
    DEBIAN_FRONTEND=noninteractive apt-get install -yq --no-install-recommends \
        postgresql-common openssl >&2 || fail '软件包没有装上，请看上面的提示。'
    # ours lies in a folder of its own; the ready-made one would take its port
    sed -i 's/^#\?create_main_cluster.*/create_main_cluster = false/' \
        /etc/postgresql-common/createcluster.conf
    DEBIAN_FRONTEND=noninteractive apt-get install -yq --no-install-recommends \
        postgresql postgresql-contrib >&2 || fail '软件包没有装上，请看上面的提示。'
    BIN=$(newest_bin)
}

initialise() {
    as_server test -e "$DATA/PG_VERSION" && return
    mkdir -p "$DATA" "$SOCKET"
    chmod 0700 "$DATA"
    [ "$(id -u)" != 0 ] || chown "$ACCOUNT:" "$DATA"
    as_server test -w "$SOCKET" || chown "$ACCOUNT:" "$SOCKET"
    as_server "$BIN/initdb" -D "$DATA" --username=postgres --data-checksums --encoding=UTF8 \
        --locale=C --auth-local=peer --auth-host=scram-sha-256 >/dev/null \
        || fail "数据文件夹 $DATA 没有建成，请看上面的提示。"
    say "数据文件夹已建好：$DATA（带数据校验）"
}

quarter_of_memory() { # in MB, between 128 and 4096
    local whole
    whole=$(awk '/MemTotal/ {print int($2 / 4096)}' /proc/meminfo)
    printf '%s' $((whole < 128 ? 128 : whole > 4096 ? 4096 : whole))
}

slow_down_guessing() { # a second after each wrong password, where the module is there
    [ -e "$("$BIN/pg_config" --pkglibdir 2>/dev/null)/auth_delay.so" ] || return 0
    printf "shared_preload_libraries = 'auth_delay'\nauth_delay.milliseconds = 1000\n"
}

configure() {
    as_server mkdir -p "$DATA/conf.d"
    as_server grep -q "^include_dir = 'conf.d'" "$DATA/postgresql.conf" \
        || as_server sh -c 'echo "include_dir = '\''conf.d'\''" >>"$1"' sh "$DATA/postgresql.conf"
    write_as_server "$DATA/conf.d/10-case-desk.conf" <<CONF
# Written by server-install.sh; own settings belong into 50-own.conf beside it.
ssl = on
ssl_cert_file = 'server.crt'
ssl_key_file = 'server.key'
ssl_min_protocol_version = 'TLSv1.2'
password_encryption = 'scram-sha-256'
authentication_timeout = '15s'
max_connections = 250
shared_buffers = '$(quarter_of_memory)MB'
timezone = 'Asia/Shanghai'
log_timezone = 'Asia/Shanghai'
# what was said to be saved is saved
fsync = on
recovery_init_sync_method = 'syncfs'
synchronous_commit = on
full_page_writes = on
# a standby may follow, and the old primary may follow the new one
wal_level = replica
wal_log_hints = on
max_wal_senders = 10
max_replication_slots = 10
wal_keep_size = '512MB'
max_slot_wal_keep_size = '8GB'
hot_standby = on
# desks that went away let go of what they hold
idle_in_transaction_session_timeout = '60s'
client_connection_check_interval = '2s'
tcp_keepalives_idle = 5
tcp_keepalives_interval = 2
tcp_keepalives_count = 2
tcp_user_timeout = '5s'
# the log says who came and went and what failed, never what was written about whom
logging_collector = on
log_directory = 'log'
log_filename = 'hall-%Y-%m-%d.log'
log_rotation_age = '1d'
log_file_mode = 0600
log_connections = on
log_disconnections = on
log_line_prefix = '%m [%p] %u@%d %h '
log_error_verbosity = terse
log_statement = 'none'
log_min_duration_statement = -1
log_min_error_statement = panic
log_parameter_max_length = 0
log_parameter_max_length_on_error = 0
$(slow_down_guessing)
CONF
    write_as_server "$DATA/conf.d/90-this-server.conf" <<CONF
# What differs between two servers that follow each other.
listen_addresses = '$LISTEN'
port = $PORT
unix_socket_directories = '$SOCKET'
CONF
    write_as_server "$DATA/pg_ident.conf" <<CONF
desk $ACCOUNT postgres
desk root postgres
CONF
    who_may_come_in | write_as_server "$DATA/pg_hba.conf"
}

who_may_come_in() {
    local network
    echo '# Written by server-install.sh: nobody comes in over the network without TLS.'
    echo 'local all postgres peer map=desk'
    echo 'local all all scram-sha-256'
    for network in "${NETWORKS[@]}"; do
        echo "hostssl $DATABASE all $network scram-sha-256"
        echo "hostssl postgres,replication desk_standby $network scram-sha-256"
    done
}

write_config() {
    mkdir -p "$(dirname "$CONFIG")"
    local name
    for name in BIN DATA SOCKET PORT ACCOUNT DATABASE CERTIFICATES BACKUPS SERVICE; do
        printf '%s=%q\n' "$name" "${!name}"
    done >"$CONFIG.new"
    mv "$CONFIG.new" "$CONFIG"
}

write_service() {
    with_service || return 0
    cat >"/etc/systemd/system/$SERVICE.service" <<UNIT
[Unit]
Description=Case Desk database server
After=network-online.target
Wants=network-online.target
[Service]
Type=notify
User=$ACCOUNT
# a server whose work was taken over must not come back by itself
ExecStartPre=/usr/bin/test ! -e $DATA/case-desk.fenced
ExecStart=$BIN/postgres -D $DATA
ExecReload=/bin/kill -HUP \$MAINPID
RuntimeDirectory=postgresql
RuntimeDirectoryMode=2775
RuntimeDirectoryPreserve=yes
KillMode=mixed
KillSignal=SIGINT
TimeoutSec=infinity
OOMScoreAdjust=-900
Restart=on-failure
[Install]
WantedBy=multi-user.target
UNIT
    systemctl daemon-reload
    systemctl enable -q "$SERVICE"
}

make_database() {
    ask postgres >/dev/null <<'SQL'
SELECT 'CREATE ROLE desk_owner NOLOGIN'
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'desk_owner') \gexec
REVOKE CONNECT ON DATABASE postgres FROM PUBLIC;
SQL
    ask postgres -v name="$DATABASE" >/dev/null <<'SQL'
SELECT format('CREATE DATABASE %I OWNER desk_owner TEMPLATE template0', :'name')
 WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'name') \gexec
SELECT format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', :'name') \gexec
SQL
}

install_packages
need_server_programs
initialise
as_server test -r "$DATA/standby.signal" && fail '这是备用服务器，设置随主服务器走，不用再装。'
as_server test -e "$DATA/server.crt" && was_there=yes || was_there=''
write_config
"$PROGRAM/scripts/server-certificates.sh" --config "$CONFIG" "${NAMES[@]}"
configure
write_service
if [ -n "$was_there" ] && is_running; then
    stop_server fast # some of the settings count from the next start
fi
start_server
make_database
say "数据库服务器已就绪：端口 $PORT，库 $DATABASE，设置记在 $CONFIG。"
say '下一步：运行 first-administrator.sh 建立街道和第一个管理员。'
