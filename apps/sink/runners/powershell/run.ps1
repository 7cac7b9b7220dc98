# One attempt from start to end, for PowerShell 7 and Windows PowerShell 5.1: finds what the event's action names, calls it,
# and hands back what it puts out. Started by the agent; the protocol is described in ../README.md.

$ErrorActionPreference = 'Stop'
[Console]::OutputEncoding = New-Object System.Text.UTF8Encoding $false
Import-Module (Join-Path $PSScriptRoot 'Nexomatic/Nexomatic.psd1')
$nexomatic = Get-Module Nexomatic
$start = & $nexomatic { Connect-Agent }
if ($null -eq $start) { exit 0 }
& $nexomatic { param($start) Set-TerminateIgnored; Set-Context $start } $start

# The command that a dotted name leads to: the script reports/daily.ps1, or the function `daily` of reports.psm1.
function Find-Target([string]$Name, [string[]]$Roots) {
    if ($Name -notmatch '^[A-Za-z_][\w-]*(\.[A-Za-z_][\w-]*)*$') { return "'$Name' is not a name joined by dots, for example reports.daily" }
    $parts = $Name.Split('.')
    foreach ($root in $Roots) {
        $script = [System.IO.Path]::Combine($root, [string]::Join('/', $parts) + '.ps1')
        if (Test-Path -LiteralPath $script -PathType Leaf) { return Get-Command -Name $script }
        if ($parts.Length -lt 2) { continue }
        $module = [System.IO.Path]::Combine($root, [string]::Join('/', $parts[0..($parts.Length - 2)]) + '.psm1')
        if (-not (Test-Path -LiteralPath $module -PathType Leaf)) { continue }
        $function = (Import-Module $module -PassThru -DisableNameChecking).ExportedCommands[$parts[-1]]
        if ($null -eq $function) { return "${Name}: there is no function $($parts[-1]) in $module" }
        return $function
    }
    "${Name}: there is no script $([string]::Join('/', $parts)).ps1 in $([string]::Join([System.IO.Path]::PathSeparator, $Roots))"
}

# The context if it is asked for, and the event's parameters that have the name of a declared one.
function Get-Arguments($Target) {
    $context = Get-NexomaticContext
    $given = @{}
    foreach ($name in $Target.Parameters.Keys) {
        if ($name -eq 'Context') { $given[$name] = $context }
        elseif ($context.Params.ContainsKey($name)) { $given[$name] = $context.Params[$name] }
    }
    $given
}

# Everything that PowerShell tells apart stays apart: warnings, errors that do not end it and fine print become records,
# what is written to the host is output, and what is left is the result.
function Receive-Streams($Results) {
    process {
        $one = $_
        if ($one -is [System.Management.Automation.WarningRecord]) { Write-NexomaticLog $one.Message -Level warn }
        elseif ($one -is [System.Management.Automation.VerboseRecord]) { Write-NexomaticLog $one.Message -Level debug }
        elseif ($one -is [System.Management.Automation.DebugRecord]) { Write-NexomaticLog $one.Message -Level debug }
        elseif ($one -is [System.Management.Automation.InformationRecord]) { [Console]::Out.WriteLine($one.MessageData) }
        elseif ($one -isnot [System.Management.Automation.ErrorRecord]) { $Results.Add($one) }
        elseif ($one.FullyQualifiedErrorId -like 'NativeCommandError*') { [Console]::Error.WriteLine($one.Exception.Message) }
        else { Write-NexomaticLog $one.Exception.Message -Level error }
    }
}

function Send-Error([string]$Reason, [string]$Message, [string]$Detail) {
    $line = ($Message -replace '\s+', ' ').Trim()
    # The agent cuts it down for lists, after it has masked secrets: a cut could go through one.
    if ($line.Length -gt 100000) { $line = $line.Substring(0, 99999) + [char]0x2026 }
    $record = @{ type = 'error'; reason = $Reason; message = $line }
    if ($Detail) { $record.detail = $Detail }
    & $nexomatic { param($record) Send-ToAgent $record } $record
}

try {
    $target = Find-Target $start.module @($start.moduleRoots)
    if ($target -is [string]) {
        Send-Error 'module_not_found' $target
        exit 1
    }
    $arguments = Get-Arguments $target
    $results = New-Object System.Collections.Generic.List[object]
    $ErrorActionPreference = 'Continue'
    & $target @arguments *>&1 | Receive-Streams $results
    $ErrorActionPreference = 'Stop'
} catch {
    $kind = $_.Exception.GetType().Name
    $where = "$($_.InvocationInfo.PositionMessage)`n$($_.ScriptStackTrace)"
    Send-Error 'exception' "${kind}: $($_.Exception.Message)" "${kind}: $($_.Exception.Message)`n$where"
    exit 1
}

try {
    $value = $null
    if ($results.Count -eq 1) { $value = $results[0] } elseif ($results.Count -gt 1) { $value = $results.ToArray() }
    $json = & $nexomatic { param($value) ConvertTo-JsonText $value } $value
    & $nexomatic { param($json) Send-ToAgent @{ type = 'result'; json = $json } } $json
} catch {
    Send-Error 'result_invalid' "the result can not be written as JSON: $($_.Exception.Message)"
    exit 1
}
exit 0
