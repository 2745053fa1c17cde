Attribute VB_Name = "IcareRibbon"
Option Explicit
' What Excel calls. No error may leave these procedures: Excel would forget the ribbon.

Private mRibbon As IRibbonUI
Private mBusy As Boolean

Public Sub OnLoad(ribbon As IRibbonUI)
    On Error Resume Next
    Set mRibbon = ribbon
End Sub

Public Sub OnAction(control As IRibbonControl)
    Dim action As String, working As String, reason As String, code As Long, events As Variant
    If mBusy Then Exit Sub
    mBusy = True
    On Error GoTo Failed
    events = Application.EnableEvents
    action = ActionOf(control.ID, control.Tag)
    If Application.OperatingSystem Like "Mac*" Then
        reason = "mac"
    ElseIf ActiveWorkbook Is Nothing Then ' Python finds an Excel by its workbook
        reason = Obstacle(action, Application.ProtectedViewWindows.Count)
        If reason = "" Then Workbooks.Add
    End If
    If reason = "" Then
        Application.EnableCancelKey = xlDisabled ' Esc is for Python to answer
        working = TextOf("working")
        Application.StatusBar = working
        code = Finished(CommandFor(action, Application.Hwnd))
        If code <> 0 Then reason = WhyStopped(code)
    End If
Finish:
    On Error Resume Next
    mBusy = False
    Application.Interactive = True ' a Python that was cut off could not
    If Not IsEmpty(events) Then Application.EnableEvents = events
    If CStr(Application.StatusBar) = working Then Application.StatusBar = False
    GiveBarBackLater
    mRibbon.Invalidate ' the language may be another one now
    If reason <> "" Then MsgBox Told(reason, code), vbExclamation, TextOf("icare_tab.label")
    Exit Sub
Failed:
    code = Err.Number
    reason = WhyNot(code)
    Resume Finish
End Sub

Public Sub GetLabel(control As IRibbonControl, ByRef returnedVal As Variant)
    On Error Resume Next
    returnedVal = TextOf(ActionOf(control.ID, control.Tag) & ".label")
End Sub

Public Sub GetSupertip(control As IRibbonControl, ByRef returnedVal As Variant)
    On Error Resume Next
    returnedVal = TextOf(ActionOf(control.ID, control.Tag) & ".tip")
End Sub
