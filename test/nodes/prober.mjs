/** Asks each address in turn, every 100 ms, until its input ends; then says how that went. */
const urls = process.argv.slice(2);
let stopped = false;
process.stdin.resume().on("end", () => (stopped = true));
let asked = 0;
const failures = [];
while (!stopped) {
  const url = urls[asked++ % urls.length];
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(15_000), headers: { connection: "close" } });
    if (!answer.ok) failures.push(`${new Date().toISOString()} ${url} ${answer.status}`);
    await answer.text();
  } catch (error) {
    failures.push(`${new Date().toISOString()} ${url} ${error.cause?.code ?? error.name}`);
  }
  await new Promise((resolve) => setTimeout(resolve, 100));
}
console.log(JSON.stringify({ asked, failed: failures.length, failures: failures.slice(0, 20) }));
process.exit(0);
