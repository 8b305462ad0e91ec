<#
.SYNOPSIS
Brings the Markdown pages up to the cmdlets of the built module and makes the MAML from them. A second run changes nothing.

.DESCRIPTION
Start it in a process of its own, by `build.ps1 Help`; it needs nothing but PowerShell and the built module. What people read stands in
the pages and is left alone; syntax and the facts about parameters come from the cmdlets. A new parameter, or a new page, gets a text to
fill in, which the Pester suite finds.
#>
param(
    # The module; the repository's when left out.
    [string] $Manifest
)

Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'
$root = (Resolve-Path (Join-Path $PSScriptRoot '../../..')).ProviderPath
$pages = Join-Path $root 'en-US'
$maml = Join-Path $pages 'TaskLocking.PowerShell.dll-Help.xml'
$utf8 = [System.Text.UTF8Encoding]::new($false)
$common = [System.Management.Automation.Cmdlet]::CommonParameters
$added = @{
    Confirm = 'Prompts you for confirmation before running the cmdlet.'
    WhatIf = 'Tells what would happen and changes nothing.'
}
Import-Module $(if ($Manifest) { $Manifest } else { Join-Path $root 'TaskLocking.psd1' })

# --- Markdown ---

# A line of code that begins with # is no heading; a letter that no page has stands before it meanwhile.
$mark = [string][char]0xe000
function Hide-Comment([string] $Text) {
    [regex]::Replace($Text, '(?ms)^```.*?^```', { param($fence) $fence.Value -replace '(?m)^(?=#)', $mark })
}

# The text between a heading and the next one of its rank; empty if there is none.
function Get-Section([string] $Text, [string] $Heading) {
    if ($Text -match "(?ms)^$([regex]::Escape($Heading))[ ]*\n(.*?)(?=^#{1,$($Heading.IndexOf(' '))} |\z)") { $Matches[1].Trim("`n") } else { '' }
}

# Headings of the third rank with what stands below each, in order.
function Get-Part([string] $Section) {
    foreach ($match in [regex]::Matches($Section, '(?ms)^### (.*?)\n(.*?)(?=^### |\z)')) {
        [pscustomobject]@{ Title = $match.Groups[1].Value.Trim(); Text = $match.Groups[2].Value.Trim("`n") }
    }
}

# Paragraphs as they are read in a console: without marks; lines that belong together keep their breaks.
function Get-Paragraph([string] $Markdown) {
    $plain = $Markdown -replace '(?m)^```\w*\n?' -replace '\[([^\]]+)\]\([^)]+\)', '$1' -replace '\*\*([^*]+)\*\*', '$1' -replace '`([^`\n]+)`', '$1' -replace '\\([\\<>*_|\[\]])', '$1'
    $plain.Replace($mark, '') -split '\n[ ]*\n' | ForEach-Object { $_.Trim("`n") } | Where-Object { $_.Trim() }
}

function Get-TypeName([type] $Type) {
    $plain = [nullable]::GetUnderlyingType($Type)
    $name = [Microsoft.PowerShell.ToStringCodeMethods]::Type($(if ($plain) { $plain } else { $Type }))
    ($name -replace '^(System|TaskLocking|TaskLocking\.PowerShell|System\.Management\.Automation)\.(?=\w+(\[\])?$)').Replace('SwitchParameter', 'switch')
}

function Get-Word([type] $Type, [System.Management.Automation.ParameterMetadata] $Parameter) {
    $set = $Parameter.Attributes | Where-Object { $_ -is [System.Management.Automation.ValidateSetAttribute] }
    if ($set) { return $set.ValidValues }
    $plain = if ($Type.IsArray) { $Type.GetElementType() } else { $Type }
    $plain = if ([nullable]::GetUnderlyingType($plain)) { [nullable]::GetUnderlyingType($plain) } else { $plain }
    if ($plain.IsEnum) { [enum]::GetNames($plain) }
}

# What a parameter is when it is left out, as far as the cmdlet tells; what a page says counts before it.
function Get-Default($Command, [System.Management.Automation.ParameterMetadata] $Parameter) {
    $property = $Command.ImplementingType.GetProperty($Parameter.Name)
    if (-not $property) { return '' }
    $type = $property.PropertyType
    if (-not ($type.IsEnum -or $type -eq [int] -or $type -eq [string])) { return '' }
    $value = $property.GetValue($instances[$Command.Name])
    if ($null -eq $value -or $value -eq '' -or ($type -eq [int] -and $value -eq 0)) { '' } else { "$value" }
}

function Get-Fact($Command, [string] $Name, [string] $Page) {
    $parameter = $Command.Parameters[$Name]
    $said = Get-Section $Page "### -$Name"
    $said = if ($said) { $said } elseif ($added[$Name]) { $added[$Name] } else { "{{ Fill $Name Description }}" }
    $told = if ($said -match "(?m)^DefaultValue: '(.+)'$") { $Matches[1] } else { Get-Default $Command $parameter }
    [pscustomobject]@{
        Name = $Name
        Text = ($said -replace '(?ms)^```yaml\n.*\z').Trim("`n", ' ')
        Type = $parameter.ParameterType
        TypeName = Get-TypeName $parameter.ParameterType
        Default = $told
        Words = @(Get-Word $parameter.ParameterType $parameter)
        Wildcards = [bool]($parameter.Attributes | Where-Object { $_ -is [System.Management.Automation.SupportsWildcardsAttribute] })
        Aliases = @($parameter.Aliases)
        Sets = @($Command.ParameterSets | Where-Object { $_.Parameters.Name -contains $Name } | ForEach-Object {
                $here = $_.Parameters | Where-Object Name -EQ $Name
                [pscustomobject]@{ Set = $_.Name; Required = $here.IsMandatory; Position = $here.Position; ByValue = $here.ValueFromPipeline; ByName = $here.ValueFromPipelineByPropertyName }
            })
    }
}

function ConvertTo-Block([string] $Key, [object[]] $Values) {
    if (@($Values).Count -eq 0) { "$Key`: []" } else { @("$Key`:") + @($Values | ForEach-Object { "- $_" }) }
}

function ConvertTo-Yaml($Fact, [int] $SetCount) {
    $isEverywhere = $Fact.Sets.Count -eq $SetCount -and @($Fact.Sets | Select-Object Required, Position, ByValue, ByName | Sort-Object * -Unique).Count -eq 1
    $shown = if ($isEverywhere) { , $Fact.Sets[0] } else { $Fact.Sets }
    $lines = @("Type: $($Fact.TypeName)", "DefaultValue: '$($Fact.Default)'", "SupportsWildcards: $("$($Fact.Wildcards)".ToLowerInvariant())")
    $lines += ConvertTo-Block Aliases $Fact.Aliases
    $lines += 'ParameterSets:'
    foreach ($set in $shown) {
        $lines += "- Name: $(if ($isEverywhere) { '(All)' } else { $set.Set })"
        $lines += "  Position: $(if ($set.Position -lt 0) { 'Named' } else { $set.Position })"
        $lines += "  IsRequired: $("$($set.Required)".ToLowerInvariant())"
        $lines += "  ValueFromPipeline: $("$($set.ByValue)".ToLowerInvariant())"
        $lines += "  ValueFromPipelineByPropertyName: $("$($set.ByName)".ToLowerInvariant())"
        $lines += '  ValueFromRemainingArguments: false'
    }
    $lines += 'DontShow: false'
    $lines += ConvertTo-Block AcceptedValues $Fact.Words
    $lines += "HelpMessage: ''"
    $lines -join "`n"
}

# At most a hundred letters a line, as it is read.
function ConvertTo-Line([string] $Syntax) {
    $lines = [System.Collections.Generic.List[string]]::new()
    $line = ''
    foreach ($part in [regex]::Matches($Syntax, '\[\[?-[^\]]+\](?: <[^>]+>\])?|\S+ <[^>]+>|\S+').Value) {
        if ($line -and ($line.Length + 1 + $part.Length) -gt 100) { $lines.Add($line); $line = ' ' + $part } else { $line = if ($line) { "$line $part" } else { $part } }
    }
    $lines.Add($line)
    $lines -join "`n"
}

function ConvertTo-Page($Command, [string] $Old, $Facts) {
    $section = { param($Name) $text = Get-Section $Old "## $Name"; if ($text) { $text } else { "{{ Fill $Name }}" } }
    $syntax = foreach ($set in $Command.ParameterSets) { "### $($set.Name)`n`n```````n$(ConvertTo-Line "$($Command.Name) $set")`n``````" }
    $described = @(foreach ($fact in $Facts) { "### -$($fact.Name)`n`n$($fact.Text)`n`n``````yaml`n$(ConvertTo-Yaml $fact $Command.ParameterSets.Count)`n``````" })
    $described += "### CommonParameters`n`n$(Get-Section $Old '### CommonParameters')"
    @(
        "---`ndocument type: cmdlet`nexternal help file: TaskLocking.PowerShell.dll-Help.xml`nHelpUri: '$($Command.HelpUri)'`nLocale: en-US`nModule Name: TaskLocking`ntitle: $($Command.Name)`n---"
        "# $($Command.Name)"
        "## SYNOPSIS`n`n$(& $section SYNOPSIS)"
        "## SYNTAX`n`n$($syntax -join "`n`n")"
        "## DESCRIPTION`n`n$(& $section DESCRIPTION)"
        "## EXAMPLES`n`n$(& $section EXAMPLES)"
        "## PARAMETERS`n`n$($described -join "`n`n")"
        "## INPUTS`n`n$(& $section INPUTS)"
        "## OUTPUTS`n`n$(& $section OUTPUTS)"
        "## NOTES`n`n$(& $section NOTES)"
        "## RELATED LINKS`n`n$(& $section 'RELATED LINKS')"
    ) -join "`n`n"
}

# --- MAML ---

function Write-Text($Xml, [string] $Name, [string] $Text) {
    $prefix, $local = $Name -split ':'
    $Xml.WriteElementString($prefix, $local, $space[$prefix], $Text)
}

function Write-Element($Xml, [string] $Name, [scriptblock] $Content, [System.Collections.IDictionary] $Attributes = @{}) {
    $prefix, $local = $Name -split ':'
    $Xml.WriteStartElement($prefix, $local, $space[$prefix])
    foreach ($key in $Attributes.Keys) { $Xml.WriteAttributeString($key, "$($Attributes[$key])") }
    $null = & $Content
    $Xml.WriteEndElement()
}

function Write-Paragraph($Xml, [string] $Name, [string[]] $Text) {
    Write-Element $Xml $Name { foreach ($each in $Text) { Write-Text $Xml 'maml:para' $each } }
}

function Get-Pipeline($Sets) {
    $ways = @(if ($Sets.ByValue -contains $true) { 'ByValue' }) + @(if ($Sets.ByName -contains $true) { 'ByPropertyName' })
    if ($ways) { "true ($($ways -join ', '))" } else { 'false' }
}

function Write-Parameter($Xml, $Fact, $Sets, [bool] $InSyntax) {
    $position = @($Sets.Position | Where-Object { $_ -ge 0 })
    $facts = [ordered]@{
        required = "$($Sets.Required -contains $true)".ToLowerInvariant()
        variableLength = 'false'
        globbing = "$($Fact.Wildcards)".ToLowerInvariant()
        pipelineInput = Get-Pipeline $Sets
        position = if ($position.Count) { $position[0] } else { 'named' }
        aliases = if ($Fact.Aliases) { $Fact.Aliases -join ', ' } else { 'none' }
    }
    Write-Element $Xml 'command:parameter' -Attributes $facts {
        Write-Text $Xml 'maml:name' $Fact.Name
        $text = @(Get-Paragraph $Fact.Text)
        if ($Fact.Words) { $text += "Accepted values: $($Fact.Words -join ', ')." }
        Write-Paragraph $Xml 'maml:description' $text
        if ($Fact.Words -and $InSyntax) {
            Write-Element $Xml 'command:parameterValueGroup' {
                foreach ($word in $Fact.Words) { Write-Element $Xml 'command:parameterValue' -Attributes ([ordered]@{ required = 'false'; variableLength = 'false' }) { $Xml.WriteString($word) } }
            }
        }
        elseif ($Fact.TypeName -ne 'switch') {
            Write-Element $Xml 'command:parameterValue' -Attributes ([ordered]@{ required = 'true'; variableLength = 'false' }) { $Xml.WriteString($Fact.TypeName) }
        }
        Write-Element $Xml 'dev:type' { Write-Text $Xml 'maml:name' $Fact.TypeName }
        Write-Text $Xml 'dev:defaultValue' $(if ($Fact.Default) { $Fact.Default } elseif ($Fact.TypeName -eq 'switch') { 'False' } else { 'None' })
    }
}

function Write-Value($Xml, [string] $Outer, [string] $Inner, [string] $Section) {
    Write-Element $Xml $Outer {
        foreach ($part in Get-Part $Section) {
            Write-Element $Xml $Inner {
                Write-Element $Xml 'dev:type' { Write-Text $Xml 'maml:name' $part.Title }
                Write-Paragraph $Xml 'maml:description' @(Get-Paragraph $part.Text)
            }
        }
    }
}

function Write-Example($Xml, $Part) {
    $code = @([regex]::Matches($Part.Text, '(?ms)^```\w*\n(.*?)\n```').ForEach({ $_.Groups[1].Value }))
    $before, $after = $Part.Text -split '(?ms)^```\w*\n.*\n```', 2
    Write-Element $Xml 'command:example' {
        Write-Text $Xml 'maml:title' "--------- $($Part.Title) ---------"
        if ($before.Trim()) { Write-Paragraph $Xml 'maml:introduction' @(Get-Paragraph $before) }
        Write-Text $Xml 'dev:code' ($code -join "`n`n").Replace($mark, '')
        Write-Paragraph $Xml 'dev:remarks' @(Get-Paragraph "$after")
    }
}

function Write-Command($Xml, $Command, [string] $Page, $Facts) {
    Write-Element $Xml 'command:command' {
        Write-Element $Xml 'command:details' {
            Write-Text $Xml 'command:name' $Command.Name
            Write-Paragraph $Xml 'maml:description' @(Get-Paragraph (Get-Section $Page '## SYNOPSIS'))
            Write-Text $Xml 'command:verb' $Command.Verb
            Write-Text $Xml 'command:noun' $Command.Noun
        }
        Write-Paragraph $Xml 'maml:description' @(Get-Paragraph (Get-Section $Page '## DESCRIPTION'))
        Write-Element $Xml 'command:syntax' {
            foreach ($set in $Command.ParameterSets) {
                Write-Element $Xml 'command:syntaxItem' {
                    Write-Text $Xml 'maml:name' $Command.Name
                    $ordered = @($set.Parameters | Where-Object Position -GE 0 | Sort-Object Position) + @($set.Parameters | Where-Object Position -LT 0)
                    foreach ($each in $ordered | Where-Object Name -NotIn $common) {
                        $fact = $Facts | Where-Object Name -EQ $each.Name
                        Write-Parameter $Xml $fact @($fact.Sets | Where-Object Set -EQ $set.Name) $true
                    }
                }
            }
        }
        Write-Element $Xml 'command:parameters' { foreach ($fact in $Facts) { Write-Parameter $Xml $fact $fact.Sets $false } }
        Write-Value $Xml 'command:inputTypes' 'command:inputType' (Get-Section $Page '## INPUTS')
        Write-Value $Xml 'command:returnValues' 'command:returnValue' (Get-Section $Page '## OUTPUTS')
        Write-Element $Xml 'maml:alertSet' { Write-Paragraph $Xml 'maml:alert' @(Get-Paragraph (Get-Section $Page '## NOTES')) }
        Write-Element $Xml 'command:examples' { foreach ($part in Get-Part (Get-Section $Page '## EXAMPLES')) { Write-Example $Xml $part } }
        Write-Element $Xml 'command:relatedLinks' {
            foreach ($link in [regex]::Matches((Get-Section $Page '## RELATED LINKS'), '(?m)^- \[([^\]]+)\]').ForEach({ $_.Groups[1].Value })) {
                Write-Element $Xml 'maml:navigationLink' {
                    Write-Text $Xml 'maml:linkText' $link
                    Write-Text $Xml 'maml:uri' ''
                }
            }
        }
    }
}

$space = @{
    maml = 'http://schemas.microsoft.com/maml/2004/10'
    command = 'http://schemas.microsoft.com/maml/dev/command/2004/10'
    dev = 'http://schemas.microsoft.com/maml/dev/2004/10'
}
$instances = @{}
$settings = [System.Xml.XmlWriterSettings]@{ Indent = $true; Encoding = $utf8; NewLineChars = "`n"; NewLineHandling = 'Replace' }
$made = [System.IO.MemoryStream]::new()
$xml = [System.Xml.XmlWriter]::Create($made, $settings)
$xml.WriteStartElement('helpItems', 'http://msh')
$xml.WriteAttributeString('schema', 'maml')
foreach ($prefix in 'maml', 'command', 'dev') { $xml.WriteAttributeString('xmlns', $prefix, 'http://www.w3.org/2000/xmlns/', $space[$prefix]) }
foreach ($command in Get-Command -Module TaskLocking | Sort-Object Name) {
    $instances[$command.Name] = $command.ImplementingType::new()
    $page = Join-Path $pages "$($command.Name).md"
    $old = if (Test-Path -LiteralPath $page) { Hide-Comment ([System.IO.File]::ReadAllText($page) -replace '\r\n', "`n") } else { '' }
    $names = $command.Parameters.Keys | Where-Object { $_ -notin $common } | Sort-Object
    $facts = @($names | ForEach-Object { Get-Fact $command $_ $old })
    $text = ConvertTo-Page $command $old $facts
    [System.IO.File]::WriteAllText($page, $text.Replace($mark, '').TrimEnd() + "`n", $utf8)
    Write-Command $xml $command $text $facts
}
$xml.WriteEndElement()
$xml.Dispose()
[System.IO.File]::WriteAllText($maml, $utf8.GetString($made.ToArray()).TrimEnd() + "`n", $utf8)
