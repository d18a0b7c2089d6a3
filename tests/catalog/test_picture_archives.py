"""ZIPs of pictures: whatever is in them, each file is taken or its reason is told."""

import io
import stat
import zipfile
from typing import Any

import pytest

from catalog import picture_archives
from catalog.errors import PhotoRefused, PhotoTooLarge, UnreadableArchive
from catalog.import_pictures import PictureIndex, pictures_in, pictures_of
from catalog.picture_archives import list_archive, opened, read_member
from tests.catalog.picture_zips import locked, old_names, picture, zipped


def listed(content: bytes) -> Any:
    return list_archive(io.BytesIO(content))


def link() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        entry = zipfile.ZipInfo("a.jpg")
        entry.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(entry, "/etc/passwd")
    return content.getvalue()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (zipped({"../../a.jpg": picture()}), "path"),
        (zipped({"/etc/a.jpg": picture()}), "path"),
        (zipped({"C:\\a.jpg": picture()}), "path"),
        (zipped({"..\\a.jpg": picture()}), "path"),
        (link(), "link"),
        (zipped({"inner.zip": zipped({"a.jpg": picture()})}), "nested"),
        (zipped({"prices.txt": b"12"}), "kind"),
        (zipped([("a.jpg", picture()), ("a.jpg", picture("#000"))]), "twice"),
        (zipped({"a.jpg": b"\0" * (picture_archives.LARGEST_BYTES + 1)}), "large"),
    ],
    # An archive as a test's name is as long as the archive.
    ids=lambda value: value if isinstance(value, str) else "zip",
)
def test_what_is_not_taken_says_why(content: bytes, why: str) -> None:
    found = listed(content)
    assert found.members == []
    assert [problem for _name, problem in found.problems] == [why]


def test_what_computers_add_is_not_spoken_of() -> None:
    names = ["__MACOSX/._a.jpg", ".DS_Store", "photos/Thumbs.db", "photos/", "photos/._b.jpg"]
    found = listed(zipped({**dict.fromkeys(names, b""), "photos/a.jpg": picture()}))
    assert found == (["photos/a.jpg"], [])


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"%PDF-1.7", "no ZIP"),
        (zipped({"a.jpg": picture()})[:60], "no ZIP"),
        (locked(zipped({"a.jpg": picture(), "b.jpg": picture()})), "password"),
    ],
    ids=lambda value: value if isinstance(value, str) else "zip",
)
def test_a_zip_that_cannot_be_used_is_refused(content: bytes, told: str) -> None:
    with pytest.raises(UnreadableArchive) as refused:
        listed(content)
    assert told in str(refused.value.errors["pictures"])


def test_too_many_files_and_too_much_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    content = zipped({f"{number}.jpg": picture() for number in range(5)})
    monkeypatch.setattr(picture_archives, "MOST_MEMBERS", 4)
    with pytest.raises(UnreadableArchive):
        listed(content)
    monkeypatch.setattr(picture_archives, "MOST_MEMBERS", 5)
    assert len(listed(content).members) == 5
    monkeypatch.setattr(picture_archives, "MOST_UNPACKED_BYTES", 1000)
    with pytest.raises(UnreadableArchive):
        listed(content)


@pytest.mark.parametrize(
    ("name", "encoding"),
    [("عسل الزعتر.jpg", "cp1256"), ("عسل.jpg", "utf-8"), ("Miel d'été.jpg", "cp850")],
)
def test_names_are_read_that_do_not_say_their_letters(name: str, encoding: str) -> None:
    assert listed(old_names(name, encoding)).members == [name]


def test_a_file_that_lies_about_its_size_ends_at_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    content = zipped({"a.jpg": b"\0" * 3000})
    monkeypatch.setattr(picture_archives, "LARGEST_BYTES", 2000)
    with opened(iter([content])) as files, pytest.raises(PhotoTooLarge):
        read_member(*files["a.jpg"])


def test_a_damaged_file_is_refused_alone() -> None:
    content = bytearray(zipped({"a.jpg": picture()}))
    at = content.index(b"a.jpg") + 5
    content[at + 20 : at + 60] = b"\xff" * 40
    with opened(iter([bytes(content)])) as files, pytest.raises(PhotoRefused):
        read_member(*files["a.jpg"])


@pytest.mark.parametrize(
    "name",
    ["Été.jpg", "ete.JPG", "\u200fÉté.jpg", "E\u0301te\u0301.png", "C:\\Photos\\Été.jpg", "été"],
)
def test_a_name_is_found_however_it_is_written(name: str) -> None:
    index = PictureIndex(["photos/Été.jpg", "autre.jpg"])
    assert pictures_of([name], "A1", index).members == ["photos/Été.jpg"]


def test_what_can_mean_several_means_none() -> None:
    index = PictureIndex(["a/miel.jpg", "b/miel.jpg"])
    found = pictures_of(["miel.jpg", "b/miel.jpg"], "A1", index)
    assert found.members == ["b/miel.jpg"]
    assert "several files" in found.problems[0]


def test_pictures_by_the_reference_of_their_product() -> None:
    index = PictureIndex(
        ["A1.jpg", "a1-10.jpg", "A1 (2).jpg", "A1_3.png", "A12.jpg", "A1-4.jpg", "A1/back.jpg"]
    )
    codes = frozenset({"a1", "a1 4"})
    found = pictures_of([], "A1", index, codes).members
    assert found == ["A1.jpg", "A1 (2).jpg", "A1_3.png", "a1-10.jpg", "A1/back.jpg"]
    assert pictures_of([], "A1-4", index, codes).members == ["A1-4.jpg"]
    assert pictures_of([], "name:a12", index).members == ["A12.jpg"]


def test_the_cell_of_pictures_as_shops_write_it() -> None:
    addresses = ["https://a.example/x,y.jpg", "https://a.example/b.jpg?a=1&b=2"]
    assert pictures_in({"pictures": ", ".join(addresses)}) == addresses
    assert pictures_in({"pictures": "|".join(addresses)}) == addresses
    assert pictures_in({"pictures": "\n".join(addresses)}) == addresses
    assert pictures_in({"pictures": "a.jpg; b.jpg،c.jpg, a.jpg"}) == ["a.jpg", "b.jpg", "c.jpg"]
    assert pictures_in({"pictures": "https://a.example/?a=1&amp;b=2"}) == [
        "https://a.example/?a=1&b=2"
    ]
    assert pictures_in({}) == []


def test_more_than_eight_are_not_taken_and_an_unsafe_address_is_told() -> None:
    names = [f"{number}.jpg" for number in range(9)]
    found = pictures_of(names, "A1", PictureIndex(names))
    assert (found.members, found.problems) == (names[:8], [])
    assert "eight" in found.note
    found = pictures_of(["http://a.example/x.jpg", "//a.example/y.jpg", "z.jpg"], "A1", None)
    assert found.addresses == ["https://a.example/y.jpg"]
    assert len(found.problems) == 2
