/**
 * What shells are told: each asks the program for every word, so that a script never grows old. Names that others have
 * chosen go from the program into the line as they are, and through no expansion of the shell.
 */
export const scripts = {
  // Bash takes a word apart at colons, which channels have.
  bash: String.raw`_claude_bridge() {
  local line="\${COMP_LINE:0:COMP_POINT}" words cur had="" candidate
  read -ra words <<< "$line"
  [[ $line == *[[:space:]] ]] && words+=("")
  cur="\${words[\${#words[@]}-1]}"
  [[ $COMP_WORDBREAKS == *:* ]] && had="\${cur%"\${cur##*:}"}"
  COMPREPLY=()
  while IFS=$'\t' read -r candidate _; do
    COMPREPLY+=("\${candidate#"$had"}")
  done < <(claude-bridge completion --complete -- "\${words[@]:1}" 2>/dev/null)
}
complete -o default -F _claude_bridge claude-bridge
`.replaceAll("\\$", "$"),
  zsh: String.raw`#compdef claude-bridge
_claude_bridge() {
  local -a names
  local line
  for line in "\${(@f)$(claude-bridge completion --complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}"; do
    [[ -n $line ]] && names+=("\${line%%$'\t'*}")
  done
  if (( $#names )); then compadd -a names; else _files; fi
}
compdef _claude_bridge claude-bridge
`.replaceAll("\\$", "$"),
  fish: String.raw`function __claude_bridge_complete
  set -l words (commandline -opc) (commandline -ct)
  claude-bridge completion --complete -- $words[2..-1] 2>/dev/null
end
complete -c claude-bridge -f -a '(__claude_bridge_complete)'
complete -c claude-bridge -l file -r -F
`,
  // It loses empty arguments, and takes a word that begins with @ for something of its own.
  powershell: String.raw`Register-ArgumentCompleter -Native -CommandName claude-bridge -ScriptBlock {
  param($word, $ast, $cursor)
  $words = @($ast.CommandElements | Select-Object -Skip 1 | ForEach-Object { $_.Extent.Text.Trim("'") })
  $next = if ($word -eq '') { @('--next') } else { @() }
  claude-bridge completion --complete @next '--' @words 2>$null | ForEach-Object {
    $name = ($_ -split [char]9)[0]
    $text = if ($name.StartsWith('@')) { "'$name'" } else { $name }
    [System.Management.Automation.CompletionResult]::new($text, $name, 'ParameterValue', $name)
  }
}
`,
} as const;

export type Shell = keyof typeof scripts;

export const isShell = (name: string): name is Shell => Object.hasOwn(scripts, name);
