#!/usr/bin/env bash
# Make the tables, found the street from the filled workbook, and let the first administrator in.
set -euo pipefail
# shellcheck source=hall-server.sh
. "$(dirname "$(readlink -f "$0")")/hall-server.sh"
USAGE='用法：first-administrator.sh --workbook 建厅表.xlsx
      first-administrator.sh --template 建厅表.xlsx
在 server-install.sh 装好的服务器上建库，按填好的建厅表建立街道和各人的账号。
  --workbook 文件   填好的建厅表，人员一表里至少有一名管理员
  --template 文件   先领一份空的建厅表
两个都不写就只建库或升级库，然后说明怎样在程序里建立街道。可以反复运行。'
WORKBOOK='' TEMPLATE=''

take() {
    case $1 in
        --workbook) value "$@" && WORKBOOK=$(readlink -f "$given") ;;
        --template) value "$@" && TEMPLATE=$(readlink -m "$given") ;;
    esac
}

begin "$@"
if [ -n "$TEMPLATE" ]; then
    program found --template "$TEMPLATE" || fail '建厅表没有写成，请看上面的提示。'
    exit 0
fi
[ -z "$WORKBOOK" ] || [ -r "$WORKBOOK" ] || fail "找不到建厅表 $WORKBOOK。"
need_server_programs
is_running || start_server
url=$(local_url "$DATABASE")
program upgrade --database "$url" || fail '数据库没有建成，请看上面的提示。'
street=$(ask "$DATABASE" -c 'SELECT name FROM streets LIMIT 1')
if [ -n "$street" ]; then
    say "这个库已是“$street”的，没有再建。忘了管理员密码，请另一位管理员在“管理 · 人员”里重设。"
elif [ -n "$WORKBOOK" ]; then
    program found "$WORKBOOK" --database "$url" || fail '街道没有建成，请按上面的提示改好建厅表再来。'
    say '请把建厅表从这台机器上删掉：里面有各人的初始密码。'
    say '下一步：设好每夜备份（backup-nightly.sh --install-timer）。'
else
    say '数据库已建好，还没有街道。请填好建厅表后用 --workbook 再运行一次，或在这台机器上打开程序建立：'
    say "  $PROGRAM/start.sh --database '$url'"
fi
