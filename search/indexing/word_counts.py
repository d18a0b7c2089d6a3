"""The list of known words: in how many documents each occurs, and in which fields."""

from collections import Counter

from django.db import connection

from search.indexing.documents import is_pair
from search.indexing.postings import PostingBatch

# Adds words that the list lacks, and fields that it lacks of a word.
_ADD = """
    INSERT INTO search_searchword AS known (word, document_count, fields)
    SELECT * FROM unnest(%s::text[], %s::int[], %s::int[])
    ON CONFLICT (word) DO UPDATE
    SET fields = known.fields | EXCLUDED.fields, number = EXCLUDED.number
    WHERE known.fields | EXCLUDED.fields <> known.fields
"""
_COPY = "COPY search_searchword (word, document_count, fields) FROM STDIN"


class WordCounts:
    """Counts of the words of documents; pairs of adjacent words are left out."""

    def __init__(self) -> None:
        self.document_counts: Counter[str] = Counter()
        self.fields: dict[str, int] = {}

    def add(self, batch: PostingBatch) -> None:
        """Count the words of a batch."""
        known = self.fields.get
        rows = zip(batch.words, batch.counts.tolist(), batch.all_fields.tolist(), strict=True)
        for word, count, fields in rows:
            if not is_pair(word):
                self.document_counts[word] += count
                self.fields[word] = known(word, 0) | fields

    def store_new(self) -> None:
        """Add the words, or their fields, that the list lacks."""
        if not self.document_counts:
            return
        # Always in the same order, so that two transactions never wait for each other.
        words = sorted(self.document_counts)
        counts = [self.document_counts[word] for word in words]
        fields = [self.fields[word] for word in words]
        with connection.cursor() as cursor:
            cursor.execute(_ADD, [words, counts, fields])

    def replace_all(self) -> None:
        """Make these words the whole list."""
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM search_searchword")
            with cursor.copy(_COPY) as copy:
                for word, count in self.document_counts.items():
                    copy.write_row((word, count, self.fields[word]))
