"""Documents made by processes of their own."""

import pytest

from search.documents import Document
from search.making import MANY, documents, documents_of_batches, worthwhile_processes
from tests.factories.listings import listing_page

pytestmark = pytest.mark.django_db(transaction=True)


def words(made: list[list[Document]]) -> list[list[dict[str, int]]]:
    return [[document.words for document in batch] for batch in made]


def test_processes_make_the_same_documents_in_the_same_order() -> None:
    pages = [listing_page(goods) for goods in ("honey-thyme", "saffron", "carpet-kilim") * 3]
    batches = [[page.listing_id for page in pages[at : at + 2]] for at in range(0, len(pages), 2)]

    made = list(documents_of_batches(batches, processes=2))

    assert words(made) == words([documents(batch) for batch in batches])


def test_processes_are_started_for_large_catalogues_only() -> None:
    assert worthwhile_processes(MANY - 1) == 0
    assert worthwhile_processes(MANY) >= 1
