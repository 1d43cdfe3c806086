"""What of each package goes into the bundle. A rule says why; what no rule keeps or drops is kept.

Rules are tried in order and the first that fits decides. Paths are those inside ``app/`` (packages) or
``runtime/`` (Python), with forward slashes.
"""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase


@dataclass(frozen=True, slots=True)
class Rule:
    keep: bool
    patterns: tuple[str, ...]
    why: str

    def fits(self, path: str) -> bool:
        return any(fnmatchcase(path, pattern) for pattern in self.patterns)


def _keep(why: str, *patterns: str) -> Rule:
    return Rule(True, patterns, why)  # noqa: FBT003 (this is its name)


def _drop(why: str, *patterns: str) -> Rule:
    return Rule(False, patterns, why)  # noqa: FBT003


_QT = ("Core", "Gui", "Widgets", "Svg", "PrintSupport", "OpenGL", "OpenGLWidgets", "Test")

PACKAGES: tuple[Rule, ...] = (
    _keep("Qt: the modules that the program and pyqtgraph import, and their libraries",
          *(f"PySide6/Qt{name}.pyd" for name in _QT), *(f"PySide6/Qt6{name}.dll" for name in _QT),
          "PySide6/pyside6.abi3.dll", "PySide6/__init__.py", "PySide6/_config.py",
          "PySide6/_git_pyside_version.py", "PySide6/support/*"),
    _keep("Microsoft's C++ run-time that Qt was built with",
          "PySide6/msvcp140*.dll", "PySide6/vcruntime140*.dll", "PySide6/concrt140.dll"),
    _keep("Qt on the Windows screen, and its pictures and icons",
          "PySide6/plugins/platforms/qwindows.dll", "PySide6/plugins/iconengines/qsvgicon.dll",
          *(f"PySide6/plugins/imageformats/q{name}.dll" for name in ("ico", "svg", "jpeg"))),
    _keep("Windows' own look, where a native dialogue asks for it",
          "PySide6/plugins/styles/qmodernwindowsstyle.dll"),
    _keep("drawing without a screen: `demo --offscreen`, reports from a script",
          "PySide6/plugins/platforms/qoffscreen.dll"),
    _keep("Qt's own Korean words", "PySide6/translations/qtbase_ko.qm"),
    _drop("Qt: network, QML, Quick, SQL, Designer, virtual keyboard, software OpenGL, the developer's tools",
          "PySide6/*"),
    _drop("parts of Microsoft's C++ run-time that nothing here is linked with",
          "shiboken6/vcamp140.dll", "shiboken6/vccorlib140.dll", "shiboken6/vcomp140.dll"),
    _drop("type hints and C sources: only a developer reads them",
          "*.pyi", "*/py.typed", "*.pyx", "*.pxd", "*.h", "*.hpp", "*.c", "*.lib", "*.a"),
    _drop("programs of packages; ours are the two in the top folder", "bin/*", "Scripts/*", "*.exe"),
    _drop("the packages' own tests and samples",
          "*/tests/*", "*/test/*", "pyqtgraph/examples/*", "sqlalchemy/testing/*", "alembic/testing/*",
          "colorama/tests/*", "defusedxml/test*", "numpy/conftest.py", "xlrd/doc/*", "xlrd/examples/*"),
    _drop("NumPy's Fortran and C building",
          "numpy/f2py/*", "numpy/_pyinstaller/*", "numpy/_core/include/*", "numpy/_core/lib/*",
          "numpy/distutils/*"),
    _drop("documentation that packages strew about", "NOTICE.txt", "*/README*.rst", "*/README*.md"),
    _drop("who installed it; the bundle has a list of its own",
          "*.dist-info/RECORD", "*.dist-info/INSTALLER", "*.dist-info/REQUESTED",
          "*.dist-info/direct_url.json"),
    _drop("Alembic's templates for new projects", "alembic/templates/*"),
    _drop("a compiler of C declarations: cryptography uses the finished result", "pycparser/*"),
    _drop("pyqtgraph's 3D, its window builder and consoles",
          "pyqtgraph/opengl/*", "pyqtgraph/jupyter/*", "pyqtgraph/console/*", "pyqtgraph/flowchart/*",
          "pyqtgraph/canvas/*"),
    _keep("time zones of Asia and those without a place", "tzdata/zoneinfo/Asia/*", "tzdata/zoneinfo/Etc/*",
          "tzdata/zoneinfo/UTC", "tzdata/zoneinfo/GMT", "tzdata/zoneinfo/ROK", "tzdata/zoneinfo/__init__.py",
          "tzdata/zoneinfo/tzdata.zi", "tzdata/zoneinfo/zones", "tzdata/__init__.py", "tzdata/zones"),
    _drop("time zones of the other continents: 500 files; offices write Korean time", "tzdata/zoneinfo/*"),
    _drop("an old name of olefile, and its form for Python 2", "OleFileIO_PL.py", "olefile/olefile2.py"),
)  # fmt: skip

_OF_QT = ("XcbQpa", "DBus", "WaylandClient", "EglFSDeviceIntegration")

# The same packages, under the names that they have on Linux; then the rules of Windows.
LINUX: tuple[Rule, ...] = (
    _keep("Qt: the same modules, and what it stands on here",
          *(f"PySide6/Qt{name}.abi3.so" for name in _QT),
          *(f"PySide6/Qt/lib/libQt6{name}.so.6" for name in (*_QT, *_OF_QT)),
          "PySide6/Qt/lib/libicu*", "PySide6/libpyside6.abi3.so*",
          "PySide6/Qt/plugins/platforms/libqxcb.so", "PySide6/Qt/plugins/platforms/libqoffscreen.so",
          "PySide6/Qt/plugins/iconengines/libqsvgicon.so",
          *(f"PySide6/Qt/plugins/imageformats/libq{name}.so" for name in ("ico", "svg", "jpeg")),
          "PySide6/Qt/plugins/xcbglintegrations/*", "PySide6/Qt/plugins/printsupport/*",
          "PySide6/Qt/plugins/platforminputcontexts/lib*ibus*",
          "PySide6/Qt/plugins/platforminputcontexts/libcompose*", "PySide6/Qt/translations/qtbase_ko.qm"),
    *PACKAGES,
)  # fmt: skip

# Compiled modules and libraries of Python.
RUNTIME: tuple[Rule, ...] = (
    _drop("the network: sockets and TLS. `_socket.py` in their place says so to whoever asks",
          "_socket.pyd", "_ssl.pyd", "libssl-3.dll", "_overlapped.pyd"),
    _drop("OpenSSL's digests: Python's own are in python311.dll", "libcrypto-3.dll", "_hashlib.pyd"),
    _drop("Python's console and windowed programs: CivicTracker.exe starts Python itself",
          "python.exe", "pythonw.exe"),
    _drop("building installers, playing sounds", "_msi.pyd", "winsound.pyd"),
    _drop("the catalogue of signatures; each file carries its own", "python.cat"),
    _drop("the search path, which is ours", "python311._pth"),
)  # fmt: skip

# Modules of the standard library, as paths in python311.zip.
LIBRARY: tuple[Rule, ...] = (
    _drop("clients and servers of the network",
          "ftplib.pyc", "imaplib.pyc", "nntplib.pyc", "poplib.pyc", "smtplib.pyc", "smtpd.pyc",
          "telnetlib.pyc", "socketserver.pyc", "xmlrpc/*", "wsgiref/*", "http/server.pyc",
          "http/cookiejar.pyc", "http/cookies.pyc", "cgi.pyc", "cgitb.pyc", "asyncore.pyc", "asynchat.pyc",
          "urllib/robotparser.pyc"),
    _drop("the developer's tools",
          "distutils/*", "lib2to3/*", "ensurepip/*", "venv/*", "idlelib/*", "turtledemo/*", "tkinter/*",
          "turtle.pyc", "pydoc_data/*", "pdb.pyc", "bdb.pyc", "doctest.pyc", "trace.pyc", "tabnanny.pyc",
          "pyclbr.pyc", "zipapp.pyc", "modulefinder.pyc", "this.pyc", "antigravity.pyc", "__phello__/*",
          "__hello__.pyc", "msilib/*", "curses/*", "sqlite3/dump.pyc"),
)  # fmt: skip


def kept(path: str, rules: tuple[Rule, ...]) -> bool:
    return next((rule.keep for rule in rules if rule.fits(path)), True)


def told() -> str:
    """The rules as lines of Markdown."""
    return "\n".join(
        f"| {where} | {'kept' if rule.keep else 'left out'} | {rule.why} |"
        for where, rules in (("packages", PACKAGES), ("Python", RUNTIME), ("standard library", LIBRARY))
        for rule in rules
    )
