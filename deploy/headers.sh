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
printed=$("$server" --site "$2" $tls --print-headers)
# Three parts, each but the first under a comment: the site's files, the service worker, everything else.
all=$(printf '%s\n' "$printed" | sed '/^$/q' | sed '/^$/d')
worker=$(printf '%s\n' "$printed" | sed -n '/^# \/refresh-worker\.js/,/^$/s/^Content-Security-Policy: //p')
case $1 in
    nginx)
        # What stands in $portal_opener and $portal_sandbox: maps.conf. An empty value is not sent.
        lines() { sed -E 's/^([A-Za-z-]+): (.*)$/add_header \1 "\2" always;/'; }
        printf '%s\n' "$all" | sed -E 's/^(Cross-Origin-Opener-Policy): .*$/\1: $portal_opener/' | lines
        echo 'add_header Content-Security-Policy $portal_sandbox always;'
        # An add_header inside a location throws away those outside: all stand here once more.
        echo 'location = /refresh-worker.js {'
        echo '    set $portal_own 1;'
        printf '%s\n' "$all" | sed "s|^Content-Security-Policy: .*|Content-Security-Policy: $worker|" | lines | sed 's/^/    /'
        echo '    add_header Cache-Control no-cache always;'
        echo '    try_files $uri =404;'
        echo '}'
        ;;
    caddy)
        printf '%s\n' "$all" | sed -E 's/^([A-Za-z-]+): (.*)$/header \1 "\2"/'
        echo '@portal_worker path /refresh-worker.js'
        echo "header @portal_worker Content-Security-Policy \"$worker\""
        ;;
    *) echo "headers.sh nginx|caddy FOLDER" >&2; exit 2 ;;
esac
