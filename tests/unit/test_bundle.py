"""What is handed to offices: the pure parts of its making. The bundle itself is tried by packaging's own check."""

import ast
import io
import json
import runpy
import struct
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BUNDLE = ROOT / "packaging" / "bundle"


@pytest.fixture(autouse=True)
def _reachable(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.syspath_prepend(str(ROOT / "packaging"))
    yield
    for name in [name for name in sys.modules if name == "bundle" or name.startswith("bundle.")]:
        del sys.modules[name]


# --- the lock ---------------------------------------------------------------------------------


def test_the_bundle_stands_on_the_one_lock() -> None:
    from bundle.lock import run_time_pins

    pins = {pin.name: pin for pin in run_time_pins()}
    assert {"pyside6-essentials", "shiboken6", "numpy", "sqlmodel", "cffi", "tzdata", "colorama"} <= set(pins)
    assert not {"pytest", "ruff", "mypy", "hypothesis", "holidays", "lxml"} & set(pins)
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    for pin in pins.values():
        assert pin.hashes
        assert all(f"--hash={each}" in lock for each in pin.hashes)
        assert pin.text.startswith(f"{pin.name}=={pin.version} \\\n    --hash=sha256:")


def test_a_marker_of_windows_brings_what_only_windows_needs() -> None:
    from bundle import linux
    from bundle.lock import WINDOWS, closure

    asked = ["one", "two ; sys_platform == 'win32'"]
    needs = {"one": ["three>1", "four ; extra == 'more'"], "two": [], "three": ["one"]}
    assert closure(asked, needs.__getitem__, WINDOWS) == {"one", "two", "three"}
    assert closure(asked, needs.__getitem__, linux.LINUX) == {"one", "three"}


def test_nothing_tells_where_it_comes_from() -> None:
    for path in BUNDLE.rglob("*"):
        if path.suffix in {".py", ".nsi", ".c", ".md", ".txt"}:
            text = path.read_text(encoding="utf-8")
            assert "://" not in text.replace("http://schemas.microsoft.com", ""), path.name


# --- what is left out ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("PySide6/Qt6Core.dll", True),
        ("PySide6/QtWidgets.pyd", True),
        ("PySide6/plugins/platforms/qwindows.dll", True),
        ("PySide6/translations/qtbase_ko.qm", True),
        ("PySide6/translations/qtbase_fr.qm", False),
        ("PySide6/Qt6Network.dll", False),
        ("PySide6/QtNetwork.pyd", False),
        ("PySide6/Qt6Qml.dll", False),
        ("PySide6/opengl32sw.dll", False),
        ("PySide6/designer.exe", False),
        ("PySide6/plugins/tls/qschannelbackend.dll", False),
        ("numpy/_core/tests/test_x.py", False),
        ("numpy/_core/_multiarray_umath.cp311-win_amd64.pyd", True),
        ("numpy/__init__.pyi", False),
        ("tzdata/zoneinfo/Asia/Seoul", True),
        ("tzdata/zoneinfo/America/Lima", False),
        ("sqlmodel/main.py", True),
        ("bin/alembic", False),
    ],
)
def test_what_of_a_package_is_kept(path: str, kept: bool) -> None:
    from bundle import trim

    assert trim.kept(path, trim.PACKAGES) is kept


def test_python_comes_without_network_and_tools() -> None:
    from bundle import trim

    for name in ("_socket.pyd", "_ssl.pyd", "libssl-3.dll", "python.exe", "pythonw.exe"):
        assert not trim.kept(name, trim.RUNTIME)
    for name in ("python311.dll", "sqlite3.dll", "_ctypes.pyd", "vcruntime140.dll"):
        assert trim.kept(name, trim.RUNTIME)
    for name in ("ftplib.pyc", "xmlrpc/client.pyc", "lib2to3/main.pyc", "pdb.pyc"):
        assert not trim.kept(name, trim.LIBRARY)
    assert trim.kept("json/__init__.pyc", trim.LIBRARY)


def test_nothing_that_the_program_imports_is_left_out_of_python() -> None:
    """Of the standard library; packages are held against their own imports by the check under wine."""
    from bundle import trim

    names = {
        name.split(".")[0]
        for path in (ROOT / "civictracker").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        for name in ([alias.name for alias in node.names] if isinstance(node, ast.Import)
                     else [node.module or ""] if isinstance(node, ast.ImportFrom) and not node.level else [])
    }  # fmt: skip
    for name in names & sys.stdlib_module_names:
        for path in (f"{name}.pyc", f"{name}/__init__.pyc"):
            assert trim.kept(path, trim.LIBRARY), name
        assert trim.kept(f"{name}.pyd", trim.RUNTIME), name


def test_every_rule_says_why() -> None:
    from bundle import trim

    for rule in (*trim.PACKAGES, *trim.LINUX, *trim.RUNTIME, *trim.LIBRARY):
        assert len(rule.why) > 10
        assert rule.patterns
    assert "| Python | left out | the network" in trim.told()


def test_the_socket_in_the_place_of_sockets_refuses() -> None:
    stand_in = runpy.run_path(str(BUNDLE / "windows" / "_socket.py"))
    with pytest.raises(OSError, match="no network"):
        stand_in["socket"]()
    with pytest.raises(OSError, match="no network"):
        stand_in["getaddrinfo"]("localhost", 80)


# --- what Windows shows -------------------------------------------------------------------------


def test_the_version_as_windows_counts() -> None:
    from bundle.resource import four_parts

    assert four_parts("0.1.0") == (0, 1, 0, 0)
    assert four_parts("1.2.3.4") == (1, 2, 3, 4)
    for wrong in ("1.2.3.4.5", "1.70000", "1.0rc1"):
        with pytest.raises(ValueError, match=r"cannot count|invalid literal"):
            four_parts(wrong)


def test_the_resources_are_korean_and_ask_for_no_rights() -> None:
    from bundle import resource

    text = resource.script(
        "0.1.0", file="CivicTracker.exe", about="채널일지", icon="a.ico", manifest_file="m"
    )
    assert "FILEVERSION 0,1,0,0" in text
    assert 'VALUE "FileDescription", "채널일지"' in text
    assert 'BLOCK "041204B0"' in text
    manifest = resource.manifest("0.1.0")
    assert 'level="asInvoker"' in manifest
    assert "PerMonitorV2" in manifest
    assert "<longPathAware" in manifest


def test_the_icon_has_the_sizes_of_windows() -> None:
    icon = (ROOT / "resources/icons/app.ico").read_bytes()
    count = struct.unpack_from("<H", icon, 4)[0]
    sizes = {icon[6 + 16 * at] or 256 for at in range(count)}
    assert {16, 32, 48, 256} <= sizes


# --- lists and archives -------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    top = tmp_path / "CivicTracker"
    (top / "app" / "한글").mkdir(parents=True)
    (top / "app" / "한글" / "a.txt").write_text("가", encoding="utf-8")
    (top / "CivicTracker.exe").write_bytes(b"MZ")
    (top / "FILES.txt").write_text("", encoding="utf-8")
    return top


def test_the_list_names_every_file_with_its_hash(folder: Path) -> None:
    from bundle import files

    lines = files.listing(folder, ("FILES.txt",)).splitlines()
    assert [line.split("  ")[-1] for line in lines] == ["CivicTracker.exe", "app/한글/a.txt"]
    assert all(len(line.split("  ")[0]) == 64 for line in lines)


def test_the_same_folder_gives_the_same_zip(folder: Path, tmp_path: Path) -> None:
    from bundle import files

    made = []
    for name in ("one.zip", "two.zip"):
        (folder / "CivicTracker.exe").touch()
        files.zipped(folder, tmp_path / name, "CivicTracker")
        made.append((tmp_path / name).read_bytes())
    assert made[0] == made[1]
    with zipfile.ZipFile(io.BytesIO(made[0])) as archive:
        assert "CivicTracker/app/한글/a.txt" in archive.namelist()


def test_the_uninstaller_deletes_file_by_file(folder: Path) -> None:
    from bundle import windows

    lines = windows.uninstall_lines(folder).splitlines()
    assert 'Delete "$R9\\app\\한글\\a.txt"' in lines
    assert lines.index('RMDir "$R9\\app\\한글"') < lines.index('RMDir "$R9\\app"')
    assert not any("/r" in line or line.endswith('"$R9"') for line in lines)


def test_a_path_that_a_deep_folder_could_not_hold_is_found(folder: Path) -> None:
    from bundle import files

    assert files.too_long(folder) == []
    (folder / ("가" * 80)).mkdir()
    (folder / ("가" * 80) / ("나" * 70)).touch()
    assert len(files.too_long(folder)) == 1


def test_a_library_that_nobody_has_is_missing() -> None:
    from bundle import wholeness

    asked = ["KERNEL32.dll", "Qt6Core.dll", "api-ms-win-core-synch-l1-2-0.dll", "Qt6Network.dll"]
    assert wholeness.missing(asked, ["qt6core.dll"]) == ["qt6network.dll"]


# --- bill of materials --------------------------------------------------------------------------


def test_the_bill_names_parts_licences_and_hashes(tmp_path: Path) -> None:
    from bundle import sbom

    info = tmp_path / "thing-1.0.dist-info"
    (info / "licenses").mkdir(parents=True)
    (info / "METADATA").write_text("Name: Thing\nVersion: 1.0\nLicense-Expression: MIT\n\nText", "utf-8")
    (info / "licenses" / "LICENSE").write_text("MIT …", encoding="utf-8")
    part = sbom.part_of(info, "ab" * 32)
    assert part.licence == "MIT"
    assert [name for name, _ in part.texts] == ["licenses-LICENSE"]
    bill = json.loads(sbom.sbom([part], "0.1.0"))
    assert bill["bomFormat"] == "CycloneDX"
    assert bill["components"] == [{
        "type": "library", "name": "Thing", "version": "1.0", "purl": "pkg:pypi/thing@1.0",
        "licenses": [{"license": {"name": "MIT"}}], "hashes": [{"alg": "SHA-256", "content": "ab" * 32}],
    }]  # fmt: skip
    sbom.write_licences([part], tmp_path / "licences")
    assert (tmp_path / "licences" / "Thing" / "licenses-LICENSE").exists()
    assert "Thing 1.0: MIT" in (tmp_path / "licences" / "목록.txt").read_text(encoding="utf-8-sig")


def test_the_marker_is_the_one_that_the_program_looks_for() -> None:
    from civictracker import paths

    assert (BUNDLE / "pages" / paths.PORTABLE).exists()
    assert f'"{paths.PORTABLE}"' in (BUNDLE / "windows.py").read_text(encoding="utf-8")


def test_backup_files_open_by_the_ending_that_backups_have() -> None:
    from civictracker import paths

    setup = (BUNDLE / "windows" / "setup.nsi").read_text(encoding="utf-8")
    assert f"Software\\Classes\\{paths.SUFFIX}" in setup
    assert "RequestExecutionLevel user" in setup
    assert "HKLM" not in setup
    assert 'RMDir /r "$INSTDIR"' not in setup.partition('Section "Uninstall"')[2]  # a person's files stay


# --- the check --------------------------------------------------------------------------------


def test_the_check_has_what_the_tests_import() -> None:
    """Else it would stop before the first test, a quarter of an hour on."""
    from importlib.metadata import packages_distributions

    from bundle.check import NOT_HERE
    from bundle.lock import closure
    from bundle.runtime import TOOLS
    from packaging.utils import canonicalize_name

    config = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    there = closure([*config["project"]["dependencies"], *TOOLS])
    makers, absent = packages_distributions(), set()
    for path in (*(ROOT / "tests").glob("*.py"), *(ROOT / "tests" / "unit").rglob("*.py"),
                 *(ROOT / "tests" / "ui").rglob("*.py")):  # fmt: skip
        if path.relative_to(ROOT).as_posix() in NOT_HERE:
            continue
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            names = [each.name for each in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            for top in {name.partition(".")[0] for name in names} & set(makers):
                if not {canonicalize_name(each) for each in makers[top]} & (there | {"civictracker"}):
                    absent.add(f"{path.name}: {top}")
    assert not absent


def test_tests_run_there_in_handfuls(tmp_path: Path) -> None:
    from bundle.check import chunks

    suite = tmp_path / "tests" / "unit"
    for name in (
        "domain/test_a.py",
        "empty/conftest.py",
        "test_architecture.py",
        *(f"test_{at}.py" for at in range(7)),
    ):
        (suite / name).parent.mkdir(parents=True, exist_ok=True)
        (suite / name).touch()
    found = chunks(suite)
    assert [len(each) for each in found] == [1, 5, 2]
    assert found[0] == ["tests/unit/domain"]
    assert "tests/unit/test_architecture.py" not in found[1] + found[2]
