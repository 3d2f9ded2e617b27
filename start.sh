#!/bin/sh
# 打开案台：缺什么装什么（Debian 12 及同类系统），可以反复运行；--install-only 只安装，不打开。
set -eu
here=$(dirname "$(readlink -f "$0")") venv=$here/.venv
say() { printf '案台：%s\n' "$1" >&2; }
python_fits() { python3 -c 'import ensurepip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }
get_packages() {
    say '正在安装系统组件，首次约需一分钟。'
    as_root=$([ "$(id -u)" = 0 ] || command -v sudo || say '请用 root 运行一次 start.sh。')
    $as_root apt-get update >&2 && $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \
        python3 python3-venv tzdata cups-client libgl1 libegl1 libglib2.0-0 libdbus-1-3 libfontconfig1 libcups2 libx11-xcb1 \
        libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0 libxcb-render-util0 \
        libxcb-shape0 libxcb-xkb1 libwayland-cursor0 libwayland-egl1 >&2 || say '系统组件没有装全，请把上面的提示交给管理员。'
}
python_fits || { get_packages && python_fits; } || { say '需要 Python 3.11 或更新的版本（含 venv）。'; exit 1; }
stamp="$(python3 -VV) $(cksum <"$here/requirements.lock")"
if [ "$(cat "$venv/stamp" 2>/dev/null)" != "$stamp" ]; then
    say '正在安装程序所需的 Python 包。'
    "$venv/bin/python" -m pip --version >/dev/null 2>&1 || python3 -m venv --clear "$venv"
    "$venv/bin/python" -m pip install --disable-pip-version-check --require-hashes -r "$here/requirements.lock" >&2
    printf '%s\n' "$stamp" >"$venv/stamp"
fi
in_qt() { (cd "$venv"/lib/python3*/site-packages/PySide6/Qt/plugins && "$@" 2>/dev/null); }
{ command -v lp && ! in_qt sh -c 'ldd platforms/libq[wx]* printsupport/*' | grep 'not found'; } >/dev/null || get_packages
case ${QT_IM_MODULE:-} in fcitx*) in_qt ls platforminputcontexts | grep -q fcitx || export QT_IM_MODULE=ibus ;; esac
[ "${1:-}" = --install-only ] || exec "$venv/bin/python" "$here/main.py" "$@"
