#!/bin/bash
# Prepares the operating system of a VM, once, before it joins its swarm. May be run again at any time.
# What it needs to know lies in /etc/lightfleet; cloud-init has written that before.
set -euo pipefail
shopt -s nullglob
home=/opt/lightfleet
config=/etc/lightfleet

say() { echo "lightfleet: $*"; }
# The group replaces a VM that could not be prepared; it would else wait for it for long.
give_up() {
  say "failed in line $1"
  python3 "$home/main.py" abandon || true
}
trap 'give_up $LINENO' ERR

# Photon's package repositories moved, and older images still name the places where they were.
repositories() {
  local files=(/etc/yum.repos.d/*.repo)
  [ ${#files[@]} -eq 0 ] && return
  sed -i -e 's#packages\.vmware\.com#packages.broadcom.com#g' \
    -e 's#https\?://dl\.bintray\.com/vmware#https://packages.broadcom.com/photon#g' "${files[@]}"
}

# Photon ages passwords, root's too, and an aged one shuts logins by key as well.
passwords() {
  if [ -e /etc/login.defs ]; then sed -i -E 's/^PASS_MAX_DAYS.*/PASS_MAX_DAYS 99999/' /etc/login.defs; fi
  chage -m 0 -M 99999 -I -1 -E -1 root
}

# cloud-init reports success whatever tdnf says: so it is asked afterwards.
packages() {
  local wanted name try
  mapfile -t wanted < "$config/packages"
  [ ${#wanted[@]} -eq 0 ] && return
  for try in 1 2 3 4 5; do
    tdnf -y install "${wanted[@]}" && break
    say "packages: attempt $try failed"
    sleep $((try * 3))
  done
  for name in "${wanted[@]}"; do
    if command -v rpm > /dev/null && rpm -q glibc > /dev/null 2>&1; then rpm -q "$name"; else tdnf -y install "$name"; fi
  done
}

# An update of the engine by night would restart every task of the VM: updates come with a new image or a new VM.
updates() {
  local unit
  for unit in tdnf-automatic.timer tdnf-automatic-notifyonly.timer tdnf-automatic-install.timer; do
    if systemctl cat "$unit" > /dev/null 2>&1; then systemctl disable --now "$unit"; fi
    systemctl mask "$unit" 2> /dev/null || true
  done
}

modules() {
  local name
  while read -r name; do
    modprobe "$name" 2> /dev/null || [ -d "/sys/module/$name" ] || say "no kernel module $name"
  done < /etc/modules-load.d/lightfleet.conf
}

# A disk of its own for images, containers and volumes: the one that is neither in use nor formatted for something else. Not
# one that the machine type brings along: what is on that is gone when the VM is stopped.
data_disk() {
  [ -e "$config/data-disk" ] || return 0
  local label=lightfleet mount=/var/lib/lightfleet-data device part
  if ! blkid -L "$label" > /dev/null; then
    device=
    for part in $(lsblk -dnpo NAME,TYPE,MODEL | awk '$2 == "disk" && !/Instance Storage/ { print $1 }'); do
      if [ -z "$(lsblk -no MOUNTPOINT,FSTYPE "$part" | tr -d '[:space:]')" ] && [ "$(lsblk -no NAME "$part" | wc -l)" -eq 1 ]; then
        device=$part
      fi
    done
    if [ -z "$device" ]; then say "no disk for data"; return 1; fi
    mkfs.ext4 -q -L "$label" "$device"
  fi
  mkdir -p "$mount"
  if ! grep -q "$mount" /etc/fstab; then
    echo "LABEL=$label $mount ext4 defaults,noatime 0 2" >> /etc/fstab
    for part in docker containerd; do
      echo "$mount/$part /var/lib/$part none bind,x-systemd.requires-mounts-for=$mount 0 0" >> /etc/fstab
    done
  fi
  mountpoint -q "$mount" || mount "$mount"
  for part in docker containerd; do
    mkdir -p "$mount/$part" "/var/lib/$part"
    mountpoint -q "/var/lib/$part" || mount "/var/lib/$part"
  done
}

repositories
passwords
packages
updates
modules
systemctl daemon-reexec
systemctl daemon-reload
for unit in systemd-journald.service systemd-timesyncd.service; do systemctl try-restart "$unit" || say "no $unit"; done

# The image may have started the engine already: it takes its configuration, its disk and the firewall anew.
for unit in docker.socket docker.service containerd.service; do systemctl stop "$unit" 2> /dev/null || true; done
data_disk
python3 "$home/main.py" daemon
if systemctl cat iptables.service > /dev/null 2>&1; then
  systemctl enable iptables.service
  systemctl restart iptables.service
fi
sysctl -q -e --load=/etc/sysctl.d/99-lightfleet.conf || say "not every kernel parameter was taken"
systemctl enable docker.service
systemctl start docker.service
systemctl enable --now lightfleet.timer
say "prepared"
