#!/bin/sh
# 把案台放进当前用户的开始菜单；--remove 取消。文件夹挪了地方以后再运行一次。
set -eu
here=$(dirname "$(readlink -f "$0")")
entry=${XDG_DATA_HOME:-$HOME/.local/share}/applications/case-desk.desktop
case ${1:-} in
    --remove) rm -f "$entry"; exit 0 ;;
    '') ;;
    *) echo '用法：menu-entry.sh [--remove]' >&2; exit 1 ;;
esac
case $here in
    *[\"\`\$\\%]*) echo '文件夹名里有引号、$、%、反斜杠这类符号，开始菜单打不开，请改名后再运行。' >&2; exit 1 ;;
esac
mkdir -p "$(dirname "$entry")"
while IFS= read -r line; do
    case $line in
        Exec=*) printf 'Exec="%s/case-desk"\n' "$here" ;;
        Icon=*) printf 'Icon=%s/case-desk.svg\n' "$here" ;;
        *) printf '%s\n' "$line" ;;
    esac
done <"$here/case-desk.desktop" >"$entry"
echo "已放进开始菜单：案台（$here）。"
