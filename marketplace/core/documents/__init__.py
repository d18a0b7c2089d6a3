"""Papers: how a document is laid out and drawn as a PDF, and how its number is taken.

Knows no business: rooms above say which facts, tables and texts are on a document.
"""
