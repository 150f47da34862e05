#!/bin/bash
# From nothing to an S3 endpoint: a one-node Ceph (monitor, OSD on a file, RADOS gateway) in one folder, loopback only. As root, from the Debian mirror only.
# usage: ceph-s3.sh DIR PORT   → http://127.0.0.1:PORT, keys studiokey / studiosecret; stop by the pids in DIR/*.pid, then umount DIR/root/proc
set -euo pipefail
HERE=$(cd "$(dirname "$0")" && pwd); D=$(mkdir -p "$1" && realpath "$1"); PORT=$2; MON=$((PORT + 1)); R=$D/root; cd "$D"
[ -x $R/usr/bin/radosgw ] || "$HERE/trixie-root.sh" $R radosgw ceph-mon ceph-osd dash libc-bin coreutils base-files
for d in bin sbin lib lib64; do [ -e $R/$d ] || ln -s usr/$d $R/$d; done
mkdir -p $R/{dev,tmp,proc,etc/ceph,run/ceph,var/log/ceph} $R/var/lib/ceph/{mon/ceph-a,osd/ceph-0,rgw}; chmod 1777 $R/tmp
for n in "null 1 3" "zero 1 5" "urandom 1 9" "random 1 8"; do set -- $n; [ -e $R/dev/$1 ] || mknod -m 666 $R/dev/$1 c $2 $3; done
mountpoint -q $R/proc || mount -t proc proc $R/proc
F=$(cat /proc/sys/kernel/random/uuid)
cat > $R/etc/ceph/ceph.conf <<C
[global]
fsid = $F
mon host = v2:127.0.0.1:$MON
mon initial members = a
keyring = /etc/ceph/keyring
auth allow insecure global id reclaim = false
public addr = 127.0.0.1
ms bind msgr1 = false
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 4
osd pool default pgp num = 4
osd pool default pg autoscale mode = off
mon allow pool size one = true
mon warn on pool no redundancy = false
osd crush chooseleaf type = 0
osd objectstore = bluestore
bluestore block size = 8589934592
bluestore block create = true
bluestore block db create = false
bluestore block wal create = false
osd memory target = 1073741824
run dir = /run/ceph
[client.rgw]
rgw frontends = beast endpoint=127.0.0.1:$PORT
rgw data = /var/lib/ceph/rgw
rgw enable usage log = false
rgw thread pool size = 64
C
IN=(env -i LANG=C.UTF-8 PATH=/usr/sbin:/usr/bin:/sbin:/bin chroot $R)
t() { echo "[$(date +%T.%N | cut -c1-10)] $*"; }
rm -f $R/etc/ceph/keyring; K="${IN[*]} ceph-authtool /etc/ceph/keyring"; $K --create-keyring --gen-key -n mon. --cap mon "allow *"; $K --gen-key -n client.admin --cap mon "allow *" --cap osd "allow *" --cap mgr "allow *"; $K --gen-key -n osd.0 --cap mon "allow profile osd" --cap osd "allow *"; $K --gen-key -n client.rgw --cap mon "allow rw" --cap osd "allow rwx"
t mkfs mon; timeout 20 "${IN[@]}" monmaptool --create --clobber --fsid $F --addv a "[v2:127.0.0.1:$MON]" /tmp/monmap; timeout 30 "${IN[@]}" ceph-mon --mkfs -i a --fsid $F --monmap /tmp/monmap --keyring /etc/ceph/keyring
t mon; "${IN[@]}" ceph-mon -i a -f --public-addr v2:127.0.0.1:$MON > mon.log 2>&1 & echo $! > mon.pid
sleep 2
t osd new; U=$(cat /proc/sys/kernel/random/uuid); timeout 30 "${IN[@]}" ceph --connect-timeout 20 osd new $U 0
t mkfs osd; timeout 60 "${IN[@]}" ceph-osd -i 0 --mkfs --osd-uuid $U --osd-data /var/lib/ceph/osd/ceph-0
t osd; "${IN[@]}" ceph-osd -i 0 -f --osd-data /var/lib/ceph/osd/ceph-0 > osd.log 2>&1 & echo $! > osd.pid
for i in $(seq 30); do timeout 10 "${IN[@]}" ceph --connect-timeout 5 osd stat 2>/dev/null | tee osdstat | grep -q '1 up' && break; sleep 0.5; done; cat osdstat
t rgw; "${IN[@]}" radosgw -n client.rgw -f > rgw.log 2>&1 & echo $! > rgw.pid
for i in $(seq 120); do curl -s -m 2 -o /dev/null http://127.0.0.1:$PORT/ && break; sleep 0.5; done
t user; timeout 60 "${IN[@]}" radosgw-admin -n client.rgw user create --uid=studio --display-name=studio --access-key=studiokey --secret-key=studiosecret | head -5
t ready
