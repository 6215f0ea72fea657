#!/bin/sh
# Writes the security headers of a built site as configuration of nginx or Caddy:
#   deploy/headers.sh nginx dist > /etc/nginx/portal/headers.conf
#   deploy/headers.sh caddy dist > /etc/caddy/portal-headers.caddy
# Again after each change of portal.json and with each new version: the policy depends on both. PORTAL_SERVER names the
# program, and TLS=no leaves Strict-Transport-Security out.
set -eu
server=${PORTAL_SERVER:-portal-server}
tls=--behind-tls
[ "${TLS:-yes}" = no ] && tls=
# One word or none, never two.
# shellcheck disable=SC2086
headers=$("$server" --site "$2" $tls --print-headers)
case $1 in
    nginx) echo "$headers" | sed -E 's/^([A-Za-z-]+): (.*)$/add_header \1 "\2" always;/' ;;
    caddy) echo "$headers" | sed -E 's/^([A-Za-z-]+): (.*)$/header \1 "\2"/' ;;
    *) echo "headers.sh nginx|caddy FOLDER" >&2; exit 2 ;;
esac
