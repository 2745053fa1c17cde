Attribute VB_Name = "IcareBar"
Option Explicit
' The line at the bottom of the window: what a button said there stays for a while, then the line is Excel's again.

Private Const SECONDS As Long = 60
Private mSaid As String
Private mUntil As Date

' Excel itself may have something to say there, such as how many records a filter has found.
Public Sub GiveBarBackLater()
    On Error Resume Next
    StopWaiting
    mSaid = ""
    If VarType(Application.StatusBar) = vbString Then mSaid = Application.StatusBar
    If mSaid = "" Then Exit Sub
    mUntil = Now + TimeSerial(0, 0, SECONDS)
    Application.OnTime mUntil, Caller()
End Sub

Public Sub GiveBarBack()
    On Error Resume Next
    mUntil = 0
    If IsOurs(CStr(Application.StatusBar), mSaid) Then Application.StatusBar = False
End Sub

' Somebody else may have put a text there since.
Public Function IsOurs(ByVal shown As String, ByVal said As String) As Boolean
    IsOurs = (said <> "" And shown = said)
End Function

' Excel would open a closed add-in again to keep an appointment.
Public Sub Auto_Close()
    On Error Resume Next
    StopWaiting
End Sub

Private Sub StopWaiting()
    On Error Resume Next
    If mUntil <> 0 Then Application.OnTime mUntil, Caller(), , False
    mUntil = 0
End Sub

Public Function Caller() As String
    Caller = "'" & ThisWorkbook.Name & "'!IcareBar.GiveBarBack"
End Function
