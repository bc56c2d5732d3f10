import { basename } from "node:path";
import { defineVerb } from "../verb.js";

const SHELLS = ["bash", "zsh", "fish"] as const;

type Shell = (typeof SHELLS)[number];

export const completion = defineVerb({
  name: "completion",
  summary: "Print a shell completion script",
  positionals: { shell: { choices: SHELLS, describe: "Shell (default: from $SHELL)" } },
  examples: [["completion bash >> ~/.bashrc", "for every new shell"]],
  run: async (args, { env }) => {
    const shell = args.shell ?? shellOf(env);
    return { shell, script: SCRIPTS[shell] };
  },
  show: ({ script }, terminal) => terminal.result(script),
});

const SCRIPTS: Readonly<Record<Shell, string>> = {
  bash: `# lightfleet: completion for bash
_lightfleet() {
  local IFS=$'\\n'
  COMPREPLY=($(compgen -W "$(lightfleet --get-yargs-completions "\${COMP_WORDS[@]:0:COMP_CWORD+1}" 2>/dev/null)" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o bashdefault -o default -F _lightfleet lightfleet`,
  zsh: `# lightfleet: completion for zsh
_lightfleet() {
  local -a reply
  reply=("\${(@f)$(lightfleet --get-yargs-completions "\${(@)words[1,CURRENT]}" 2>/dev/null)}")
  _describe 'lightfleet' reply
}
compdef _lightfleet lightfleet`,
  fish: `# lightfleet: completion for fish
complete -c lightfleet -f -a '(lightfleet --get-yargs-completions (commandline -opc) (commandline -ct) 2>/dev/null | string replace : \\t)'`,
};

function shellOf(env: NodeJS.ProcessEnv): Shell {
  const name = basename(env["SHELL"] ?? "");
  return name === "zsh" || name === "fish" ? name : "bash";
}
