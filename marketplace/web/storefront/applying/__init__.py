"""A stranger asks to sell: a short form, and a link that proves the e-mail address."""
