"""The rules that keep the program readable: who imports whom, how large things are, where SQL stands."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "civictracker"
MODULES = sorted(PACKAGE.rglob("*.py"))

MODULE_LINES, CLASS_LINES, FUNCTION_LINES, MODEL_LINES, WINDOW_LINES = 400, 250, 50, 200, 200
# Larger than the rule, and why. A reason that no longer holds fails below.
LARGE_MODULES: dict[str, str] = {}
LARGE_FUNCTIONS: dict[str, str] = {}
LARGE_CLASSES: dict[str, str] = {}

QT = {"PySide6", "shiboken6", "pyqtgraph"}
SQL = {"sqlalchemy", "sqlmodel", "sqlite3", "alembic"}
SHEETS = {"python_calamine", "openpyxl", "xlsxwriter", "msoffcrypto", "olefile", "pandas", "xlrd"}
NETWORK = {"urllib.request", "http.client", "http.server", "socket", "ssl", "requests", "httpx", "aiohttp",
           "ftplib", "smtplib", "PySide6.QtNetwork", "PySide6.QtWebEngineCore"}  # fmt: skip

# f-strings that become SQL, and why no value of a person's can get into them.
CONSTANT_SQL = {
    ("store/database.py", "PRAGMA {name}={value}"): "from the constant PRAGMAS",
    ("store/migrate.py", "PRAGMA application_id={APPLICATION_ID}"): "a constant; pragmas take no parameters",
    ("store/migrate.py", "PRAGMA user_version={SCHEMA_VERSION}"): "a constant",
    ("store/journal.py", "INSERT INTO observation ({_COLUMNS}) VALUES (?,?,?,?,?,?,?,?,?)"): "a constant",
}


def name_of(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(path: Path) -> set[str]:
    """Full names of the modules that ``path`` imports, wherever in it."""
    found: set[str] = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def using(libraries: set[str]) -> set[str]:
    return {name_of(path) for path in MODULES if {name.split(".")[0] for name in imported(path)} & libraries}


def sized(*kinds: type[ast.AST]) -> Iterator[tuple[str, int, ast.AST]]:
    for path in MODULES:
        for node in ast.walk(tree(path)):
            if isinstance(node, kinds):
                assert isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                yield f"{name_of(path)}:{node.name}", lines, node


def held(found: dict[str, int], limit: int, excused: dict[str, str]) -> None:
    """Nothing is larger than the rule but what is excused, and no excuse is stale."""
    assert {name: lines for name, lines in found.items() if lines > limit and name not in excused} == {}
    assert {name for name in excused if found.get(name, 0) <= limit} == set()


# --- imports ----------------------------------------------------------------------------------


def test_imports_go_one_way() -> None:
    from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True) == EXIT_STATUS_SUCCESS


def test_every_part_of_the_program_has_its_layer() -> None:
    config = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    layers = config["tool"]["importlinter"]["contracts"][0]["layers"]
    named = {part.strip().removeprefix("civictracker.") for layer in layers for part in layer.split("|")}
    parts = {
        path.stem for path in PACKAGE.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()
    }
    assert parts - {"__init__"} == named


def test_qt_stands_in_the_window_and_in_the_one_painter() -> None:
    outside = {name for name in using(QT) if not name.startswith("ui/")}
    assert outside <= {"app.py", "documents/paint.py"}
    painter = {name for name in imported(PACKAGE / "documents/paint.py") if name.startswith("PySide6.")}
    assert {name.split(".")[1] for name in painter} <= {"QtGui", "QtCore"}


def test_sql_stands_in_store_and_services() -> None:
    assert {name for name in using(SQL) if not name.startswith(("store/", "services/"))} == set()


def test_spreadsheet_libraries_stand_in_sheets_and_in_the_xlsx_paper() -> None:
    found = {name for name in using(SHEETS) if not name.startswith("sheets/")}
    assert found <= {"documents/xlsx.py"}


def test_the_domain_needs_nothing_that_does_something() -> None:
    """Values and rules: no files, no clock, no processes."""
    forbidden = {
        "os",
        "pathlib",
        "subprocess",
        "threading",
        "time",
        "logging",
        "random",
        "io",
        *QT,
        *SQL,
        *SHEETS,
    }
    domain = [path for path in MODULES if name_of(path).startswith("domain/")]
    for path in domain:
        assert not {name.split(".")[0] for name in imported(path)} & forbidden, path.name


def test_the_clock_is_read_only_at_the_top() -> None:
    """``now`` and ``today`` are handed down; a report of a day can be made again on another."""
    reading = re.compile(r"\b(?:datetime|date)\.(?:now|today|utcnow)\(|\btime\.time\(")
    found = {name_of(path) for path in MODULES if reading.search(path.read_text(encoding="utf-8"))}
    assert {
        name for name in found if not name.startswith(("app.py", "cli/", "cli.py", "__main__.py"))
    } == set()


def test_no_network() -> None:
    for path in MODULES:
        assert not imported(path) & NETWORK, path


def test_pages_do_not_know_each_other() -> None:
    """The parts of one page share its first word (trend, trend_view) and may know each other."""
    pages = PACKAGE / "ui" / "pages"
    for path in pages.rglob("*.py"):
        own = path.relative_to(pages).parts[0].removesuffix(".py").split("_")[0].removesuffix("s")
        known = {name.split(".")[3] for name in imported(path) if name.startswith("civictracker.ui.pages.")}
        assert {part.split("_")[0].removesuffix("s") for part in known} <= {own, "base"}, path


def test_rows_of_the_store_never_reach_the_window() -> None:
    for path in MODULES:
        if name_of(path).startswith(("ui/", "documents/")):
            assert not {name for name in imported(path) if name.startswith("civictracker.store.tables")}, path


# --- SQL --------------------------------------------------------------------------------------

_SQL_WORDS = re.compile(
    r"^\s*(?:SELECT|INSERT\s+INTO|UPDATE|DELETE\s+FROM|CREATE|DROP|ALTER|PRAGMA|ATTACH|VACUUM|REPLACE\s+INTO)\b"
    r"|\s(?:FROM|WHERE|VALUES)\s"
)


def joined_sql(path: Path) -> Iterator[str]:
    """f-strings, ``%`` and ``.format`` on a text that is SQL."""
    for node in ast.walk(tree(path)):
        text = None
        if isinstance(node, ast.JoinedStr):
            text = "".join(
                str(part.value) if isinstance(part, ast.Constant) else f"{{{ast.unparse(part.value)}}}"
                for part in node.values
                if isinstance(part, ast.Constant | ast.FormattedValue)
            )
        elif (
            isinstance(node, ast.BinOp)
            and isinstance(node.op, ast.Mod)
            and isinstance(node.left, ast.Constant)
        ):
            text = str(node.left.value)
        elif (
            isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "format"
        ):
            text = str(node.func.value.value) if isinstance(node.func.value, ast.Constant) else None
        if text is not None and _SQL_WORDS.search(text):
            yield text


def test_no_value_is_ever_written_into_sql() -> None:
    found = {(name_of(path), text) for path in MODULES for text in joined_sql(path)}
    assert found == set(CONSTANT_SQL)


# --- sizes ------------------------------------------------------------------------------------


def test_modules_are_of_a_readable_size() -> None:
    lines = {name_of(path): len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}
    held(lines, MODULE_LINES, LARGE_MODULES)


def test_functions_are_of_a_readable_size() -> None:
    held(
        {name: n for name, n, _ in sized(ast.FunctionDef, ast.AsyncFunctionDef)},
        FUNCTION_LINES,
        LARGE_FUNCTIONS,
    )


def test_classes_are_of_a_readable_size() -> None:
    held({name: n for name, n, _ in sized(ast.ClassDef)}, CLASS_LINES, LARGE_CLASSES)


def test_models_and_the_main_window_are_thin() -> None:
    for name, lines, node in sized(ast.ClassDef):
        assert isinstance(node, ast.ClassDef)
        bases = {ast.unparse(base).split(".")[-1] for base in node.bases}
        if any(re.fullmatch(r"QAbstract\w*Model|QSortFilterProxyModel", base) for base in bases):
            assert lines <= MODEL_LINES, name
        if "QMainWindow" in bases:
            assert lines <= WINDOW_LINES, name


# --- what no file may hold --------------------------------------------------------------------


def test_every_module_says_what_it_is() -> None:
    silent = {name_of(path) for path in MODULES if tree(path).body and not ast.get_docstring(tree(path))}
    assert silent == set()


@pytest.mark.parametrize("word", ["type: ignore\n", "noqa\n", "breakpoint(", "TODO", "FIXME", "XXX"])
def test_no_bare_excuses_and_no_leftovers(word: str) -> None:
    for path in MODULES:
        assert word not in path.read_text(encoding="utf-8"), path
