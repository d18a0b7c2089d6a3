"""Search: parsing queries, search documents, facets, ranking, and the backends that store them.

Owns the search documents, which are derived from the catalogue's read model and may be dropped and
rebuilt (``twiza reindex``), the sales that ranking uses, synonyms, the fairness rule, and the query
log. Other rooms use ``search.search`` with ``search.query`` and ``search.results``.
"""
