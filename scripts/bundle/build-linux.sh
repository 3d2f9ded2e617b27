#!/usr/bin/env bash
# Build the offline bundle and the .deb of this version, with bill of materials and hashes.
set -euo pipefail
root=$(dirname "$(dirname "$(dirname "$(readlink -f "$0")")")")
USAGE='用法：build-linux.sh [--out 文件夹] [--older-glibc] [--python 程序]
做出离线包（tar.xz）、deb 安装包、物料清单（CycloneDX）和 SHA256SUMS。
  --out 文件夹      放在哪里，缺省 dist
  --older-glibc     用 PySide6 6.8（只要 glibc 2.28），给系统较旧的机器
  --python 程序     用哪个 Python 3.11 或更新的版本，缺省 python3
做出的包只能在 glibc 不比这台机器旧的系统上运行：请在要服务的最旧的系统上做。
没有网络时先把 wheel 备好，并设 PIP_NO_INDEX 和 PIP_FIND_LINKS。'
out=$root/dist older='' python=python3
fail() { printf '没有做成：%s\n' "$1" >&2; exit 1; }

while [ $# -gt 0 ]; do
    case $1 in
        --help) printf '%s\n' "$USAGE"; exit 0 ;;
        --older-glibc) older=yes; shift ;;
        --out | --python)
            [ $# -gt 1 ] || fail "选项 $1 后面要写一个值。请用 --help 看用法。"
            if [ "$1" = --out ]; then out=$(readlink -m "$2"); else python=$2; fi
            shift 2 ;;
        *) fail "不认识选项 $1。请用 --help 看用法。" ;;
    esac
done
command -v dpkg-deb >/dev/null || fail '这台机器上没有 dpkg-deb，请在 Debian 同类系统上做。'
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || fail '需要 Python 3.11 或更新的版本。'

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
locks=("$root/requirements.lock" "$root/requirements-bundle.lock")
if [ -n "$older" ]; then # the same lock, but for Qt
    awk '/^[a-z0-9-]+==/ {is_qt = /^(pyside6-essentials|shiboken6)==/} !is_qt' \
        "$root/requirements.lock" >"$work/without-qt.lock"
    locks=("$work/without-qt.lock" "$root/scripts/bundle/older-glibc.lock" "${locks[1]}")
fi
echo '正在装好做包用的环境。' >&2
"$python" -m venv "$work/venv"
"$work/venv/bin/python" -m pip install -q --disable-pip-version-check --require-hashes \
    "${locks[@]/#/--requirement=}" >&2 || fail 'Python 包没有装全，请看上面的提示。'
echo '正在收集程序、库和字体，约需一两分钟。' >&2
(cd "$work" && PYTHONPATH=$root "$work/venv/bin/python" -m PyInstaller --noconfirm --log-level WARN \
    --distpath "$work/dist" --workpath "$work/build" "$root/scripts/bundle/case-desk.spec" >&2) \
    || fail '收集没有做完，请看上面的提示。'
echo '正在打包。' >&2
"$work/venv/bin/python" "$root/scripts/bundle/finish.py" \
    "$work/dist/case-desk" "$work/build/case-desk/binaries.json" "$out"
