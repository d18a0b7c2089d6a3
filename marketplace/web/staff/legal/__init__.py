"""Legal texts of a programme, and how buyers reach it."""
