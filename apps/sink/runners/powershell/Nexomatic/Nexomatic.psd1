@{
    RootModule        = 'Nexomatic.psm1'
    ModuleVersion     = '0.1.0'
    GUID              = '5d0b4ad2-6e0f-4a3f-9a4c-6a7a4f1c9b31'
    Author            = 'Nexomatic'
    Description       = 'What a module that a Nexomatic sink runs can say and ask.'
    PowerShellVersion = '5.1'
    FunctionsToExport = @('Get-NexomaticContext', 'Write-NexomaticLog', 'Write-NexomaticWarning', 'Write-NexomaticProgress')
    CmdletsToExport   = @()
    VariablesToExport = @()
    AliasesToExport   = @()
}
