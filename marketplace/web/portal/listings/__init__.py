"""A cooperative's listings: texts, photographs, prices, stock, the reviewer's remarks."""
