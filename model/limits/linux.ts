import type { Limit } from "./limit.js";

/** What the kernel of the VMs puts on containers. */
export const LINUX_LIMITS = {
  /** A variable is `NAME=value` and a zero; an argument is its text and a zero. */
  argument: {
    max: 131_071,
    unit: "bytes",
    of: "an argument, or a variable with its name",
    source: "Linux include/uapi/linux/binfmts.h, MAX_ARG_STRLEN",
  },
  fileName: { min: 1, max: 255, unit: "bytes", of: "a part of a path", source: "Linux limits.h, NAME_MAX" },
  path: { min: 1, max: 4_095, unit: "bytes", of: "a path", source: "Linux limits.h, PATH_MAX" },
  processes: {
    min: 1,
    max: 4_194_304,
    unit: "processes",
    of: "the processes and threads of a container",
    source: "Linux include/linux/threads.h, PID_MAX_LIMIT",
  },
  openFiles: {
    min: 1_024,
    max: 1_073_741_816,
    unit: "files",
    of: "the open files of a process",
    source: "Linux fs/file.c, sysctl_nr_open_max",
  },
  /** 4294967295 is no user: it stands for none. Docker takes half of them. */
  userId: {
    max: 2_147_483_647,
    unit: "",
    of: "the id of a user or a group",
    source: "moby/sys user, GetExecUser: minID and maxID",
  },
  hostName: {
    min: 1,
    max: 64,
    unit: "characters",
    of: "the host name of a container",
    source: "Linux include/uapi/linux/utsname.h, __NEW_UTS_LEN",
  },
} as const satisfies Record<string, Limit>;

/** Limits of a process (setrlimit(2)), as Docker names them (docker/go-units, ulimit.go). */
export const ULIMITS: readonly string[] = [
  ...["core", "cpu", "data", "fsize", "locks", "memlock", "msgqueue", "nice", "nofile", "nproc", "rss", "rtprio"],
  ...["rttime", "sigpending", "stack"],
];

/** Signals of Linux (signal(7)), as Docker takes them (moby/sys, signal). */
export const SIGNALS: readonly string[] = [
  ...["SIGABRT", "SIGALRM", "SIGBUS", "SIGCHLD", "SIGCONT", "SIGFPE", "SIGHUP", "SIGILL", "SIGINT", "SIGIO", "SIGKILL"],
  ...["SIGPIPE", "SIGPROF", "SIGPWR", "SIGQUIT", "SIGSEGV", "SIGSTKFLT", "SIGSTOP", "SIGSYS", "SIGTERM", "SIGTRAP"],
  ...["SIGTSTP", "SIGTTIN", "SIGTTOU", "SIGURG", "SIGUSR1", "SIGUSR2", "SIGVTALRM", "SIGWINCH", "SIGXCPU", "SIGXFSZ"],
  ...["SIGRTMIN", "SIGRTMAX"],
  ...Array.from({ length: 15 }, (_, index) => `SIGRTMIN+${index + 1}`),
  ...Array.from({ length: 14 }, (_, index) => `SIGRTMAX-${index + 1}`),
];

/**
 * The capabilities that a container has where nothing says otherwise.
 * @see https://docs.docker.com/engine/containers/run/#runtime-privilege-and-linux-capabilities
 */
export const DEFAULT_CAPABILITIES: readonly string[] = [
  ...["AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "NET_BIND_SERVICE", "NET_RAW"],
  ...["SETFCAP", "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT"],
];

/** Capabilities that Linux has (capabilities(7)), as Docker names them; `ALL` is all of them. */
export const CAPABILITIES: readonly string[] = [
  ...["ALL", "AUDIT_CONTROL", "AUDIT_READ", "AUDIT_WRITE", "BLOCK_SUSPEND", "BPF", "CHECKPOINT_RESTORE", "CHOWN"],
  ...["DAC_OVERRIDE", "DAC_READ_SEARCH", "FOWNER", "FSETID", "IPC_LOCK", "IPC_OWNER", "KILL", "LEASE"],
  ...["LINUX_IMMUTABLE", "MAC_ADMIN", "MAC_OVERRIDE", "MKNOD", "NET_ADMIN", "NET_BIND_SERVICE", "NET_BROADCAST"],
  ...["NET_RAW", "PERFMON", "SETFCAP", "SETGID", "SETPCAP", "SETUID", "SYSLOG", "SYS_ADMIN", "SYS_BOOT"],
  ...["SYS_CHROOT", "SYS_MODULE", "SYS_NICE", "SYS_PACCT", "SYS_PTRACE", "SYS_RAWIO", "SYS_RESOURCE", "SYS_TIME"],
  ...["SYS_TTY_CONFIG", "WAKE_ALARM"],
];

/** Directories that the container's runtime mounts itself: nothing of ours can be mounted on or below them. */
export const RUNTIME_PATHS = ["/proc", "/sys"] as const;
