#!/bin/sh
# Pushes a folder to one Deployment, waits until Airflow serves it, triggers a DAG and waits for the end of its run.
# Needs nothing but a POSIX shell, curl (7.76 or newer), tar, and a Deployment API token.
#
#   HEADGATE_URL           for example http://localhost:8888
#   HEADGATE_ORGANIZATION  id of the Organization
#   HEADGATE_DEPLOYMENT    id of the Deployment
#   HEADGATE_TOKEN         the token; it is never an argument, because those are visible to everybody on the host
#
#   deploy.sh FOLDER [DAG [DESCRIPTION]]
#
# FOLDER holds dags/ and, if there are any, include/ and requirements.txt. New DAGs are paused, as is Airflow's default:
# the DAG that is to be triggered is unpaused first. Without DAG the script ends when the code is live.
set -eu

: "${HEADGATE_URL:?}" "${HEADGATE_ORGANIZATION:?}" "${HEADGATE_DEPLOYMENT:?}" "${HEADGATE_TOKEN:?}"
folder=${1:?usage: deploy.sh FOLDER [DAG [DESCRIPTION]]}
dag=${2:-}
description=${3:-}
deployment=$HEADGATE_URL/v1/organizations/$HEADGATE_ORGANIZATION/deployments/$HEADGATE_DEPLOYMENT
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# api METHOD URL [JSON]: prints the answer; a refusal is printed to standard error and ends the script
api() {
  printf 'header = "Authorization: Bearer %s"\n' "$HEADGATE_TOKEN" |
    curl -sS --fail-with-body --max-time 300 --config - -X "$1" -H 'Content-Type: application/json' \
      ${3:+--data "$3"} -o "$work/answer" "$2" || {
    echo "$1 $2 was refused:" >&2
    cat "$work/answer" >&2
    echo >&2
    return 1
  }
  cat "$work/answer"
}

# field NAME: the first text of that name in a JSON document
field() {
  grep -o "\"$1\" *: *\"[^\"]*\"" | head -n 1 | sed 's/^"[^"]*" *: *"\(.*\)"$/\1/'
}

# How long to wait for Airflow, in seconds.
patience=${HEADGATE_PATIENCE:-900}

# text WORDS: as they stand in a JSON document
text() {
  printf %s "$1" | tr '\n\t' '  ' | sed 's/\\/\\\\/g; s/"/\\"/g'
}

# again: a second of patience less
again() {
  patience=$((patience - 1))
  if [ "$patience" -le 0 ]; then
    echo "$1 takes too long" >&2
    exit 1
  fi
  sleep 1
}

# 1. Say that something is coming; nothing changes yet.
created=$(api POST "$deployment/deploys" "{\"type\":\"DAG_ONLY\",\"description\":\"$(text "$description")\"}")
deploy=$(printf %s "$created" | field id)
upload=$(printf %s "$created" | field dagsUploadUrl)

# 2. Upload one archive. The URL carries its own right, for this deploy and a few hours.
cd "$folder"
set --
for part in dags include requirements.txt; do
  [ ! -e "$part" ] || set -- "$@" "$part"
done
if [ $# -eq 0 ]; then
  echo "$folder holds neither dags/ nor include/ nor requirements.txt" >&2
  exit 1
fi
tar -czf "$work/bundle.tar.gz" "$@"
curl -sS --fail-with-body --max-time 3600 -X PUT -H 'x-ms-blob-type: BlockBlob' --data-binary "@$work/bundle.tar.gz" \
  -H 'Content-Type: application/octet-stream' -D "$work/headers" "$upload" >&2
version=$(tr -d '\r' <"$work/headers" | sed -n 's/^[Xx]-[Mm]s-[Vv]ersion-[Ii]d: *//p')

# 3. Finalize. The answer usually comes after validation, and a broken DAG is refused here, with file and line. If it takes
#    more than a minute, the next step tells.
api POST "$deployment/deploys/$deploy/finalize" "{\"dagTarballVersion\":\"$version\"}" >/dev/null
echo "bundle version $version is accepted"

# 4. Wait until Airflow serves it.
until [ "${status:-}" = DEPLOYED ]; do
  answer=$(api GET "$deployment/deploys/$deploy")
  status=$(printf %s "$answer" | field status)
  if [ "$status" = FAILED ]; then
    printf '%s\n' "$answer" >&2
    exit 1
  fi
  [ "$status" = DEPLOYED ] || again "the deploy"
done
echo "bundle version $version is live"
[ -n "$dag" ] || exit 0

# 5. Run a DAG over Airflow's own REST API, with the same token.
airflow=$(api GET "$deployment" | field apiUrl)
api PATCH "$airflow/dags/$dag" '{"is_paused":false}' >/dev/null
run=$(api POST "$airflow/dags/$dag/dagRuns" '{"logical_date":null}' | field dag_run_id)
until [ "${state:-}" = success ]; do
  state=$(api GET "$airflow/dags/$dag/dagRuns/$run" | field state)
  if [ "$state" = failed ]; then
    echo "run $run of $dag failed" >&2
    exit 1
  fi
  [ "$state" = success ] || again "the run"
done
echo "run $run of $dag succeeded"
