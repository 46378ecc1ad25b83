"""Words on which people are called, and what is done when they come (DOMAIN §8.3).

It is a pager for people, never a diagnosis: it reads a message, calls two colleagues, and says
little to the person. Whatever is unclear is told as a maybe, and calls just the same.
"""
