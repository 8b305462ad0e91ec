<#
.SYNOPSIS
Brings the Markdown pages up to the cmdlets of the built module and makes the MAML from them. A second run changes nothing.

.DESCRIPTION
Start it in a process of its own, by `build.ps1 Help`. New parameters get a text to fill in, which the Pester suite finds.
#>
$ErrorActionPreference = 'Stop'
$root = (Resolve-Path (Join-Path $PSScriptRoot '../../..')).ProviderPath
$pages = Join-Path $root 'en-US'
$maml = Join-Path $pages 'TaskLocking.PowerShell.dll-Help.xml'
$scratch = Join-Path ([System.IO.Path]::GetTempPath()) ([guid]::NewGuid().ToString('N'))
$utf8 = [System.Text.UTF8Encoding]::new($false)

# What is there already would be merged into the pages as the newer text.
Remove-Item -LiteralPath $maml -ErrorAction Ignore
Import-Module (Join-Path $root 'TaskLocking.psd1')
Import-Module Microsoft.PowerShell.PlatyPS

try {
    foreach ($command in Get-Command -Module TaskLocking) {
        $page = Join-Path $pages "$($command.Name).md"
        if (Test-Path -LiteralPath $page) {
            $null = Update-MarkdownCommandHelp -Path $page -NoBackup
        }
        else {
            New-MarkdownCommandHelp -CommandInfo $command -OutputFolder $scratch -Encoding $utf8 | Move-Item -Destination $page
        }
        $text = [System.IO.File]::ReadAllText($page) -replace '(?m)^ms\.date:.*\r?\n' -replace '\r\n', "`n"
        [System.IO.File]::WriteAllText($page, $text.TrimEnd() + "`n", $utf8)
    }
    $made = Import-MarkdownCommandHelp -Path (Join-Path $pages '*.md') |
        Export-MamlCommandHelp -OutputFolder $scratch -Encoding $utf8 -Force
    $text = [System.IO.File]::ReadAllText($made.FullName) -replace '\r\n', "`n"
    [System.IO.File]::WriteAllText($maml, $text.TrimEnd() + "`n", $utf8)
}
finally {
    Remove-Item -LiteralPath $scratch -Recurse -Force -ErrorAction Ignore
}
