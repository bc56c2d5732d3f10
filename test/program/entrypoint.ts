/** What the images run: it answers on port 8080, and ends as soon as it is told to. Arguments of a service come after it. */
const SCRIPT = "/bin/httpd -p 8080 -h /etc; trap 'exit 0' TERM; while :; do /bin/sleep 1000 & wait; done";
export const ENTRYPOINT: readonly string[] = ["/bin/sh", "-c", SCRIPT, "sh"];
