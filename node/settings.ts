import type { OsModel } from "../model/schema.js";

/** Small files of the operating system, by path. */
export function settingFiles({ openFiles, processes }: OsModel): Record<string, string> {
  const limits = `LimitNOFILE=${openFiles}\nLimitNPROC=infinity\nLimitCORE=infinity\nTasksMax=infinity\n`;
  return {
    "/etc/systemd/system.conf.d/50-lightfleet.conf": `[Manager]\nDefaultLimitNOFILE=${openFiles}\nDefaultTasksMax=${processes}\n`,
    "/etc/security/limits.d/50-lightfleet.conf": `* - nofile ${openFiles}\nroot - nofile ${openFiles}\n`,
    "/etc/systemd/journald.conf.d/50-lightfleet.conf":
      "[Journal]\nSystemMaxUse=1G\nSystemKeepFree=1G\nRuntimeMaxUse=64M\nMaxRetentionSec=1month\n",
    // Amazon's own clock (EC2 User Guide, "Set the time for your Linux instance"); it needs no way out.
    "/etc/systemd/timesyncd.conf.d/50-lightfleet.conf": "[Time]\nNTP=169.254.169.123\n",
    // The firewall's script flushes all tables, Docker's too: it has to come first.
    "/etc/systemd/system/docker.service.d/50-lightfleet.conf": `[Unit]\nAfter=iptables.service systemd-sysctl.service\nRequiresMountsFor=/var/lib/docker /var/lib/containerd\n\n[Service]\nExecStartPre=-/usr/bin/python3 /opt/lightfleet/main.py guard\n${limits}`,
    "/etc/systemd/system/containerd.service.d/50-lightfleet.conf": `[Unit]\nRequiresMountsFor=/var/lib/containerd\n\n[Service]\n${limits}`,
    "/etc/systemd/system/iptables.service.d/50-lightfleet.conf":
      "[Service]\nExecStartPost=-/usr/sbin/sysctl -q -e --load=/etc/sysctl.d/99-lightfleet.conf\n",
  };
}
