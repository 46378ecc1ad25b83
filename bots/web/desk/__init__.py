"""The desk: what a colleague may do with a case now, each deed one plain form (いまできること).

`deed` says what a deed is, `filled` reads what was typed, `pages` serves the forms. Each area of
the casework keeps its own deeds in a module of its own; `register` lists them all.
"""
