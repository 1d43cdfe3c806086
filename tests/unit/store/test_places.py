"""Where the data may live: told from facts alone, and from what this system says."""

import json
import sys
from pathlib import Path

import pytest

from civictracker.store import places
from civictracker.store.places import REMOTE, Facts, verdict


@pytest.mark.parametrize(
    "folder",
    ["OneDrive/문서", "OneDrive - 관악구청", "Dropbox", "Google Drive", "네이버 MYBOX", "iCloudDrive"],
)
def test_cloud_folders_are_refused(tmp_path: Path, folder: str) -> None:
    bad = places.judge(tmp_path / folder / "civictracker.db")
    assert bad is not None
    assert bad.refused


def test_a_cloud_folder_under_another_name_is_known_from_the_system(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OneDrive", str(tmp_path / "내 문서"))
    assert places.judge(tmp_path / "내 문서" / "civictracker.db") is not None
    assert places.judge(tmp_path / "다른 곳" / "civictracker.db") is None


def test_ordinary_folders_are_fine(tmp_path: Path) -> None:
    assert places.judge(tmp_path / "채널일지" / "civictracker.db") is None


@pytest.mark.skipif(sys.platform == "win32", reason="double slashes mean something else there")
def test_a_network_share_is_refused() -> None:
    bad = places.judge(Path("//server/share/civictracker.db"))
    assert bad is not None
    assert "네트워크" in bad.reason


# --- Windows, from facts ----------------------------------------------------------------------

HERE = "C:\\Users\\홍길동\\AppData\\Local\\CivicTracker\\civictracker.db"


def windows(path: str = HERE, **known: object) -> Facts:
    return Facts(path, is_windows=True, **known)  # type: ignore[arg-type]


def test_the_usual_place_is_fine() -> None:
    assert verdict(windows(drive=3, attributes=0x10, label="Windows", roots=("", "D:\\OneDrive"))) is None


@pytest.mark.parametrize(
    "told",
    [
        windows("Z:\\홍보과\\civictracker.db", drive=REMOTE),
        windows("\\\\nas\\홍보과\\civictracker.db"),
        windows("\\\\?\\UNC\\nas\\홍보과\\civictracker.db"),
        windows(real="\\\\server\\profiles$\\홍길동\\Local"),  # a redirected folder
    ],
)
def test_a_network_is_refused_however_it_is_named(told: Facts) -> None:
    bad = verdict(told)
    assert bad is not None
    assert bad.refused
    assert "네트워크" in bad.reason


@pytest.mark.parametrize(
    "told",
    [
        windows("D:\\일\\civictracker.db", roots=("d:\\일\\",)),
        windows("D:\\일\\채널\\civictracker.db", roots=("D:\\일",)),
        windows("D:\\바로\\civictracker.db", real="C:\\Users\\홍길동\\OneDrive - 시청\\바로"),
        windows("G:\\civictracker.db", label="Google Drive"),
        windows("D:\\일\\civictracker.db", attributes=0x400010),  # recalled on access
        windows("D:\\일\\civictracker.db", attributes=0x80010),  # pinned: a cloud keeps it here
    ],
)
def test_a_cloud_is_refused_however_it_is_known(told: Facts) -> None:
    bad = verdict(told)
    assert bad is not None
    assert "클라우드" in bad.reason


def test_a_neighbour_of_a_cloud_folder_is_fine() -> None:
    assert verdict(windows("D:\\일지\\civictracker.db", roots=("D:\\일",))) is None


def test_a_long_prefix_is_no_share() -> None:
    assert verdict(windows("\\\\?\\C:\\자료\\civictracker.db")) is None


def test_a_path_that_leaves_no_room_for_its_backups_is_refused() -> None:
    deep = "C:\\" + "\\".join(["아주 긴 이름의 폴더"] * 20) + "\\civictracker.db"
    bad = verdict(windows(deep))
    assert bad is not None
    assert "짧은" in bad.hint
    assert verdict(Facts(deep.replace("\\", "/"))) is None  # elsewhere there is no such limit


def test_dropbox_names_its_own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("APPDATA", str(tmp_path))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "none"))
    (tmp_path / "Dropbox").mkdir()
    (tmp_path / "Dropbox" / "info.json").write_text(json.dumps({"personal": {"path": "D:\\일"}}), "utf-8")
    assert list(places._dropbox()) == ["D:\\일"]
    (tmp_path / "Dropbox" / "info.json").write_text("[", "utf-8")
    assert list(places._dropbox()) == []
