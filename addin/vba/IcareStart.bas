Attribute VB_Name = "IcareStart"
Option Explicit
Option Private Module ' else its functions would stand in Excel's list for cells
' From a control to the command line that does its work, and the texts on the way.

Public Function CommandFor(ByVal action As String, ByVal hwnd As String) As String
    CommandFor = CommandLine(action, PythonExe(), hwnd, Language())
End Function

' What keeps an action from working where no workbook is open; nothing, where it needs none.
Public Function Obstacle(ByVal action As String, ByVal protectedViews As String) As String
    If InStr(TextOf("alone"), " " & action & " ") > 0 Then Exit Function
    Obstacle = IIf(Val(protectedViews) > 0, "protected_view", "no_workbook")
End Function

' A control that stands for another one carries its name as a tag.
Public Function ActionOf(ByVal id As String, ByVal tag As String) As String
    ActionOf = IIf(tag = "", id, tag)
End Function

' -I: neither the folder of a workbook nor the environment can bring in a module.
Public Function CommandLine(ByVal action As String, ByVal exe As String, ByVal hwnd As String, ByVal lang As String) As String
    CommandLine = Quoted(exe) & " -I -m icare_xl press " & Quoted(action) & " --hwnd " & hwnd & " --lang " & lang
End Function

' By the rules of CommandLineToArgvW: a backslash counts double before a quote, and only there.
Public Function Quoted(ByVal arg As String) As String
    Dim i As Long, c As String, backslashes As Long
    For i = 1 To Len(arg)
        c = Mid(arg, i, 1)
        If c = Chr(34) Then Quoted = Quoted & String(backslashes + 1, "\")
        backslashes = IIf(c = "\", backslashes + 1, 0)
        Quoted = Quoted & c
    Next
    Quoted = Chr(34) & Quoted & String(backslashes, "\") & Chr(34)
End Function

' Runs a command without a window, waits for it, and returns its exit code.
Public Function Finished(ByVal command As String) As Long
    Dim shell As Object
    Set shell = CreateObject("WScript.Shell")
    If InStr(command, "%") > 0 Then shell.Environment("Process").Item("ICARE_PERCENT") = "%"
    Finished = shell.Run(Unexpanded(command), 0, True)
End Function

' Run puts the environment in place of %NAME%, once: a percent sign of ours comes back as the value of a name.
Public Function Unexpanded(ByVal command As String) As String
    Unexpanded = Replace(command, "%", "%ICARE_PERCENT%")
End Function

' The text that fits the number of an error: no such file or folder, or anything else.
Public Function WhyNot(ByVal number As Long) As String
    WhyNot = IIf(number = &H80070002 Or number = &H80070003, "not_found", "not_started")
End Function

' The text that fits the exit code of a press: 3 found no Excel, 4 found it busy; those of Python itself are 1 and 2.
Public Function WhyStopped(ByVal code As Long) As String
    WhyStopped = IIf(code = 3, "no_excel", IIf(code = 4, "busy", "failed"))
End Function

Public Function Told(ByVal reason As String, ByVal code As Long) As String
    Told = Replace(Replace(TextOf(reason), "{code}", Hex(code)), "{python}", PythonExe())
End Function

Public Function PythonExe() As String
    PythonExe = Setting("Python")
    If PythonExe = "" Then PythonExe = LocalFolder() & "\IcareXL\venv\Scripts\pythonw.exe"
End Function

' Environ knows only the letters of the machine's code page; the shell knows all.
Private Function LocalFolder() As String
    On Error Resume Next
    LocalFolder = Environ("LOCALAPPDATA")
    LocalFolder = CreateObject("WScript.Shell").ExpandEnvironmentStrings("%LOCALAPPDATA%")
End Function

Private Function Setting(ByVal key As String) As String
    On Error Resume Next
    Setting = CreateObject("WScript.Shell").RegRead("HKCU\Software\IcareXL\" & key)
End Function

Public Function Language() As String
    Dim lcid As Long
    On Error Resume Next
    lcid = Application.LanguageSettings.LanguageID(2) ' 2: of the menus
    Language = ChosenLanguage(Setting("Language"), lcid)
End Function

' What the person chose, else French in an Excel whose primary language is French (&HC), else English.
Public Function ChosenLanguage(ByVal wish As String, ByVal lcid As Long) As String
    ChosenLanguage = IIf((lcid And &H3FF) = &HC, "fr", "en")
    If wish = "en" Or wish = "fr" Then ChosenLanguage = wish
End Function

Public Function TextOf(ByVal key As String) As String
    TextOf = TextIn(Language(), key)
End Function

' From the only sheet of this add-in: key, English, French. An unknown key speaks for itself.
Public Function TextIn(ByVal lang As String, ByVal key As String) As String
    Dim row As Long
    TextIn = key
    With ThisWorkbook.Worksheets("icare_texts")
        For row = 1 To .UsedRange.Rows.Count
            If .Cells(row, 1).Value = key Then TextIn = .Cells(row, IIf(lang = "fr", 3, 2)).Value
        Next
    End With
End Function
