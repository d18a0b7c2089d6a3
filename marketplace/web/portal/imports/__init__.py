"""Importing a file of products: read, columns, check, import, undo."""
