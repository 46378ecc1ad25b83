"""The person's own page, /p: letters so far, a word when one likes, and how letters come.

`pages` answers requests, `keys` knows who stands there and which form counts, `wording` has every
word of the page, with readings for those who like them.
"""
