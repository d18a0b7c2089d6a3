"""Edit distance between words."""

import pytest

from search.language.edit_distance import edit_distance


@pytest.mark.parametrize(
    ("left", "right", "edits"),
    [("miel", "miel", 0), ("meil", "miel", 1), ("zafran", "zaafran", 1), ("abc", "xyz", 3)],
)
def test_edit_distances(left: str, right: str, edits: int) -> None:
    assert edit_distance(left, right) == edits
