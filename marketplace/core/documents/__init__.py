"""Documents: layout, drawing as PDF, and numbering.

Knows no business: rooms above supply the facts, tables and texts of a document.
"""
