"""Staff give buyers money back, and book the cash that carriers bring."""
