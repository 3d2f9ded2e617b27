#!/bin/sh
# 打开案台（离线包）：不装任何东西，不连网络，文件夹放在哪里都可以。
here=$(dirname "$(readlink -f "$0")")
inside=$here/_internal
# a desktop's own graphics libraries come first; ours only stand in for one that is missing
missing=$(LD_LIBRARY_PATH=$inside ldd "$inside/libQt6Gui.so.6" \
    "$inside"/PySide6/Qt/plugins/platforms/libq*.so 2>/dev/null \
    | awk '/not found/ {print $1}' | sort -u)
for name in $missing; do
    [ ! -d "$inside/fallback/$name" ] \
        || LD_LIBRARY_PATH=${LD_LIBRARY_PATH:+$LD_LIBRARY_PATH:}$inside/fallback/$name
done
[ -z "${LD_LIBRARY_PATH:-}" ] || export LD_LIBRARY_PATH
exec "$here/case-desk-program" "$@"
