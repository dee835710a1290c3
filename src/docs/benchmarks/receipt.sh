#!/usr/bin/env bash
# Rates of receipt of qsm-node, DCMTK storescp and Orthanc, side by side: in each round every sender meets every receiver
# once, and the receivers take turns at being first. Prints one line a run and the medians as tables.
# Usage: src/docs/benchmarks/receipt.sh [ROUNDS] [OBJECTS], after mvn -q -DskipTests package; needs DCMTK and Orthanc.
set -euo pipefail
cd "$(dirname "$0")/../../.."

rounds=${1:-5}
objects=${2:-1500}
bytes=71000
node_port=11512 storescp_port=11513 orthanc_port=11514
work=$(mktemp -d)
export TCP_NODELAY=1  # DCMTK: without it, its answers wait for the peer's delayed acknowledgement

stop() {
  # shellcheck disable=SC2046 # one process a word
  kill $(jobs -p) 2>/dev/null || true
  wait 2>/dev/null || true
  rm -rf "$work"
}
trap stop EXIT

# An image as `load` sends it, for storescu, which gives it new UIDs at each sending.
mkdir "$work"/{image,storescp,orthanc,node}
storescp --output-directory "$work/image" "$storescp_port" &
first=$!
sleep 1
deploy/qsm-node load --to QSMNODE@localhost:$storescp_port --objects 1 --bytes $bytes >"$work/first.log" 2>&1
kill $first
wait $first 2>/dev/null || true
image=$(find "$work/image" -type f)

storescp --max-pdu 131072 --fork --output-directory "$work/storescp" $storescp_port 2>/dev/null &
cat >"$work/orthanc.json" <<EOF
{"StorageDirectory": "$work/orthanc", "IndexDirectory": "$work/orthanc", "DicomPort": $orthanc_port,
 "DicomAet": "ORTHANC", "DicomCheckCalledAet": false, "DicomAlwaysAllowStore": true, "MaximumPduLength": 131072,
 "HttpServerEnabled": false, "Plugins": []}
EOF
PATH="$PATH:/usr/sbin" Orthanc "$work/orthanc.json" >"$work/orthanc.log" 2>&1 &
cat >"$work/node.properties" <<EOF
node.dicom.port=$node_port
node.work.directory=$work/node
EOF
deploy/qsm-node serve --conf "$work/node.properties" >"$work/node.log" 2>&1 &
node=$!

for port in $node_port $storescp_port $orthanc_port; do
  for _ in $(seq 60); do
    echoscu --quiet --call QSMNODE localhost $port 2>/dev/null && continue 2
    sleep 1
  done
  echo "no answer on port $port" >&2
  exit 1
done

ports=("$node_port:qsm-node" "$storescp_port:storescp" "$orthanc_port:orthanc")

# Objects a second of one run: storescu's wall time, or what load says, with the 99th percentile of the answers.
run() {
  local sender=$1 port=$2
  case $sender in
    storescu)
      local start end
      start=$(date +%s%N)
      storescu --call QSMNODE --max-send-pdu 131072 --invent-instance --repeat "$objects" localhost "$port" "$image" >/dev/null 2>&1
      end=$(date +%s%N)
      echo "$((objects * 1000000000 / (end - start))) -"
      ;;
    load-*)
      deploy/qsm-node load --to "QSMNODE@localhost:$port" --objects "$objects" --bytes $bytes \
        --associations "${sender#load-}" 2>/dev/null |
        sed -n 's/.*: \([0-9]*\) objects\/s$/\1/p; s/.*99 % \([0-9.]*\) ms.*/\1/p' | paste -sd' '
      ;;
  esac
}

echo "round sender receiver objects/s 99th-percentile-ms"
for round in $(seq "$rounds"); do
  for sender in storescu load-1 load-8; do
    for turn in 0 1 2; do
      peer=${ports[$(((turn + round) % 3))]}
      read -r rate late < <(run $sender "${peer%%:*}")
      echo "$round $sender ${peer#*:} $rate $late" | tee -a "$work/runs"
    done
  done
done

median() {
  awk -v sender="$1" -v peer="$2" -v column="$3" '$2 == sender && $3 == peer {print $column}' "$work/runs" | sort -n |
    awk '{v[NR] = $1} END {print v[int((NR + 1) / 2)]}'
}

printf '\n| sender | qsm-node | storescp | Orthanc | node / storescp | node / Orthanc |\n|---|---:|---:|---:|---:|---:|\n'
for sender in storescu load-1 load-8; do
  for column in 4 5; do
    [ "$sender" = storescu ] && [ $column = 5 ] && continue
    n=$(median $sender qsm-node $column) s=$(median $sender storescp $column) o=$(median $sender orthanc $column)
    [ $column = 4 ] && unit="objects/s" || unit="99th percentile, ms"
    echo "$sender $unit $n $s $o" |
      awk '{u = $2; for (i = 3; i <= NF - 3; i++) u = u " " $i; n = $(NF-2); s = $(NF-1); o = $NF
            printf "| %s, %s | %s | %s | %s | %.2f | %.2f |\n", $1, u, n, s, o, n / s, n / o}'
  done
done
printf '\nresident memory of the node: %s MiB\n' "$(($(awk '/VmRSS/ {print $2}' /proc/$node/status) / 1024))"
