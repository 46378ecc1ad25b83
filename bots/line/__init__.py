"""The LINE front: letters out, answers in. Reads and writes LINE's own shapes, nothing else.

Importing this package is cheap: the official SDK is imported where a letter is frozen.
"""
