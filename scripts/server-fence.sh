#!/usr/bin/env bash
# Stop this server at once and keep it from starting again: another one takes over its work.
set -euo pipefail
# shellcheck source=hall-server.sh
. "$(dirname "$(readlink -f "$0")")/hall-server.sh"
USAGE='用法：server-fence.sh
隔离这台服务器：马上停下数据库，以后也不再自己启动，免得两台同时在写。
提升备用服务器之前先在原主服务器上运行；要让它回来，运行 standby-rejoin.sh。'

take() { :; }

begin "$@"
need_server_programs
as_server test -e "$DATA/PG_VERSION" || fail "这里没有数据库：$DATA。请核对 --data 或配置文件。"
as_server touch "$DATA/case-desk.fenced" # first: from now on nothing starts it again
as_server sync "$DATA"
with_service && systemctl disable -q "$SERVICE"
stop_server immediate
say '这台服务器已隔离：数据库已停，不会再自己启动。'
