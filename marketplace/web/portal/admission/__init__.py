"""What a cooperative fills in before its shop opens: the checklist, and a page for each item."""
