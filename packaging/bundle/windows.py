"""The Windows folder, its portable zip and its setup, made on Linux."""

from __future__ import annotations

import io
import os
import py_compile
import shutil
import subprocess
import tomllib
import zipfile
from dataclasses import dataclass
from pathlib import Path

from bundle import fetch, files, resource, sbom, trim, wholeness
from bundle.lock import PYTHON, PYTHON_VERSION, ROOT, Pin, run_time_pins

HERE = Path(__file__).parent
CC = "x86_64-w64-mingw32-gcc"
WINDRES = "x86_64-w64-mingw32-windres"
SETUP_LIMIT = 60_000_000  # bytes
NAME = "CivicTracker"
LIST = "FILES.txt"
SEARCH_PATH = "python311.zip\n.\n..\\app\n"


def version() -> str:
    config = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return str(config["project"]["version"])


@dataclass(frozen=True, slots=True)
class Made:
    folder: Path
    portable: Path
    setup: Path


def build(out: Path) -> Made:
    """Everything for Windows in ``out``. Raises SystemExit when a part is missing or too large."""
    folder = make_folder(out)
    return Made(folder, pack(folder, out), make_setup(folder, out))


def make_folder(out: Path) -> Path:
    """The folder that all else is made of."""
    folder = out / "windows" / NAME
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    pins = run_time_pins()
    parts = [python_part(folder, out), *package_parts(folder, pins, out / "downloads" / "win")]
    add_program(folder / "app")
    compile_all(folder / "app")
    add_launchers(folder, out / "work")
    add_papers(folder, parts)
    judge(folder)
    return folder


# --- parts ------------------------------------------------------------------------------------


def python_part(folder: Path, out: Path) -> sbom.Part:
    """Python without a network and without tools, in ``runtime/``."""
    content = fetch.member(PYTHON, out / "downloads")
    runtime = folder / "runtime"
    runtime.mkdir()
    licence = b""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in sorted(archive.namelist()):
            bare = name.partition("/")[2]
            if bare == "LICENSE.txt":
                licence = archive.read(name)
            elif bare == "python311.zip":
                (runtime / bare).write_bytes(library(archive.read(name)))
            elif bare and trim.kept(bare, trim.RUNTIME):
                (runtime / bare).write_bytes(archive.read(name))
    (runtime / "python311._pth").write_text(SEARCH_PATH, encoding="ascii", newline="\r\n")
    for stand_in in ("_socket.py", "_overlapped.py"):
        shutil.copyfile(HERE / "windows" / stand_in, runtime / stand_in)
    compile_all(runtime)
    for program in wholeness.programs(runtime):
        if wholeness.signer(program) != "Python Software Foundation" and "vcruntime" not in program.name:
            raise SystemExit(f"{program.name} does not carry the Python Software Foundation's signature")
    return sbom.Part(
        "CPython", PYTHON_VERSION, "PSF-2.0", PYTHON.member_sha256, (("LICENSE.txt", licence),), "platform"
    )


def library(content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = [name for name in archive.namelist() if name.endswith(".pyc")]
    return files.rezipped(content, [name for name in names if trim.kept(name, trim.LIBRARY)])


def package_parts(folder: Path, pins: list[Pin], downloads: Path) -> list[sbom.Part]:
    """The wheels of ``pins``, trimmed, in ``app/``."""
    app, whole = folder / "app", folder.parent / "whole"
    shutil.rmtree(whole, ignore_errors=True)
    parts = []
    for pin, wheel in zip(pins, fetch.wheels(pins, downloads, platform="win_amd64"), strict=True):
        unpacked = whole / pin.name
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(unpacked)
        info = next(unpacked.glob("*.dist-info"))
        parts.append(sbom.part_of(info, fetch.digest(wheel.read_bytes())))
        merge(unpacked, app)
    shutil.rmtree(whole)
    return parts


def merge(unpacked: Path, app: Path, rules: tuple[trim.Rule, ...] = trim.PACKAGES) -> None:
    """A wheel's kept files into ``app``; of its data folders only those that are code."""
    for path in files.all_files(unpacked):
        name = path.relative_to(unpacked).as_posix()
        top, _, rest = name.partition("/")
        if top.endswith(".data"):
            place, _, name = rest.partition("/")
            if place not in {"purelib", "platlib"}:
                continue
        if ".dist-info/" in name and not name.endswith(("/METADATA", "/entry_points.txt")):
            continue  # licences go to a folder of their own
        if trim.kept(name, rules):
            (app / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, app / name)


def add_program(app: Path) -> None:
    """The program itself, with what it ships."""
    skip = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "civictracker", app / "civictracker", ignore=skip)
    for name in ("resources", "db"):
        shutil.copytree(ROOT / name, app / "civictracker" / "_shipped" / name, ignore=skip)


def compile_all(folder: Path) -> None:
    """Every module as one .pyc in the place of its source: half the files that a virus scanner looks
    through at each start. Migrations stay text, as Alembic reads them."""
    for path in files.all_files(folder):
        name = path.relative_to(folder).as_posix()
        if path.suffix == ".py" and "_shipped" not in path.parts:
            py_compile.compile(
                str(path), str(path.with_suffix(".pyc")), dfile=name, doraise=True,
                invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
            )  # fmt: skip
            path.unlink()


# --- programs ---------------------------------------------------------------------------------


def add_launchers(folder: Path, work: Path) -> None:
    work.mkdir(parents=True, exist_ok=True)
    (work / "app.manifest").write_text(resource.manifest(version()), encoding="utf-8")
    for name, about, flags in (
        ("CivicTracker.exe", "채널일지", ["-mwindows"]),
        ("civictracker-cli.exe", "채널일지 명령줄", ["-mconsole", "-DCONSOLE"]),
    ):
        script = work / f"{name}.rc"
        icon, manifest = str(ROOT / "resources/icons/app.ico"), str(work / "app.manifest")
        text = resource.script(version(), file=name, about=about, icon=icon, manifest_file=manifest)
        script.write_text(text, encoding="utf-8")
        _run(WINDRES, "--codepage=65001", "-i", script, "-o", work / f"{name}.o")
        _run(CC, "-O2", "-Wall", "-Wextra", "-municode", "-s", "-static", "-Wl,--no-insert-timestamp", *flags,
             "-o", folder / name, HERE / "windows/launcher.c", work / f"{name}.o")  # fmt: skip


def _run(*words: object) -> None:
    subprocess.run(
        list(map(str, words)), check=True, env={**os.environ, "SOURCE_DATE_EPOCH": str(files.EPOCH)}
    )


# --- papers and packing -----------------------------------------------------------------------


PAGES = ("읽어 주세요.txt", "전산 담당자께.html")


def add_papers(folder: Path, parts: list[sbom.Part], pages: tuple[str, ...] = PAGES) -> None:
    for name in pages:
        text = (HERE / "pages" / name).read_text(encoding="utf-8").replace("{version}", version())
        with (folder / name).open("w", encoding="utf-8-sig", newline="\r\n") as file:
            file.write(text)
    ours = [
        sbom.Part("Noto Sans KR", "subset", "OFL-1.1",
                  texts=(("LICENSE.txt", _read("resources/fonts/LICENSE-NotoSansKR.txt")),)),
        sbom.Part("Pretendard GOV", "1.3.9", "OFL-1.1",
                  texts=(("LICENSE.txt", _read("resources/fonts/LICENSE-PretendardGOV.txt")),)),
        sbom.Part("Lucide icons", "subset", "ISC",
                  texts=(("LICENSE.txt", _read("resources/icons/LICENSE-lucide.txt")),)),
    ]  # fmt: skip
    own = sbom.Part("CivicTracker", version(), "MIT", texts=(("LICENSE", _read("LICENSE")),))
    sbom.write_licences([own, *parts, *ours], folder / "licences")
    (folder / "sbom.cdx.json").write_text(sbom.sbom([*parts, *ours], version()), encoding="utf-8")
    (folder / LIST).write_text(files.listing(folder, (LIST,)), encoding="utf-8", newline="\r\n")


def _read(name: str) -> bytes:
    return (ROOT / name).read_bytes()


def judge(folder: Path) -> None:
    """Raises SystemExit for what must not leave the house."""
    if absent := wholeness.lacks(folder):
        raise SystemExit(f"libraries are missing: {absent}")
    if long := files.too_long(folder):
        raise SystemExit(f"paths too long for Windows: {long}")
    names = [path.name.lower() for path in files.all_files(folder)]
    for word in ("qt6network", "qtnetwork", "_socket.pyd", "_ssl.pyd", "libssl", "python.exe", "pythonw.exe"):
        if any(word in name for name in names):
            raise SystemExit(f"{word} must not be in the bundle")


def pack(folder: Path, out: Path) -> Path:
    """The folder with the marker that makes it carry its data along."""
    marker = folder / "portable.txt"
    with marker.open("w", encoding="utf-8-sig", newline="\r\n") as file:
        file.write((HERE / "pages" / marker.name).read_text(encoding="utf-8"))
    target = out / f"{NAME}-{version()}-portable.zip"
    files.zipped(folder, target, NAME)
    marker.unlink()
    return target


def make_setup(folder: Path, out: Path) -> Path:
    target = out / f"{NAME}-{version()}-setup.exe"
    work = out / "work"
    (work / "uninstall.nsh").write_text(uninstall_lines(folder), encoding="utf-8-sig")
    _clear_times(folder)
    size = sum(path.stat().st_size for path in files.all_files(folder))
    _run("makensis", "-V2", "-INPUTCHARSET", "UTF8", f"-DVERSION={version()}",
         f"-DFOUR={'.'.join(map(str, resource.four_parts(version())))}", f"-DSIZE={size // 1024}",
         f"-DFOLDER={folder}", f"-DTARGET={target}", f"-DUNINSTALL={work / 'uninstall.nsh'}",
         f"-DICON={ROOT / 'resources/icons/app.ico'}", HERE / "windows/setup.nsi")  # fmt: skip
    if target.stat().st_size > SETUP_LIMIT:
        raise SystemExit(f"the setup has {target.stat().st_size:,} bytes")
    return target


def uninstall_lines(folder: Path) -> str:
    """File by file: a folder that a person put something into keeps it."""
    names = [path.relative_to(folder).as_posix().replace("/", "\\") for path in files.all_files(folder)]
    folders = {str(Path(name.replace("\\", "/")).parent) for name in names}
    nested = {str(each) for name in folders for each in (Path(name), *Path(name).parents)} - {"."}
    lines = [f'Delete "$R9\\{name}"' for name in names]
    deepest_first = sorted(nested, key=lambda name: (-name.count("/"), name))
    lines += [f'RMDir "$R9\\{name}"'.replace("/", "\\") for name in deepest_first]
    return "\n".join(lines) + "\n"


def _clear_times(folder: Path) -> None:
    for path in files.all_files(folder):
        os.utime(path, (files.EPOCH, files.EPOCH))
