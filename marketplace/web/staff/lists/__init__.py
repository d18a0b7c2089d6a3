"""Lists of staff: who opens them, what they have in common, and their saved views."""
