"""Reviews of buyers: what rules left to a person, what was reported, and answers of advisers."""
