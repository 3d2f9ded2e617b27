#!/usr/bin/env bash
# Make the hall's own root certificate once, and from it the certificate of the server.
set -euo pipefail
# shellcheck source=hall-server.sh
. "$(dirname "$(readlink -f "$0")")/hall-server.sh"
USAGE='用法：server-certificates.sh --name 主机名或地址 [--name …] [--out 文件夹] [--renew]
给数据库服务器做证书，让窗口电脑能确认连的是自己大厅的服务器。
  --name 名称   窗口电脑用来连服务器的主机名或 IP 地址，可以写多个；
                有备用服务器的，两台的名称都写上。再次运行时不写就用上次的
  --out 文件夹  把根证书 hall-root.crt 放一份到这里，带到各窗口电脑
  --days 天数   服务器证书有效几天，缺省 825
  --renew       到期前也换一张新的；平时剩 30 天以内才换
根证书的私钥只留在这台服务器上，请不要复制到别处。'
NAMES=() OUT='' DAYS=825 RENEW='' ROOT_DAYS=7300 NEAR_END=$((30 * 86400))

take() {
    case $1 in
        --name) value "$@" && NAMES+=("$given") ;;
        --out) value "$@" && OUT=$given ;;
        --days) value "$@" && DAYS=$given ;;
        --renew) RENEW=yes taken=1 ;;
    esac
}

begin "$@"
command -v openssl >/dev/null || fail '没有 openssl。请运行 apt-get install openssl。'
umask 077
mkdir -p "$CERTIFICATES"
cd "$CERTIFICATES"

make_root() {
    [ -e hall-root.crt ] && return
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -sha256 \
        -days "$ROOT_DAYS" -subj '/CN=Case Desk hall root' -keyout hall-root.key \
        -out hall-root.crt.new -addext 'basicConstraints=critical,CA:TRUE,pathlen:0' \
        -addext 'keyUsage=critical,keyCertSign,cRLSign' 2>/dev/null \
        || fail '根证书没有做成。请检查 openssl 的版本（要 1.1.1 以上）。'
    mv hall-root.crt.new hall-root.crt
    say "根证书已做好：$CERTIFICATES/hall-root.crt"
}

alternative_names() { # the names as a certificate writes them: addresses are of another kind
    local name list=''
    for name in "$@"; do
        case $name in
            *[!A-Za-z0-9.:-]*) fail "“$name”不像主机名或 IP 地址，请重写。" ;;
            *:*) list+=",IP:$name" ;;
            *[!0-9.]*) list+=",DNS:$name" ;;
            *) list+=",IP:$name" ;;
        esac
    done
    printf '%s' "${list#,}"
}

make_server() { # names…
    openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -sha256 \
        -subj "/CN=$1" -keyout server.key.new -out server.csr 2>/dev/null \
        && openssl x509 -req -in server.csr -CA hall-root.crt -CAkey hall-root.key -sha256 \
            -set_serial "0x$(openssl rand -hex 16)" -days "$DAYS" -out server.crt.new \
            -extfile <(printf 'subjectAltName=%s\nextendedKeyUsage=serverAuth\n' \
                "$(alternative_names "$@")") 2>/dev/null \
        || fail '服务器证书没有做成。请核对 --name 写的主机名和地址。'
    mv server.key.new server.key
    mv server.crt.new server.crt
    rm -f server.csr
    printf '%s\n' "$@" >names
    say "服务器证书已做好，有效 $DAYS 天，名称：$*"
}

make_root
[ ${#NAMES[@]} -gt 0 ] || { [ ! -e names ] || mapfile -t NAMES <names; }
[ ${#NAMES[@]} -gt 0 ] || fail '请用 --name 写明窗口电脑用来连服务器的主机名或地址。'
alternative_names "${NAMES[@]}" >/dev/null
if [ -z "$RENEW" ] && [ -e server.crt ] && [ "$(cat names)" = "$(printf '%s\n' "${NAMES[@]}")" ] \
    && openssl x509 -in server.crt -noout -checkend "$NEAR_END" >/dev/null; then
    say '服务器证书还有效，没有更换。'
else
    make_server "${NAMES[@]}"
fi
if as_server test -e "$DATA/PG_VERSION"; then
    for part in crt key; do
        write_as_server "$DATA/server.$part" <"server.$part"
    done
    write_as_server "$DATA/hall-root.crt" <hall-root.crt # for a standby that follows this server
    if [ -n "$BIN" ] && is_running; then reload_server; fi
fi
if [ -n "$OUT" ]; then
    mkdir -p "$OUT"
    install -m 0644 hall-root.crt "$OUT/hall-root.crt"
    say "根证书已放到 $OUT/hall-root.crt，请带到每台窗口电脑，在“连接设置”里选它。"
fi
