import { basename } from "node:path";
import { runVerb, type GlobalArgs } from "../run.js";

type Shell = "bash" | "zsh" | "fish";

interface CompletionArgs extends GlobalArgs {
  readonly shell: Shell | undefined;
}

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

export function run(args: CompletionArgs, env: NodeJS.ProcessEnv): Promise<number> {
  const shell = args.shell ?? shellOf(env);
  return runVerb(
    {
      name: "completion",
      action: async () => ({ shell, script: SCRIPTS[shell] }),
      show: ({ script }, terminal) => terminal.result(script),
    },
    args,
    env,
  );
}

function shellOf(env: NodeJS.ProcessEnv): Shell {
  const name = basename(env["SHELL"] ?? "");
  return name === "zsh" || name === "fish" ? name : "bash";
}
