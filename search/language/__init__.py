"""From the text that a buyer typed to a query plan: normalizing, spelling, synonyms, parsing."""
