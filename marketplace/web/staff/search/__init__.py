"""Staff pages of search: what buyers search for, fairness, synonyms, explanations of ranking."""
