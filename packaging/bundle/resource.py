"""What Windows shows of a program: version, names, icon, and how it wants to be treated."""

from __future__ import annotations

COMPANY = "CivicTracker"
PRODUCT = "채널일지"
COPYRIGHT = "MIT 사용 허가. 함께 든 것의 사용 허가는 licences 폴더에 있습니다."

MANIFEST = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<assembly xmlns="urn:schemas-microsoft-com:asm.v1" manifestVersion="1.0">
 <assemblyIdentity type="win32" name="CivicTracker" version="{version}" processorArchitecture="amd64"/>
 <trustInfo xmlns="urn:schemas-microsoft-com:asm.v3"><security><requestedPrivileges>
  <requestedExecutionLevel level="asInvoker" uiAccess="false"/>
 </requestedPrivileges></security></trustInfo>
 <compatibility xmlns="urn:schemas-microsoft-com:compatibility.v1"><application>
  <supportedOS Id="{{8e0f7a12-bfb3-4fe8-b9a5-48fd50a15a9a}}"/>
 </application></compatibility>
 <application xmlns="urn:schemas-microsoft-com:asm.v3"><windowsSettings>
  <dpiAware xmlns="http://schemas.microsoft.com/SMI/2005/WindowsSettings">true/pm</dpiAware>
  <dpiAwareness xmlns="http://schemas.microsoft.com/SMI/2016/WindowsSettings">PerMonitorV2</dpiAwareness>
  <longPathAware xmlns="http://schemas.microsoft.com/SMI/2016/WindowsSettings">true</longPathAware>
 </windowsSettings></application>
 <dependency><dependentAssembly>
  <assemblyIdentity type="win32" name="Microsoft.Windows.Common-Controls" version="6.0.0.0"
   processorArchitecture="*" publicKeyToken="6595b64144ccf1df" language="*"/>
 </dependentAssembly></dependency>
</assembly>
"""


def four_parts(version: str) -> tuple[int, int, int, int]:
    """``0.1.0`` → (0, 1, 0, 0), as Windows counts. Raises ValueError for a version that is not numbers."""
    parts = [int(part) for part in version.split(".")]
    if len(parts) > 4 or any(not 0 <= part < 65_536 for part in parts):
        raise ValueError(f"Windows cannot count {version}")
    padded = [*parts, 0, 0, 0, 0]
    return padded[0], padded[1], padded[2], padded[3]


def manifest(version: str) -> str:
    return MANIFEST.format(version=".".join(map(str, four_parts(version))))


def script(version: str, *, file: str, about: str, icon: str, manifest_file: str) -> str:
    """The resource script of one program, in UTF-8; ``icon`` and ``manifest_file`` are paths."""
    numbers = ",".join(map(str, four_parts(version)))
    texts = {
        "CompanyName": COMPANY, "FileDescription": about, "FileVersion": version, "InternalName": file,
        "LegalCopyright": COPYRIGHT, "OriginalFilename": file, "ProductName": f"{PRODUCT} ({COMPANY})",
        "ProductVersion": version,
    }  # fmt: skip
    values = "\n".join(f'   VALUE "{name}", "{text}"' for name, text in texts.items())
    return f"""#pragma code_page(65001)
1 ICON "{icon}"
1 24 "{manifest_file}"
1 VERSIONINFO
FILEVERSION {numbers}
PRODUCTVERSION {numbers}
FILEOS 0x40004
FILETYPE 0x1
{{
 BLOCK "StringFileInfo"
 {{
  BLOCK "041204B0"
  {{
{values}
  }}
 }}
 BLOCK "VarFileInfo"
 {{
  VALUE "Translation", 0x0412, 0x04B0
 }}
}}
"""
