#!/bin/bash
# Installs packages of a browser, as root, from the Debian mirror that this machine is set up with. usage: browsers.sh PKG...
set -euo pipefail
export DEBIAN_FRONTEND=noninteractive
O=(-qq -o Acquire::Retries=1 -o Acquire::http::Timeout=20 -o DPkg::Lock::Timeout=60)
apt-get "${O[@]}" update
apt-get "${O[@]}" install -y --no-install-recommends "$@"
