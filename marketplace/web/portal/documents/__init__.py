"""Documents that the programme asks for: handed in, replaced, fetched again."""
