"""How people search, what is taken for the same word, and why a listing stands where it does."""
