#!/usr/bin/env bash
# Let the standby take over: first make sure that the old primary writes no more, then promote.
set -euo pipefail
# shellcheck source=hall-server.sh
. "$(dirname "$(readlink -f "$0")")/hall-server.sh"
USAGE='用法：standby-promote.sh --fence "命令"
      standby-promote.sh --old-is-off
在备用服务器上运行，让它接替坏了的主服务器。
  --fence 命令    先隔离原主服务器的命令，例如
                  --fence "ssh hall-a /opt/case-desk/scripts/server-fence.sh"
                  命令没有成功就不接替
  --old-is-off    您已亲自确认原主服务器断了电或拔了网线'
FENCE='' OLD_IS_OFF=''

take() {
    case $1 in
        --fence) value "$@" && FENCE=$given ;;
        --old-is-off) OLD_IS_OFF=yes taken=1 ;;
    esac
}

begin "$@"
need_server_programs
is_running || fail '这台服务器没有在运行，不能接替。请先启动它。'
if ! is_standby; then
    say '这台已经是主服务器，没有再做。'
    exit 0
fi
if [ -n "$FENCE" ]; then
    bash -c "$FENCE" || fail '原主服务器没有隔离成，所以没有接替：两台同时在写，数据会分叉。
请到原主服务器上运行 server-fence.sh，或断掉它的电源后用 --old-is-off。'
elif [ -z "$OLD_IS_OFF" ]; then
    fail '请先隔离原主服务器（--fence），或确认它已断电后写 --old-is-off。'
fi
as_server rm -f "$DATA/conf.d/20-synchronous.conf" # nobody follows this server yet
as_server "$BIN/pg_ctl" -D "$DATA" -w -t 60 -s promote || fail "没有接替成。请看 $DATA/log。"
reload_server
say '已接替：这台现在是主服务器，各窗口几秒内自己连上来。'
ask postgres -c CHECKPOINT # before the old one is rewound: else it sees the old timeline
say '下一步：'
say '  1 原主服务器修好后，在这台上运行 standby-setup.sh --prepare，记下密码；'
say '  2 在原主服务器上运行 standby-rejoin.sh --primary 这台的名称，让它改做备用；'
say '  3 再在这台上运行 standby-setup.sh --synchronous。在此之前只有一份数据。'
