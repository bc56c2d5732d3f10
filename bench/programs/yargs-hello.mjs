import yargs from "yargs";

await yargs(["--help"]).scriptName("hello").command("world", "greets the world").parseAsync();
