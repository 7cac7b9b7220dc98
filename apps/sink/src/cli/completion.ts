import type { Command } from 'commander';
import { AgentError, exitCodes } from '../agent-error.ts';

export const shells = ['bash', 'zsh', 'fish', 'powershell'] as const;

/** A script for the shell that completes commands, their own commands and their options; made from what there is. */
export function completion(program: Command, shell: string): string {
  const words = wordsOf(program);
  if (shell === 'bash') return bash(words);
  if (shell === 'zsh') return `autoload -U +X bashcompinit && bashcompinit\n${bash(words)}`;
  if (shell === 'fish') return fish(words);
  if (shell === 'powershell') return powershell(words);
  throw new AgentError(exitCodes.usage, `there is no completion for ${shell}; give one of ${shells.join(', ')}`);
}

/** What may follow each command; the program itself is the empty one. */
function wordsOf(program: Command): Map<string, string[]> {
  const words = new Map<string, string[]>();
  const visit = (command: Command, at: string[]): void => {
    const options = command.options.flatMap(({ long }) => long ?? []);
    words.set(at.join(' '), [...command.commands.map((one) => one.name()), ...options, '--help']);
    for (const one of command.commands) visit(one, [...at, one.name()]);
  };
  visit(program, []);
  return words;
}

const bash = (words: Map<string, string[]>): string => `_nexomatic_sink() {
  local path="" word
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$word" in -*) ;; *) path="\${path:+$path }$word" ;; esac
  done
  case "$path" in
${[...words].map(([at, next]) => `    "${at}") COMPREPLY=($(compgen -W "${next.join(' ')}" -- "\${COMP_WORDS[COMP_CWORD]}")) ;;`).join('\n')}
  esac
}
complete -o default -F _nexomatic_sink nexomatic-sink
`;

const fish = (words: Map<string, string[]>): string =>
  `${[...words]
    .map(([at, next]) => {
      const seen =
        at === ''
          ? '__fish_use_subcommand'
          : at
              .split(' ')
              .map((word) => `__fish_seen_subcommand_from ${word}`)
              .join('; and ');
      return `complete -c nexomatic-sink -n '${seen}' -a '${next.join(' ')}'`;
    })
    .join('\n')}\n`;

const powershell = (
  words: Map<string, string[]>,
): string => `Register-ArgumentCompleter -Native -CommandName nexomatic-sink -ScriptBlock {
  param($word, $ast)
  $path = ($ast.CommandElements | Select-Object -Skip 1 | ForEach-Object { "$_" } | Where-Object { $_ -notlike '-*' -and $_ -ne $word }) -join ' '
  $next = @{
${[...words].map(([at, next]) => `    '${at}' = @(${next.map((one) => `'${one}'`).join(', ')})`).join('\n')}
  }[$path]
  $next | Where-Object { $_ -like "$word*" } | ForEach-Object { [System.Management.Automation.CompletionResult]::new($_) }
}
`;
