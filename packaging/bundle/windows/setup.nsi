; The setup of 채널일지: for the person alone, without administrator rights, in Korean.
Unicode true
Target amd64-unicode
SetCompressor /SOLID lzma
SetCompressorDictSize 32
SetDateSave off
!include "MUI2.nsh"
!include "WinVer.nsh"
!include "FileFunc.nsh"
!include "LogicLib.nsh"

!define APP "CivicTracker"
!define TITLE "채널일지"
!define REMOVE "Software\Microsoft\Windows\CurrentVersion\Uninstall\${APP}"
!define BEFORE "$LOCALAPPDATA\Programs\CivicTracker-before"

Name "${TITLE}"
OutFile "${TARGET}"
InstallDir "$LOCALAPPDATA\Programs\${APP}"
InstallDirRegKey HKCU "Software\${APP}" "Folder"
RequestExecutionLevel user
ManifestDPIAware true
ManifestSupportedOS Win10
BrandingText "${TITLE} ${VERSION}"
Icon "${ICON}"
UninstallIcon "${ICON}"
!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"

VIProductVersion "${FOUR}"
VIAddVersionKey /LANG=1042 "ProductName" "${TITLE} (${APP})"
VIAddVersionKey /LANG=1042 "CompanyName" "${APP}"
VIAddVersionKey /LANG=1042 "FileDescription" "${TITLE} 설치"
VIAddVersionKey /LANG=1042 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=1042 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=1042 "LegalCopyright" "MIT 사용 허가"

!define MUI_COMPONENTSPAGE_NODESC
!define MUI_FINISHPAGE_RUN "$INSTDIR\CivicTracker.exe"
!define MUI_FINISHPAGE_RUN_TEXT "채널일지 열기"
!define MUI_DIRECTORYPAGE_TEXT_TOP "프로그램을 둘 폴더입니다. 그대로 두면 관리자 권한이 필요 없습니다. 자료는 여기에 두지 않으므로, 새 판을 깔거나 지워도 자료는 그대로입니다."
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_COMPONENTS
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!define MUI_UNCONFIRMPAGE_TEXT_TOP "프로그램만 지웁니다. 자료와 백업은 지우지 않고 다음 폴더에 그대로 둡니다:$\r$\n$LOCALAPPDATA\CivicTracker"
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "Korean"

Var Moved

; $9 is "1" while the program runs: Windows lets nobody write to a library that is in use.
!macro IsRunning
  StrCpy $9 ""
  ${If} ${FileExists} "$INSTDIR\runtime\python311.dll"
    ClearErrors
    FileOpen $8 "$INSTDIR\runtime\python311.dll" a
    ${If} ${Errors}
      StrCpy $9 "1"
    ${Else}
      FileClose $8
    ${EndIf}
  ${EndIf}
!macroend

Function .onInit
  ${IfNot} ${AtLeastWin10}
    MessageBox MB_ICONSTOP|MB_OK "채널일지는 윈도 10과 11에서 씁니다." /SD IDOK
    SetErrorLevel 3
    Quit
  ${EndIf}
FunctionEnd

; The old version moves aside as a whole, and back again if anything fails. A folder in use does not move.
Function MoveAside
  StrCpy $Moved ""
  IfFileExists "$INSTDIR\CivicTracker.exe" old
  IfFileExists "$INSTDIR\*.*" 0 done
  ${DirState} "$INSTDIR" $0
  ${If} $0 == 1
    MessageBox MB_ICONSTOP|MB_OK "‘$INSTDIR’에 다른 파일이 들어 있습니다. 빈 폴더나 새 폴더를 골라 주세요." /SD IDOK
    SetErrorLevel 4
    Quit
  ${EndIf}
  Goto done
old:
  RMDir /r "${BEFORE}.old"
  Rename "${BEFORE}" "${BEFORE}.old"
again:
  !insertmacro IsRunning
  StrCmp $9 "1" busy
  ClearErrors
  CreateDirectory "$LOCALAPPDATA\Programs"
  Rename "$INSTDIR" "${BEFORE}"
  IfErrors 0 moved
busy:
  MessageBox MB_ICONEXCLAMATION|MB_RETRYCANCEL "채널일지가 열려 있습니다. 창을 닫고 ‘다시 시도’를 눌러 주세요. 탐색기로 그 폴더를 열어 두었으면 그것도 닫아 주세요." /SD IDCANCEL IDRETRY again
  Rename "${BEFORE}.old" "${BEFORE}"
  SetErrorLevel 5
  Quit
moved:
  RMDir /r "${BEFORE}.old"
  StrCpy $Moved "1"
done:
FunctionEnd

Function .onInstFailed
  ${If} $Moved == "1"
    RMDir /r "$INSTDIR"
    Rename "${BEFORE}" "$INSTDIR"
  ${EndIf}
FunctionEnd

Section "채널일지 (필수)"
  SectionIn RO
  Call MoveAside
  SetOutPath "$INSTDIR"
  File /r "${FOLDER}\*"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateDirectory "$SMPROGRAMS\${TITLE}"
  CreateShortcut "$SMPROGRAMS\${TITLE}\${TITLE}.lnk" "$INSTDIR\CivicTracker.exe"
  CreateShortcut "$SMPROGRAMS\${TITLE}\예시로 둘러보기.lnk" "$INSTDIR\CivicTracker.exe" "demo"
  CreateShortcut "$SMPROGRAMS\${TITLE}\${TITLE} 지우기.lnk" "$INSTDIR\uninstall.exe"
  Delete "$SMPROGRAMS\${TITLE}\이전 판 열기.lnk"
  IfFileExists "${BEFORE}\CivicTracker.exe" 0 +3
    SetOutPath "${BEFORE}"
    CreateShortcut "$SMPROGRAMS\${TITLE}\이전 판 열기.lnk" "${BEFORE}\CivicTracker.exe"
  SetOutPath "$INSTDIR"
  WriteRegStr HKCU "Software\${APP}" "Folder" "$INSTDIR"
  WriteRegStr HKCU "${REMOVE}" "DisplayName" "${TITLE}"
  WriteRegStr HKCU "${REMOVE}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${REMOVE}" "DisplayIcon" "$INSTDIR\CivicTracker.exe"
  WriteRegStr HKCU "${REMOVE}" "Publisher" "${APP}"
  WriteRegStr HKCU "${REMOVE}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${REMOVE}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${REMOVE}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${REMOVE}" "EstimatedSize" ${SIZE}
  WriteRegDWORD HKCU "${REMOVE}" "NoModify" 1
  WriteRegDWORD HKCU "${REMOVE}" "NoRepair" 1
SectionEnd

Section "바탕 화면에 아이콘"
  CreateShortcut "$DESKTOP\${TITLE}.lnk" "$INSTDIR\CivicTracker.exe"
SectionEnd

Section "백업 파일(.civictracker)을 채널일지로 열기"
  WriteRegStr HKCU "Software\Classes\.civictracker" "" "CivicTracker.Backup"
  WriteRegStr HKCU "Software\Classes\CivicTracker.Backup" "" "채널일지 백업"
  WriteRegStr HKCU "Software\Classes\CivicTracker.Backup\DefaultIcon" "" "$INSTDIR\CivicTracker.exe,0"
  WriteRegStr HKCU "Software\Classes\CivicTracker.Backup\shell\open\command" "" '"$INSTDIR\CivicTracker.exe" open "%1"'
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
SectionEnd

Function un.Files
  !include "${UNINSTALL}"
FunctionEnd

Section "Uninstall"
  !insertmacro IsRunning
  StrCmp $9 "1" 0 free
    MessageBox MB_ICONEXCLAMATION|MB_OK "채널일지가 열려 있습니다. 창을 닫고 다시 해 주세요." /SD IDOK
    SetErrorLevel 5
    Quit
free:
  StrCpy $R9 "$INSTDIR"
  Call un.Files
  Delete "$INSTDIR\uninstall.exe"
  SetOutPath "$TEMP"
  RMDir "$INSTDIR"
  RMDir /r "${BEFORE}"
  Delete "$SMPROGRAMS\${TITLE}\*.lnk"
  RMDir "$SMPROGRAMS\${TITLE}"
  Delete "$DESKTOP\${TITLE}.lnk"
  DeleteRegKey HKCU "Software\Classes\CivicTracker.Backup"
  ReadRegStr $0 HKCU "Software\Classes\.civictracker" ""
  StrCmp $0 "CivicTracker.Backup" 0 +2
    DeleteRegKey HKCU "Software\Classes\.civictracker"
  DeleteRegKey HKCU "${REMOVE}"
  DeleteRegKey HKCU "Software\${APP}"
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
  DetailPrint "자료와 백업은 남겨 두었습니다: $LOCALAPPDATA\CivicTracker"
  MessageBox MB_ICONINFORMATION|MB_OK "프로그램을 지웠습니다.$\r$\n$\r$\n자료와 백업은 그대로 있습니다:$\r$\n$LOCALAPPDATA\CivicTracker" /SD IDOK
SectionEnd
