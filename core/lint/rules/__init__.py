"""What is looked for: patterns and lists of words, as data, a module for each code."""
