# What there is to run in the module folders, read without running any of it, for PowerShell 7 and Windows PowerShell 5.1.
# Arguments: the folders. Prints {"modules": [{"name", "hash", "summary", "parameters"}], "truncated"}.

$ErrorActionPreference = 'Stop'
[Console]::OutputEncoding = New-Object System.Text.UTF8Encoding $false

function Get-Parameters($Block) {
    if ($null -eq $Block) { return }
    foreach ($one in $Block.Parameters) {
        $name = $one.Name.VariablePath.UserPath
        if ($name -eq 'Context') { continue }
        $mandatory = $one.Attributes | Where-Object { $_.TypeName.Name -eq 'Parameter' } |
            ForEach-Object { $_.NamedArguments } | Where-Object { $_.ArgumentName -eq 'Mandatory' }
        @{ name = $name; type = $one.StaticType.Name; required = [bool]$mandatory; description = $null }
    }
}

function Get-Summary($Ast) {
    $help = $Ast.GetHelpContent()
    if ($help -and $help.Synopsis) { ($help.Synopsis.Trim() -split "`r?`n")[0] } else { $null }
}

$modules = New-Object System.Collections.Generic.List[object]
foreach ($root in $args) {
    foreach ($file in Get-ChildItem -LiteralPath $root -Recurse -File | Where-Object { $_.Extension -in '.ps1', '.psm1' } | Sort-Object FullName) {
        $inside = $file.FullName.Substring($root.TrimEnd('/', '\').Length + 1)
        $name = ($inside -replace '\.psm?1$', '') -replace '[\\/]', '.'
        if ($name -notmatch '^[A-Za-z_][\w-]*(\.[A-Za-z_][\w-]*)*$') { continue }
        $errors = $null
        $ast = [System.Management.Automation.Language.Parser]::ParseFile($file.FullName, [ref]$null, [ref]$errors)
        if ($errors) { continue }
        $hash = (Get-FileHash -LiteralPath $file.FullName -Algorithm SHA256).Hash.ToLowerInvariant()
        if ($file.Extension -eq '.ps1') {
            $modules.Add(@{ name = $name; hash = $hash; summary = Get-Summary $ast; parameters = @(Get-Parameters $ast.ParamBlock) })
            continue
        }
        foreach ($function in $ast.FindAll({ $args[0] -is [System.Management.Automation.Language.FunctionDefinitionAst] }, $false)) {
            $modules.Add(@{
                    name = "$name.$($function.Name)"; hash = $hash; summary = Get-Summary $function
                    parameters = @(Get-Parameters $function.Body.ParamBlock)
                })
        }
    }
}
$most = 1000
$told = @($modules | Select-Object -First $most)
ConvertTo-Json -InputObject @{ modules = $told; truncated = $modules.Count -gt $most } -Compress -Depth 8
