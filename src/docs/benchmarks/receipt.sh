#!/usr/bin/env bash
# Rates of receipt of qsm-node, DCMTK storescp and Orthanc, side by side: in each round every sender meets every receiver
# once, and the receivers take turns at being first. Then the node receives while it computes a study on all cores, idle and
# computing in turns. Prints one line a run and the medians as tables.
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

# While the node computes: a head whose pdi-vi takes minutes.
deploy/qsm-node simulate --vendor siemens --out "$work/study" --seed 1 --matrix 160,160,96 --voxel-mm 1.3,1.3,1.5 \
  >/dev/null 2>&1
: >"$work/runs"
for sender in load-1 load-8; do
  for _ in 1 2 3; do
    read -r rate late < <(run $sender $node_port)
    echo "1 $sender idle $rate $late" | tee -a "$work/runs"
  done
done
deploy/qsm-node push --to "QSMNODE@localhost:$node_port" "$work/study/dicom" >/dev/null 2>&1
until grep -q ": inversion" "$work/node.log"; do sleep 1; done
for round in $(seq 5); do
  for sender in load-1 load-8; do
    read -r rate late < <(run $sender $node_port)
    ! grep -q " READY after " "$work/node.log" || { echo "the study was ready too soon" >&2; exit 1; }
    echo "$round $sender computing $rate $late" | tee -a "$work/runs"
  done
done
printf '\n| sender | idle | computing | computing / idle |\n|---|---:|---:|---:|\n'
for sender in load-1 load-8; do
  for column in 4 5; do
    [ $column = 4 ] && unit="objects/s" || unit="99th percentile, ms"
    i=$(median $sender idle $column) c=$(median $sender computing $column)
    awk -v s="$sender, $unit" -v i="$i" -v c="$c" 'BEGIN {printf "| %s | %s | %s | %.2f |\n", s, i, c, c / i}'
  done
done
