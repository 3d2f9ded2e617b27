#!/usr/bin/env bash
# Copy the hall's database every night, check the copy, and keep as many as are needed.
set -euo pipefail
# shellcheck source=hall-server.sh
. "$(dirname "$(readlink -f "$0")")/hall-server.sh"
USAGE='用法：backup-nightly.sh            现在备份一次
      backup-nightly.sh --install-timer   以后每夜自动备份，每月自动演练恢复
备份先写在旁边，查过能读、算好校验值、确实落盘，才用正式的名字；旧备份从不覆盖。
留最近 7 天每天一份、5 周每周一份、12 个月每月一份。结果在程序的“管理 · 体检”里看得到。
  --at 时刻         每夜几点，缺省 02:30
  --log-days 天数   服务器日志留几天，缺省 200（等级保护要求至少六个月）'
AT=02:30 LOG_DAYS=200 INSTALL='' KEEP_DAYS=7 KEEP_WEEKS=5 KEEP_MONTHS=12

take() {
    case $1 in
        --at) value "$@" && AT=$given ;;
        --log-days) value "$@" && LOG_DAYS=$given ;;
        --install-timer) INSTALL=yes taken=1 ;;
    esac
}

install_timers() {
    local here=$PROGRAM/scripts
    if [ -d /run/systemd/system ]; then
        write_timer case-desk-backup "*-*-* $AT:00" "$here/backup-nightly.sh" ''
        write_timer case-desk-restore-drill '*-*-01..07 04:30:00' "$here/restore-drill.sh" --monthly
        systemctl daemon-reload
        systemctl enable -q --now case-desk-backup.timer case-desk-restore-drill.timer
    else
        cat >/etc/cron.d/case-desk <<CRON
${AT#*:} ${AT%:*} * * * root "$here/backup-nightly.sh" --config "$CONFIG"
30 4 1-7 * * root "$here/restore-drill.sh" --monthly --config "$CONFIG"
CRON
    fi
    say "已设好：每夜 $AT 备份，每月初 04:30 演练恢复。"
}

write_timer() { # name, when, command, its option
    cat >"/etc/systemd/system/$1.service" <<UNIT
[Unit]
Description=Case Desk: $1
# what a server that was off has missed is done once its database answers
After=network-online.target ${SERVICE:+$SERVICE.service}
[Service]
Type=oneshot
ExecStart="$3" $4 --config "$CONFIG"
UNIT
    cat >"/etc/systemd/system/$1.timer" <<UNIT
[Unit]
Description=Case Desk: $1
[Timer]
OnCalendar=$2
Persistent=true
[Install]
WantedBy=timers.target
UNIT
}

give_up() { # sentence: the failure stands on 管理 · 体检, if the database can be told
    write_upkeep backup f '' 0 "$1" 2>/dev/null || true
    fail "$1"
}

copy_database() { # file: the copy beside its place, checked
    as_server "$BIN/pg_dump" -Fc -Z1 -h "$SOCKET" -p "$PORT" -U postgres -d "$DATABASE" >"$1" \
        || give_up '备份没有做成：数据库没有读全，或磁盘已满。请清出空间再运行一次。'
    "$BIN/pg_restore" --list "$1" >"$1.list" 2>/dev/null && grep -q 'TABLE DATA' "$1.list" \
        || give_up '备份检查没有通过：写出来的文件读不回去。请检查备份盘。'
    # reading all of it finds what the list of contents cannot show
    "$BIN/pg_restore" -f /dev/null "$1" || give_up '备份检查没有通过：文件读不到底。请检查备份盘。'
}

back_up() {
    local name part file size
    name=$DATABASE-$(date +%Y-%m-%d-%H%M%S)
    file=$BACKUPS/$name.dump
    [ ! -e "$file" ] || give_up "$name 已经有了，备份从不覆盖旧文件。请一分钟后再运行。"
    part=$(mktemp -d "$BACKUPS/.part.XXXXXX")
    # shellcheck disable=SC2064  # what it is now
    trap "rm -rf '$part'" EXIT
    as_server "$BIN/pg_dumpall" --roles-only -h "$SOCKET" -p "$PORT" -U postgres >"$part/roles" \
        || give_up '备份没有做成：账号没有读出来。'
    copy_database "$part/dump"
    (cd "$part" && mv dump "$name.dump" && mv roles "$name.roles.sql" \
        && sha256sum "$name.dump" "$name.roles.sql" >"$name.sha256" && sync "$name".*)
    mv -n "$part/$name.roles.sql" "$part/$name.sha256" "$BACKUPS/"
    mv -n "$part/$name.dump" "$file" # last: where it is, all of it is
    sync "$BACKUPS"
    (cd "$BACKUPS" && sha256sum --quiet -c "$name.sha256") \
        || give_up '备份检查没有通过：落盘以后校验值不对。请检查备份盘。'
    size=$(stat -c %s "$file")
    write_upkeep backup t "$file" "$size" "备份已校验，$(grep -c 'TABLE DATA' "$part/dump.list") 张表。"
    say "已备份到 $file（$size 字节），校验通过。"
}

thin_out() { # the newest of each of the last days, weeks and months stay
    local file day kept
    kept=$(mktemp)
    for file in $(cd "$BACKUPS" && printf '%s\n' "$DATABASE"-*.dump | sort -r); do
        day=${file#"$DATABASE"-}
        day=${day:0:10}
        printf '%s %s %s %s\n' "$file" "$day" "$(date -d "$day" +%G-%V)" "${day:0:7}"
    done | awk -v today="$(date +%Y-%m-%d)" -v days="$KEEP_DAYS" -v weeks="$KEEP_WEEKS" -v months="$KEEP_MONTHS" '
        { keep = $2 == today }
        !d[$2]++ && ++nd <= days { keep = 1 }
        !w[$3]++ && ++nw <= weeks { keep = 1 }
        !m[$4]++ && ++nm <= months { keep = 1 }
        !keep { print $1 }' >"$kept"
    while read -r file; do
        rm -f "$BACKUPS/$file" "$BACKUPS/${file%.dump}.roles.sql" "$BACKUPS/${file%.dump}.sha256"
        say "过期的备份已清理：$file"
    done <"$kept"
    rm -f "$kept"
}

begin "$@"
if [ -n "$INSTALL" ]; then
    [ "$(id -u)" = 0 ] || fail '设置定时要用 root 运行。'
    install_timers
    exit 0
fi
need_server_programs
umask 077
mkdir -p "$BACKUPS" || fail "备份文件夹 $BACKUPS 建不了。请检查路径和权限。"
exec 9>"$BACKUPS/.lock"
flock -n 9 || fail '另一次备份还没有做完，请稍后再运行。'
is_running || fail '数据库没有在运行，没有东西可以备份。请先启动数据库。'
back_up
thin_out
as_server find "$DATA/log" -name 'hall-*.log' -mtime "+$LOG_DAYS" -delete
