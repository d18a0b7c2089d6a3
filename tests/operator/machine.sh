#!/bin/bash
# Runs the lines of a page as the root of a machine of their own: the first process of a mount, a
# network and a process namespace. Layers over this machine's folders take what is written.
# Arguments: the project, a folder for the layers, uv, the tests' Python, the file with the lines.
set -Eeuo pipefail
project=$1 layers=$2 uv=$3 python=$4 page=$5

for folder in etc opt root usr/local var; do
    mkdir -p "$layers/$folder/new" "$layers/$folder/work"
    options="lowerdir=/$folder,upperdir=$layers/$folder/new,workdir=$layers/$folder/work"
    mount -t overlay overlay -o "$options" "/$folder"
done
mount -t tmpfs -o mode=755 tmpfs /run
mkdir -p /usr/local/src/twiza ~/.local/bin
mount --bind "$project" /usr/local/src/twiza
ln -sf "$uv" ~/.local/bin/uv
cp "$project/tests/operator/systemctl" /usr/local/bin/systemctl
hash -r

"$python" "$project/tests/operator/network.py"
"$python" "$project/tests/operator/mail_server.py" 2525 /run/mails &

# As Debian's package leaves it: a cluster that runs, whose administrator comes by the socket.
start_postgresql() {
    if pg_lsclusters --no-header | grep -q "^15 *main "; then pg_dropcluster --stop 15 main; fi
    install -d -o postgres -g postgres -m 2775 /run/postgresql
    pg_createcluster --port 5432 15 main -- --no-sync
    pg_ctlcluster 15 main start --options "-c fsync=off"
}

# The rest of shop.env, which the operator writes.
write_settings() {
    local name
    for name in "${!WRITTEN_@}"; do
        sed -i "/^${name#WRITTEN_}=/d" /etc/twiza/shop.env
        echo "${name#WRITTEN_}=${!name}" >>/etc/twiza/shop.env
    done
}

# A browser, at the web process behind the proxy.
first_order() {
    order=$("$python" "$project/tests/operator/first_order.py" http://127.0.0.1:8000 shop.example "$1")
    echo "ordered: $order"
}

# Green soon after a start: the worker takes some seconds.
examine() {
    local end=$((SECONDS + 300))
    until twiza doctor >/run/doctor 2>&1; do
        if [ $SECONDS -gt $end ]; then
            cat /run/doctor
            return 1
        fi
        sleep 1
    done
    cat /run/doctor
}

order_is_there() {
    curl --fail --silent --output /dev/null --header "Host: shop.example" "$order"
    echo "the order is there"
}

source "$page"
