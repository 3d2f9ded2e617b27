#!/bin/sh
# 安装测试所需的一切（含真实的 PostgreSQL），然后运行与 CI 相同的全部检查；可以反复运行。
exec bash "$(dirname "$(readlink -f "$0")")/.ci/run" "$@"
