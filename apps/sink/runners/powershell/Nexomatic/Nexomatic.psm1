# For PowerShell 7 and Windows PowerShell 5.1. run.ps1 uses the functions that are not exported.

$script:writer = $null
$script:context = $null

function Get-NexomaticContext {
    <#
    .SYNOPSIS
    The event that is being worked on: Payload, PayloadBytes, ContentType, Params, EventId, EventType, Attempt, RootId,
    TraceId, Cancelled (true once the module should stop), and Secret('key').
    #>
    [CmdletBinding()]
    param()
    if ($null -eq $script:context) { throw 'There is no context: this is not run by a Nexomatic sink.' }
    $script:context
}

function Write-NexomaticLog {
    <#
    .SYNOPSIS
    A structured record: Write-NexomaticLog 'sent' -Fields @{ to = $address }
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory, Position = 0)][AllowEmptyString()][string]$Message,
        [ValidateSet('debug', 'info', 'warn', 'error')][string]$Level = 'info',
        [System.Collections.IDictionary]$Fields
    )
    $record = @{ type = 'log'; level = $Level; message = $Message }
    if ($Fields) { $record.fields = $Fields }
    Send-ToAgent $record
}

function Write-NexomaticWarning {
    <#
    .SYNOPSIS
    The event ends as WARNING instead of SUCCESS; the first text is shown beside it.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory, Position = 0)][AllowEmptyString()][string]$Message,
        [System.Collections.IDictionary]$Fields
    )
    $record = @{ type = 'warn'; message = $Message }
    if ($Fields) { $record.fields = $Fields }
    Send-ToAgent $record
}

function Write-NexomaticProgress {
    <#
    .SYNOPSIS
    How far the work is, from 0 to 1.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory, Position = 0)][double]$Fraction,
        [Parameter(Position = 1)][string]$Text
    )
    if ([double]::IsNaN($Fraction)) { throw 'progress is not a number' }
    $record = @{ type = 'progress'; fraction = [Math]::Min([Math]::Max($Fraction, 0.0), 1.0) }
    if ($Text) { $record.text = $Text }
    Send-ToAgent $record
}

function Send-ToAgent([System.Collections.IDictionary]$Record) {
    if ($null -eq $script:writer) { throw 'There is nobody to tell: this is not run by a Nexomatic sink.' }
    $script:writer.WriteLine((ConvertTo-JsonText $Record))
}

# A value as JSON in one line. Strings may carry properties that would be written in their place.
function ConvertTo-JsonText($Value) {
    if ($null -eq $Value) { return 'null' }
    if ($Value -is [string]) { $Value = $Value.ToString() }
    ConvertTo-Json -InputObject $Value -Compress -Depth 64
}

# Opens the way to the agent and gives the start line, or nothing if the agent is gone already.
function Connect-Agent {
    if ($env:NX_CHANNEL) {
        $name = $env:NX_CHANNEL -replace '^\\\\\.\\pipe\\', ''
        $pipe = New-Object System.IO.Pipes.NamedPipeClientStream '.', $name, 'InOut', 'Asynchronous'
        $pipe.Connect(10000)
        $in = $pipe
        $out = $pipe
    } else {
        $in = Open-Descriptor 3 'In'
        $out = Open-Descriptor 4 'Out'
    }
    $utf8 = New-Object System.Text.UTF8Encoding $false
    $reader = New-Object System.IO.StreamReader $in, $utf8
    $script:writer = New-Object System.IO.StreamWriter $out, $utf8
    $script:writer.NewLine = "`n"
    $script:writer.AutoFlush = $true
    $line = $reader.ReadLine()
    if ($null -eq $line) { return }
    $script:watched = Start-AgentWatch $reader
    ConvertFrom-Json $line
}

function Open-Descriptor([int]$Number, [string]$Direction) {
    $handle = New-Object Microsoft.Win32.SafeHandles.SafePipeHandle ([IntPtr]$Number), $false
    New-Object System.IO.Pipes.AnonymousPipeClientStream $Direction, $handle
}

# Listens in a thread of its own: `cancel` sets a mark, and the end of the pipe means that the agent is gone, so that
# nobody would end this process or take its result.
function Start-AgentWatch($Reader) {
    $told = [hashtable]::Synchronized(@{ Cancelled = $false })
    $listener = [powershell]::Create()
    [void]$listener.AddScript({
            param($reader, $told, $own)
            while ($null -ne ($line = $reader.ReadLine())) {
                if ($line -match '"type":"cancel"') { $told.Cancelled = $true }
            }
            if ([System.IO.Path]::DirectorySeparatorChar -eq '/') {
                [void][System.Diagnostics.Process]::Start('/bin/kill', "-KILL -- -$own")
            } else {
                [void][System.Diagnostics.Process]::Start('taskkill', "/T /F /PID $own")
            }
        }).AddArgument($Reader).AddArgument($told).AddArgument($PID)
    [void]$listener.BeginInvoke()
    $told
}

# Without this, .NET ends the process at SIGTERM and the module has no time to finish. Windows sends no such signal.
function Set-TerminateIgnored {
    if (-not ('System.Runtime.InteropServices.PosixSignalRegistration' -as [type])) { return }
    $given = [System.Linq.Expressions.Expression]::Parameter([System.Runtime.InteropServices.PosixSignalContext], 'given')
    $body = [System.Linq.Expressions.Expression]::Assign(
        [System.Linq.Expressions.Expression]::Property($given, 'Cancel'),
        [System.Linq.Expressions.Expression]::Constant($true))
    $handler = [System.Linq.Expressions.Expression]::Lambda(
        [Action[System.Runtime.InteropServices.PosixSignalContext]], $body, $given).Compile()
    $script:terminate = [System.Runtime.InteropServices.PosixSignalRegistration]::Create(
        [System.Runtime.InteropServices.PosixSignal]::SIGTERM, $handler)
}

function Set-Context($Start) {
    $params = @{}
    foreach ($one in $Start.parameters.PSObject.Properties) { $params[$one.Name] = ConvertFrom-JsonValue $one.Value }
    $secrets = @{}
    foreach ($one in $Start.secrets.PSObject.Properties) { $secrets[$one.Name] = $one.Value }
    $told = $script:watched
    $context = New-Object psobject -Property @{
        EventId = $Start.eventId; EventType = $Start.eventType; Attempt = $Start.attempt; RootId = $Start.rootId
        TraceId = $Start.traceId; ContentType = $Start.contentType; Params = $params
        PayloadBytes = [Convert]::FromBase64String($Start.payloadBase64)
    }
    Add-Member -InputObject $context ScriptProperty Payload {
        ConvertFrom-Json ([System.Text.Encoding]::UTF8.GetString($this.PayloadBytes))
    }
    Add-Member -InputObject $context ScriptProperty Cancelled { $told.Cancelled }.GetNewClosure()
    Add-Member -InputObject $context ScriptMethod Secret {
        param($key)
        if (-not $secrets.ContainsKey($key)) {
            throw "this event has no secret $key; its event type or action must name it as a parameter"
        }
        $secrets[$key]
    }.GetNewClosure()
    $script:context = $context
}

# Windows PowerShell reads a lone value only inside an object.
function ConvertFrom-JsonValue([string]$Json) {
    (ConvertFrom-Json ('{"value":' + $Json + '}')).value
}
