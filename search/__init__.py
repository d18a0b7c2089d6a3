"""Finding goods: understanding a query, search documents, facets, and the backends that rank them.

Owns: the search documents, which are derived from the catalogue's read model and may be dropped and
rebuilt (``twiza reindex``), and what the ranking has learned from sales.
"""
