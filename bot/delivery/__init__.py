"""At least once, in order, not too fast, with a store that may fail. Knows no messenger."""
