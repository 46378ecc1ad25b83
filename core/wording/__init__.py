"""Words of letters: templates with named fields, phrases of the season, readings over kanji."""
