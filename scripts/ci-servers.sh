# Debian's servers for the gate: PostgreSQL started by us in a folder of its own, Chromium for the browser tests.

install_debian_packages() {
  local wanted=()
  ls /usr/lib/postgresql/*/bin/postgres >/dev/null 2>&1 || wanted+=(postgresql)
  command -v chromium >/dev/null 2>&1 || wanted+=(chromium)
  command -v redis-server >/dev/null 2>&1 || wanted+=(redis-server)
  command -v java >/dev/null 2>&1 || wanted+=(openjdk-17-jre-headless)
  command -v mvn >/dev/null 2>&1 || wanted+=(maven)
  [ ${#wanted[@]} -eq 0 ] && return 0
  local sudo=''
  [ "$(id -u)" -eq 0 ] || sudo=sudo
  $sudo apt-get update -qq && DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends "${wanted[@]}"
}

# PostgreSQL refuses to run as root: there it runs as nobody.
as_server_user() {
  if [ "$(id -u)" -eq 0 ]; then setpriv --reuid=65534 --regid=65534 --clear-groups "$@"; else "$@"; fi
}

start_debian_postgres() {
  local bin
  bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | head -n 1)
  [ -n "$bin" ] || return 1
  DEBIAN_PG_BIN=$bin
  DEBIAN_PG_FOLDER=$(mktemp -d "${TMPDIR:-/tmp}/signalbox-ci-pg.XXXXXX")
  chmod 711 "$DEBIAN_PG_FOLDER"
  mkdir "$DEBIAN_PG_FOLDER/data"
  [ "$(id -u)" -eq 0 ] && chown 65534:65534 "$DEBIAN_PG_FOLDER" "$DEBIAN_PG_FOLDER/data"
  local port=$((20000 + RANDOM % 20000))
  (cd "$DEBIAN_PG_FOLDER" && as_server_user "$bin/initdb" -D data -U signalbox --auth=trust -E UTF8 --locale=C.UTF-8 >/dev/null) || return 1
  (cd "$DEBIAN_PG_FOLDER" && as_server_user "$bin/pg_ctl" -D data -w -l log -o "-c listen_addresses=127.0.0.1 -c port=$port -c unix_socket_directories=$DEBIAN_PG_FOLDER -c max_connections=200" start >/dev/null) || return 1
  DEBIAN_DATABASE_URL="postgres://signalbox@127.0.0.1:$port/postgres"
  echo "Debian PostgreSQL: $("$bin/postgres" --version)"
}

stop_debian_postgres() {
  (cd "$DEBIAN_PG_FOLDER" && as_server_user "$DEBIAN_PG_BIN/pg_ctl" -D data -m fast -w stop >/dev/null)
  rm -rf "$DEBIAN_PG_FOLDER"
}

# The Kafka tests fetch the broker by themselves where they can; here it must not be missing.
fetch_kafka() {
  node_modules/.bin/node scripts/kafka-server.ts --fetch
}
